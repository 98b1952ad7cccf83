import type { RunId } from "../../src/domain/index.ts";
import { opened } from "./opened.ts";
import type { Rig } from "./rig.ts";

/** The event that a task first succeeded or failed with, and its values. */
export async function outcome({ log, store }: Rig, run: RunId, task: string) {
  const found = (await log(run)).find(
    ({ event }) =>
      (event.type === "TaskSucceeded" || event.type === "TaskFailed") && event.data.task === task,
  );
  return found && { type: found.event.type, ...(await opened(found, store.blobs)) };
}
