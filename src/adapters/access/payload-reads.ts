// Who was given persons' data: by caller and run, written once a minute, so that whoever asks again and again does not make the
// log grow. None is left out: a caller who is given that of many runs fills more events.
import { type Actor, instantOf, type PayloadRead, type RunId } from "../../domain/index.ts";
import type { Clock } from "../../engine/ports/index.ts";
import type { AccessLog } from "./access-log.ts";

export type Given = {
  readonly actor: Actor;
  readonly run: RunId;
  /** The pseudonym. */
  readonly subject: string;
};

export type PayloadReads = {
  readonly count: (given: Given) => void;
  /** What is counted so far is written. */
  readonly close: () => Promise<void>;
};

type Reads = PayloadRead["data"]["reads"][number];
type OfCaller = { readonly actor: Actor; readonly from: number; readonly byRun: Map<RunId, Reads> };

const MINUTE_MS = 60_000;
/** Runs in one event. */
const MOST = 100;

export function payloadReads(accessLog: AccessLog, clock: Clock): PayloadReads {
  const callers = new Map<string, OfCaller>();
  let cancel: (() => void) | undefined;

  const write = ({ actor, from, byRun }: OfCaller): void => {
    const at = instantOf(from);
    const data = { from: at, reads: [...byRun.values()] };
    accessLog.write({ type: "PayloadRead", data }, at, actor, "who read persons' data could not be recorded");
  };
  const flush = (): void => {
    cancel?.();
    cancel = undefined;
    for (const caller of callers.values()) write(caller);
    callers.clear();
  };

  return {
    count: ({ actor, run, subject }) => {
      cancel ??= clock.after(MINUTE_MS, flush);
      const who = `${actor.type} ${actor.id}`;
      const caller = callers.get(who) ?? { actor, from: clock.now(), byRun: new Map<RunId, Reads>() };
      callers.set(who, caller);
      caller.byRun.set(run, { subject, run, count: (caller.byRun.get(run)?.count ?? 0) + 1 });
      if (caller.byRun.size < MOST) return;
      callers.delete(who);
      write(caller);
    },
    close: async () => {
      flush();
      await accessLog.written();
    },
  };
}
