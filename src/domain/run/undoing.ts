// How a run undoes what its tasks did, when it fails or is cancelled: each task that succeeded and says what undoes it,
// the last one first, one after the other. What undoes a task is a task of its own, `compensate:x`, behind all others.
//
// Invariants:
//  1. Which tasks these are, and their order, follows from the log up to RunCompensating.
//  2. Nothing else happens in the run meanwhile, and nothing stops it: it ends as it would have ended.
//  3. One that fails does not keep the others from being undone.
import { type Revision, TaskId } from "../ids.ts";
import type { Millis } from "../instant.ts";
import type { TaskNode } from "../workflow/graph.ts";
import { DEFAULT_TIMEOUT_MS } from "../workflow/policy.ts";
import type { Compensation } from "./compensation.ts";
import { waiting } from "./initial.ts";
import { nodeAt, place, type RunState, taskAt } from "./state.ts";
import type { TaskStatus } from "./statuses.ts";

type Why = Pick<Compensation, "outcome" | "error" | "task">;

export function beginUndoing(state: RunState, { outcome, error, task }: Why, at: Revision): void {
  const order = state.undoable.toReversed();
  const base = state.tasks.length;
  for (const [i, index] of order.entries()) {
    const node = undoingOf(nodeAt(state, index), base + i, {
      isFirst: i === 0,
      isLast: i === order.length - 1,
    });
    state.added.push(node);
    state.tasks.push(waiting(node));
    state.undoing.set(index, node.index);
  }
  const why = { outcome, ...(error && { error }), ...(task !== undefined && { task }) };
  state.head.compensation = { ...why, at, base, count: order.length, left: order.length, failed: 0 };
  state.head.unfinished += order.length;
  if (order.length > 0) place(state, base);
}

/** Tried as often as the task itself, and after a loss again: undoing is meant to be done. */
function undoingOf(
  node: TaskNode,
  index: number,
  { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean },
): TaskNode {
  const { id, name, compensate, timeoutMs, retry, priority, preferredProvider } = node;
  if (!compensate) throw new Error(`nothing undoes task ${id}`);
  return {
    ...compensate,
    index,
    id: TaskId.parse(`compensate:${id}`),
    name: `compensate:${name}`,
    compensates: node.index,
    dependencies: isFirst ? [] : [index - 1],
    dependents: isLast ? [] : [index + 1],
    fallbacks: [],
    strictNeeds: [],
    timeoutMs: Number.isFinite(timeoutMs) ? timeoutMs : DEFAULT_TIMEOUT_MS,
    retry,
    priority,
    onFailure: "continue",
    onWorkerLost: "retry",
    ...(preferredProvider !== undefined && { preferredProvider }),
  };
}

/** The one that is to be undone now. */
export function undoneNow({ head: { compensation } }: RunState): number | undefined {
  if (!compensation || compensation.left === 0) return undefined;
  return compensation.base + compensation.count - compensation.left;
}

export function undoneOne({ head }: RunState, status: TaskStatus): void {
  const { compensation } = head;
  if (!compensation) throw new Error("a task is undone in a run that does not compensate");
  const failed = compensation.failed + (status === "succeeded" ? 0 : 1);
  head.compensation = { ...compensation, left: compensation.left - 1, failed };
}

/** When the next attempt to undo something is due. */
export function undoingDue(state: RunState): Millis | undefined {
  const index = undoneNow(state);
  const task = index === undefined ? undefined : taskAt(state, index);
  return task?.status === "retrying" ? task.dueAt : undefined;
}

/** What the task did was undone: its result does not hold any more. */
export function isUndone(state: RunState, index: number): boolean {
  const undoing = state.undoing.get(index);
  return undoing !== undefined && taskAt(state, undoing).status === "succeeded";
}
