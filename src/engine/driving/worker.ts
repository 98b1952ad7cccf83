// Drives every run that nobody alive owns: those that stand in the log, and those that come.
//
// 1. Who owns a run is folded from the log. Whether an owner lives is asked now and then, since a death leaves no event.
// 2. A run is taken at the expected revision of its stream: of several workers one gets it, the others go on.
// 3. What cannot be taken here (its protocols are spoken elsewhere, its document cannot be read) is left to others, until
//    its owner changes.
import {
  asError,
  GleitzeitError,
  type Incarnation,
  type RunId,
  type RunStatus,
  TENANT_MAIN,
} from "../../domain/index.ts";
import type { DriveEnd } from "../driven.ts";
import type { Kit } from "../host.ts";
import { decode } from "../log/decode.ts";
import { followPages } from "../log/follow.ts";
import type { StoredEvent } from "../ports/index.ts";
import { type Ownership, ownership } from "./ownership.ts";

/** How soon the death of another process is noticed. */
const ASK_MS = 1000;
/** So many runs are read and taken at once. */
const AT_ONCE = 16;

export type Taken = { readonly end: () => Promise<DriveEnd> };

export type WorkOptions = {
  readonly tenant?: string;
  readonly stop: AbortSignal;
  /** Undefined when the run is not for this process. Resolves when it is taken, not when it ends. */
  readonly take: (run: RunId) => Promise<Taken | undefined>;
  readonly ended?: (run: RunId, status: RunStatus) => void;
};

/** Resolves once `stop` is aborted; runs that were taken go on until the engine is closed. */
export async function work(
  kit: Pick<Kit, "events" | "clock" | "incarnations" | "random" | "log">,
  { tenant = TENANT_MAIN, stop, take, ended }: WorkOptions,
): Promise<void> {
  const owners = ownership();
  const { own } = kit.incarnations;
  const busy = new Set<RunId>();
  let sweeping: Promise<void> | undefined;
  let isBehind = true;

  const takeOne = async ({ run, owner }: Free): Promise<void> => {
    busy.add(run);
    try {
      const taken = await take(run);
      if (!taken) return leave(run, owner);
      taken.end().then(
        (end) => over(run, end),
        (error: unknown) => failed(run, error),
      );
    } catch (error) {
      leave(run, owner);
      const text = "a run was not taken";
      if (isTaken(error)) kit.log.debug({ run }, text);
      else kit.log.warn({ run, error: asError(error) }, text);
    }
  };

  const leave = (run: RunId, owner: Free["owner"]): void => {
    busy.delete(run);
    owners.leave(run, owner);
  };

  const over = (run: RunId, end: DriveEnd): void => {
    if (end.kind !== "paused") busy.delete(run); // a paused run stays with its driver
    if (end.kind === "ended") ended?.(run, end.status);
  };
  const failed = (run: RunId, error: unknown): void => {
    busy.delete(run);
    kit.log.warn({ run, error: asError(error) }, "a run could not go on here");
  };

  const sweep = async (): Promise<void> => {
    const free = (await unowned(owners, own, (other) => kit.incarnations.isAlive(other))).filter(
      ({ run }) => !busy.has(run),
    );
    const from = Math.floor(kit.random.fraction() * free.length); // two workers do not want the same one first
    const order = [...free.slice(from), ...free.slice(0, from)];
    const next = async (): Promise<void> => {
      for (let one = order.pop(); one && !stop.aborted; one = order.pop()) await takeOne(one);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
  };

  const look = (): void => {
    if (isBehind || stop.aborted) return;
    sweeping ??= sweep()
      .catch((error: unknown) => kit.log.warn({ error: asError(error) }, "runs could not be looked for"))
      .finally(() => {
        sweeping = undefined;
      });
  };

  let cancel = (): void => undefined;
  const tick = (): void => {
    look();
    cancel = kit.clock.after(ASK_MS, tick);
  };
  cancel = kit.clock.after(ASK_MS, tick);
  try {
    for await (const page of followPages(kit.events, "start", { filter: `run-${tenant}.`, signal: stop })) {
      for (const stored of page.events) fold(owners, stored);
      isBehind = !page.atHead;
      look();
    }
  } finally {
    cancel();
    await sweeping;
  }
}

type Free = { readonly run: RunId; readonly owner: Incarnation | undefined };

/** Another process was quicker. */
const isTaken = (error: unknown): boolean =>
  error instanceof GleitzeitError && error.code === "WORKFLOW_INVALID_STATE";

function fold(owners: Ownership, stored: StoredEvent): void {
  if (owners.concerns(stored.type)) owners.fold(decode(stored));
}

async function unowned(
  owners: Ownership,
  own: Incarnation,
  isAlive: (other: Incarnation) => Promise<boolean>,
): Promise<readonly Free[]> {
  const free: Free[] = [];
  for (const [owner, runs] of owners.byOwner()) {
    const isFree = owner === undefined || owner === own || !(await isAlive(owner));
    if (isFree) for (const run of runs) free.push({ run, owner });
  }
  return free;
}
