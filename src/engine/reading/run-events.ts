// A run's events in order: those that are there, and, for whoever stays, those that come.
import type { RecordedRunEvent, Revision, RunId } from "../../domain/index.ts";
import { hintsOf } from "../log/follow.ts";
import { eventsOf } from "../log/history.ts";
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

export const isEnd = ({ event: { type } }: RecordedRunEvent): boolean =>
  type === "RunSucceeded" || type === "RunFailed" || type === "RunCancelled";
