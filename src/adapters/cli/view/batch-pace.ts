// How far a batch has come, in plain lines: at each tenth of it, with its rate and what is left.
import { BATCH, millisOf, type RecordedRunEvent } from "../../../domain/index.ts";
import { paceText } from "./pace.ts";

/** Of fewer, the lines about each are enough. */
const FEWEST = 10;
const PARTS = 10;

export function batchPace(): (recorded: RecordedRunEvent) => string | undefined {
  let count = 0;
  let over = 0;
  let done = 0;
  let startedAt: number | undefined;
  return ({ event, recordedAt }) => {
    if (event.type === "TasksAdded" && event.data.template === BATCH) {
      count += event.data.count;
      startedAt ??= millisOf(recordedAt);
      return undefined;
    }
    if (count < FEWEST || !isEnd(event)) return undefined;
    over += 1;
    if (isWork(event)) done += 1;
    const part = Math.floor((over * PARTS) / count);
    if (over >= count || part === Math.floor(((over - 1) * PARTS) / count)) return undefined;
    const tookMs = millisOf(recordedAt) - (startedAt ?? 0);
    const pace = paceText({ done, left: count - over, tookMs });
    return `${over} of ${count} done${pace === "" ? "" : `, ${pace}`}`;
  };
}

type Event = RecordedRunEvent["event"];

const isEnd = (event: Event): boolean =>
  event.type === "TaskSucceeded" ||
  event.type === "TaskSkipped" ||
  event.type === "TaskCancelled" ||
  (event.type === "TaskFailed" && event.data.final === true);

const isWork = (event: Event): boolean =>
  event.type === "TaskFailed" || (event.type === "TaskSucceeded" && !event.data.reused && !event.data.cached);
