// What comes due by itself, and waits that are over: for the time, or because what they waited for has come.
import type { TaskId } from "../ids.ts";
import type { Millis } from "../instant.ts";
import { type DueEntry, nodeAt, place, queueOf, type RunState, type TaskState } from "./state.ts";
import { isTimed } from "./wait-state.ts";

/** A step that was taken back may have left indexes of tasks that it had added. */
export function isThere(state: RunState, index: number, holds: (task: TaskState) => boolean): boolean {
  const task = state.tasks[index];
  return task !== undefined && holds(task);
}

export function nextTimer(state: RunState): DueEntry | undefined {
  for (let entry = state.due.peek(); entry; entry = state.due.peek()) {
    const { at } = entry;
    if (isThere(state, entry.task, (task) => isTimed(task) && task.dueAt === at)) return entry;
    state.due.pop();
  }
  return undefined;
}

/** What is due is put where what is done next is looked for. */
export function ripen(state: RunState, now: Millis): void {
  for (let entry = nextTimer(state); entry && entry.at <= now; entry = nextTimer(state)) {
    state.due.pop();
    const isRetry = isThere(state, entry.task, ({ status }) => status === "retrying");
    (isRetry ? queueOf(state, entry.task) : state.answered).push(entry.task);
  }
}

export function nextWaitEnd(
  state: RunState,
  now: Millis,
): { readonly type: "endWait"; readonly task: TaskId; readonly index: number } | undefined {
  for (let index = state.answered.peek(); index !== undefined; index = state.answered.peek()) {
    const { status, wait, dueAt } = state.tasks[index] ?? {};
    const waits = status === "waiting" && wait !== undefined;
    const isOver = waits && (wait.answer !== undefined || (dueAt !== undefined && dueAt <= now));
    if (isOver) return { type: "endWait", task: nodeAt(state, index).id, index };
    state.answered.pop();
    if (waits) place(state, index); // the clock went back: its time is not up any more
  }
  return undefined;
}
