// What a fork has changed of a task, from the moment when the task is there.
import type { TaskId } from "../ids.ts";
import type { RunHead, TaskState } from "./state.ts";

export function edit({ edited }: Pick<RunHead, "edited">, id: TaskId, task: TaskState): void {
  if (!edited) return;
  if (edited.params.includes(id)) task.changedAt = [edited.at];
  if (edited.results.includes(id)) task.givenAt = edited.at;
}
