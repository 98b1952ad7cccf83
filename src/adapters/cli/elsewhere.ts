// A run that another living process drives: waited for through the log, and taken over should that process die.
import { GleitzeitError, type RunId } from "../../domain/index.ts";
import type { DriveEnd } from "../../engine/index.ts";
import type { Context } from "./context.ts";
import { historyOf } from "./history.ts";
import type { Driving } from "./parts.ts";
import { isEnd, runEvents } from "./run-events.ts";

/** A death leaves no event behind, so it is asked for now and then. */
const ASK_MS = 1000;

/** Drives the run if nobody alive does; else waits for its end, or until it is paused. */
export async function driveOrWait(context: Context, driving: Driving, run: RunId): Promise<DriveEnd> {
  for (;;) {
    const { detail } = await historyOf(driving, run);
    const { owner } = detail;
    const isElsewhere =
      owner !== undefined && owner !== driving.engine.incarnation && (await driving.isAlive(owner));
    if (!isElsewhere || detail.endedAt !== undefined) {
      const driven = await driving.engine.drive(run, driving.tenant, driving.actor);
      if (driven.kind !== "taken-over") return driven;
      continue;
    }
    const end = await ended(
      context,
      driving,
      run,
      detail.events,
      async () => !(await driving.isAlive(owner)),
    );
    if (end) return end;
  }
}

/** Undefined when `isLost` came true first. */
export async function ended(
  { terminal, parts }: Context,
  driving: Driving,
  run: RunId,
  from: number,
  isLost: () => Promise<boolean>,
): Promise<DriveEnd | undefined> {
  const lost = new AbortController();
  const ask = async (): Promise<void> => {
    if (await isLost()) lost.abort();
    else cancel = parts.clock.after(ASK_MS, again);
  };
  const again = (): void => {
    ask().catch((error: unknown) => lost.abort(error));
  };
  let cancel = parts.clock.after(ASK_MS, again);
  try {
    const stay = AbortSignal.any([lost.signal, terminal.interrupted]);
    for await (const recorded of runEvents(driving, run, from, stay)) {
      if (isEnd(recorded)) return { kind: "ended", status: (await historyOf(driving, run)).detail.status };
      if (recorded.event.type === "RunPaused") return { kind: "paused" };
    }
  } finally {
    cancel();
  }
  if (lost.signal.reason instanceof GleitzeitError) throw lost.signal.reason;
  return terminal.interrupted.aborted ? { kind: "stopped" } : undefined;
}
