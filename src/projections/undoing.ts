// What a run undoes when it fails or is cancelled, as far as a detail needs it.
import { isOpen, TaskId } from "../domain/index.ts";
import { type TaskDetail, waitingTask } from "./task-detail.ts";

export const undoingId = (task: TaskId): TaskId => TaskId.parse(`compensate:${task}`);

type Tasks = Map<TaskId, TaskDetail>;

/** What has not ended never will; what ended last is undone first. */
export function beginUndoing(tasks: Tasks): void {
  for (const task of tasks.values())
    if (isOpen(task.status)) tasks.set(task.id, { ...task, status: "cancelled" });
  const done = [...tasks.values()].filter(({ status, elements }) => status === "succeeded" && !elements);
  for (const { id, name, compensate } of done.toSorted((a, b) => (b.resultAt ?? 0) - (a.resultAt ?? 0))) {
    if (!compensate) continue;
    const undoing = undoingId(id);
    const named = { ...compensate, id: undoing, name: `compensate:${name}` };
    tasks.set(undoing, { ...waitingTask(named), compensates: id });
  }
}

/** After an event of a task that may be one that undoes another. */
export function markUndone(tasks: Tasks, { compensates, status }: TaskDetail): void {
  const undone = compensates === undefined ? undefined : tasks.get(compensates);
  if (undone && status === "succeeded") tasks.set(undone.id, { ...undone, isUndone: true });
}
