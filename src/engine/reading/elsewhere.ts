// A run that another living process drives: waited for through the log, and taken over should that process die.
import { GleitzeitError, type RunId } from "../../domain/index.ts";
import type { DriveEnd } from "../driven.ts";
import type { Clock } from "../ports/index.ts";
import type { Driving } from "./reading.ts";
import { isEnd, runEvents } from "./run-events.ts";
import { type History, historyOf } from "./run-history.ts";

/** How somebody waits: by which clock, and until they give up. */
export type Waiting = { readonly clock: Clock; readonly interrupted: AbortSignal };

/** A death leaves no event behind, so it is asked for now and then. */
const ASK_MS = 1000;

/** Drives the run if nobody alive does; else waits for its end, or until it is paused. */
export async function driveOrWait(waiting: Waiting, driving: Driving, run: RunId): Promise<DriveEnd> {
  for (;;) {
    const history = await historyOf(driving, run);
    const { owner, endedAt, events } = history.detail;
    if (owner === undefined || endedAt !== undefined || !(await isDrivenElsewhere(driving, history))) {
      const driven = await driving.engine.drive(run, driving.tenant, driving.actor);
      if (driven.kind !== "taken-over") return driven;
      continue;
    }
    const end = await ended(waiting, driving, run, events, async () => !(await driving.isAlive(owner)));
    if (end) return end;
  }
}

/** Undefined when `isLost` came true first. */
export async function ended(
  { clock, interrupted }: Waiting,
  driving: Driving,
  run: RunId,
  from: number,
  isLost: () => Promise<boolean>,
): Promise<DriveEnd | undefined> {
  const lost = new AbortController();
  const ask = async (): Promise<void> => {
    if (await isLost()) lost.abort();
    else cancel = clock.after(ASK_MS, again);
  };
  const again = (): void => {
    ask().catch((error: unknown) => lost.abort(error));
  };
  let cancel = clock.after(ASK_MS, again);
  try {
    const stay = AbortSignal.any([lost.signal, interrupted]);
    for await (const recorded of runEvents(driving, run, from, stay)) {
      if (isEnd(recorded)) return { kind: "ended", status: (await historyOf(driving, run)).detail.status };
      if (recorded.event.type === "RunPaused") return { kind: "paused" };
    }
  } finally {
    cancel();
  }
  if (lost.signal.reason instanceof GleitzeitError) throw lost.signal.reason;
  return interrupted.aborted ? { kind: "stopped" } : undefined;
}

/** A server's engine drives its runs wherever they are driven. */
export async function isDrivenElsewhere(
  { engine, isAlive, server }: Driving,
  { detail }: History,
): Promise<boolean> {
  if (server) return false;
  const { owner } = detail;
  return owner !== undefined && owner !== engine.incarnation && (await isAlive(owner));
}
