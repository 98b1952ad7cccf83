// Who was turned away: counted by key or address, written once a minute, so that strangers cannot make the log grow.
import {
  ACCESS_EVENT_VERSION,
  type Actor,
  accessStream,
  asError,
  type Denial,
  type ErrorCode,
  instantOf,
  type KeyId,
} from "../../domain/index.ts";
import {
  type Clock,
  type EventStore,
  type Log,
  plainEvent,
  type Random,
  type TenantKeys,
  VersionConflict,
} from "../../engine/ports/index.ts";

export type DenialOptions = {
  readonly events: EventStore;
  readonly tenant: string;
  readonly clock: Clock;
  readonly random: Pick<Random, "eventId" | "salt">;
  readonly keys: TenantKeys;
  readonly actor: Actor;
  readonly log: Log;
};

export type Denied = { readonly key?: KeyId | undefined; readonly address: string; readonly code: ErrorCode };

export type Denials = {
  readonly count: (denied: Denied) => void;
  /** What is counted so far is written. */
  readonly close: () => Promise<void>;
};

const MINUTE_MS = 60_000;
/** By key and code, or address and code; whoever else comes in that minute is one of `others`. */
const MOST = 100;
const TRIES = 20;

export function denials({ events, tenant, clock, random, keys, actor, log }: DenialOptions): Denials {
  let counts = new Map<string, Denial>();
  let others = 0;
  let from = 0;
  let cancel: (() => void) | undefined;
  let work: Promise<void> = Promise.resolve();

  const write = async (denied: readonly Denial[], more: number, since: number): Promise<void> => {
    const at = instantOf(since);
    const stream = accessStream(at);
    const data = { from: at, denials: denied.map((one) => ({ ...one })), ...(more > 0 && { others: more }) };
    const event = plainEvent({ type: "AccessDenied", data }, ACCESS_EVENT_VERSION, { clock, random, actor });
    let expected = await lastOf(events, stream);
    for (let tries = 1; ; tries += 1) {
      try {
        await events.append(stream, expected, [event]);
        return;
      } catch (error) {
        if (!(error instanceof VersionConflict) || tries === TRIES) throw error;
        expected = await lastOf(events, stream);
      }
    }
  };

  const flush = (): void => {
    cancel?.();
    cancel = undefined;
    const [denied, more, since] = [[...counts.values()], others, from];
    counts = new Map();
    others = 0;
    if (denied.length === 0) return;
    work = work
      .then(() => write(denied, more, since))
      .catch((error: unknown) => {
        const why = asError(error);
        log.error({ error: why, denials: denied.length }, "who was turned away could not be recorded");
      });
  };

  return {
    count: ({ key, address, code }) => {
      if (!cancel) {
        from = clock.now();
        cancel = clock.after(MINUTE_MS, flush);
      }
      const who =
        key === undefined ? { address: keys.hmac(tenant, "address", address).slice(0, 32) } : { key };
      const label = `${key ?? who.address} ${code}`;
      const before = counts.get(label);
      if (!before && counts.size >= MOST) others += 1;
      else counts.set(label, { ...who, code, count: (before?.count ?? 0) + 1 });
    },
    close: async () => {
      flush();
      await work;
    },
  };
}

/** The stream of a month is short: an event a minute at most. Its end is found by halves. */
async function lastOf(events: EventStore, stream: ReturnType<typeof accessStream>): Promise<number | "none"> {
  const stands = async (revision: number): Promise<boolean> =>
    (await events.read(stream, revision, 1)).length > 0;
  if (!(await stands(0))) return "none";
  let [low, high] = [0, 1];
  while (await stands(high)) [low, high] = [high, high * 2];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (await stands(middle)) low = middle;
    else high = middle;
  }
  return low;
}
