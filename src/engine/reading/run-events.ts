// A run's events in order: those that are there, and, for whoever stays, those that come.
import {
  GleitzeitError,
  type RecordedRunEvent,
  type Revision,
  type RunId,
  runStream,
} from "../../domain/index.ts";
import { decode } from "../log/decode.ts";
import { hintsOf } from "../log/follow.ts";
import { eventsOf } from "../log/history.ts";
import { leftError } from "../log/left-run.ts";
import { lastOf } from "../ports/index.ts";
import type { Reading } from "./reading.ts";

/** Ends with the run's last event, or, once `stay` is aborted or without it, at the end of what is there. */
export async function* runEvents(
  { store, tenant }: Reading,
  run: RunId,
  from: Revision = 0,
  stay?: AbortSignal,
): AsyncGenerator<RecordedRunEvent> {
  const hints = stay && hintsOf(store.events, stay);
  try {
    for (let next = from; ; ) {
      for await (const recorded of eventsOf(store.events, run, tenant, next)) {
        next = recorded.revision + 1;
        yield recorded;
        if (isEnd(recorded)) return;
      }
      if (!hints || hints.ended()) return;
      await hints.next();
    }
  } finally {
    hints?.stop();
  }
}

/** Found without reading the others: whether a run is over does not cost all that it did. */
export async function lastEventOf({ store, tenant, place }: Reading, run: RunId): Promise<RecordedRunEvent> {
  const stream = runStream(run, tenant);
  const last = await lastOf(store.events, stream);
  if (!last) throw new GleitzeitError("RUN_NOT_FOUND", `no run ${run} in ${place}`);
  const left = await leftError(store.events, stream);
  if (left) throw left;
  return decode(last);
}

export const isEnd = ({ event: { type } }: RecordedRunEvent): boolean =>
  type === "RunSucceeded" || type === "RunFailed" || type === "RunCancelled";
