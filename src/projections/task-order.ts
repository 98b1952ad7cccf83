// The tasks of a run in the order in which they are read: the document's, each element behind the task it is part of.
import type { TaskId } from "../domain/index.ts";
import type { RunDetail } from "./run-detail.ts";
import type { TaskDetail } from "./task-detail.ts";

export function tasksInOrder({ tasks }: Pick<RunDetail, "tasks">): readonly TaskDetail[] {
  const elements = new Map<TaskId, TaskDetail[]>();
  for (const task of tasks.values()) {
    if (task.of === undefined) continue;
    const siblings = elements.get(task.of);
    if (siblings) siblings.push(task);
    else elements.set(task.of, [task]);
  }
  const withElements = (task: TaskDetail): readonly TaskDetail[] => [
    task,
    ...(elements.get(task.id) ?? []).flatMap(withElements),
  ];
  return [...tasks.values()].filter(({ of }) => of === undefined).flatMap(withElements);
}
