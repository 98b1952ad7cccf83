// How a task's own fields change, and what that means for those that wait for it.
import type { Incarnation, Revision } from "../ids.ts";
import type { Millis } from "../instant.ts";
import type { RunEventOf } from "./events.ts";
import { abandonElements, elementBegan, elementEnded } from "./growth.ts";
import type { Place } from "./place.ts";
import { type Doom, isOpen, nodeAt, place, type RunState, type TaskState } from "./state.ts";
import { TASK_MOVES, type TaskStatus } from "./statuses.ts";
import { touch } from "./undo.ts";
import { undoneOne } from "./undoing.ts";

type SkipReason = RunEventOf<"TaskSkipped">["data"]["reason"];

export function scheduled(
  state: RunState,
  index: number,
  { data }: RunEventOf<"TaskScheduled">,
  where: Place,
): void {
  const task = touch(state, index);
  move(state, task, "scheduled");
  task.paramsAt = data.paramsFrom ?? where.revision;
  if (data.paramsFrom === undefined) task.cacheKey = data.cacheKey;
  task.dueAt = undefined;
  if (data.claim) started(state, index, data.attempt, data.claim.worker, where);
  else place(state, index);
}

export function started(
  state: RunState,
  index: number,
  attempt: number,
  worker: Incarnation | undefined,
  { at }: Place,
): void {
  const task = touch(state, index);
  if (attempt !== task.attempt + 1) throw new Error(`attempt ${attempt} after ${task.attempt}`);
  move(state, task, "running");
  const { element } = nodeAt(state, index);
  if (task.attempt === 0) state.head.underWay += 1;
  if (task.attempt === 0 && element) elementBegan(state, element.of);
  task.attempt = attempt;
  task.worker = worker;
  task.startedAt = at;
  place(state, index);
}

export function lost(state: RunState, index: number, { data }: RunEventOf<"TaskLost">): void {
  const task = touch(state, index);
  move(state, task, "scheduled");
  if (data.reason !== "shutdown") task.losses += 1;
  task.worker = undefined;
  place(state, index);
}

export function failed(state: RunState, index: number, event: RunEventOf<"TaskFailed">, where: Place): void {
  const task = touch(state, index);
  task.failures += 1;
  task.error = event.data.error;
  if (event.data.final && nodeAt(state, index).onFailure === "pause") return held(state, index, where);
  if (event.data.final) return ended(state, index, "failed", where);
  task.outcomeAt = where.revision;
}

/** It has failed and not ended: nobody who waits for it goes on. */
function held(state: RunState, index: number, where: Place): void {
  const task = touch(state, index);
  move(state, task, "failed");
  task.worker = undefined;
  task.dueAt = undefined;
  task.wait = undefined;
  task.outcomeAt = where.revision;
  if (task.attempt > 0) state.head.underWay -= 1;
  state.head.held = [...state.head.held, index];
}

/** From the beginning, with what has been set meanwhile; attempts are counted on. */
export function triedAgain(state: RunState, index: number): void {
  const task = touch(state, index);
  move(state, task, "waiting");
  if (task.attempt > 0) state.head.underWay += 1;
  task.failures = 0;
  task.fellBack = 0;
  task.paramsAt = undefined;
  place(state, index);
}

export function changed(state: RunState, index: number, revision: Revision): void {
  const task = touch(state, index);
  task.changedAt = [...task.changedAt, revision];
}

export function given(state: RunState, index: number, revision: Revision): void {
  touch(state, index).givenAt = revision;
}

export function retrying(state: RunState, index: number, dueAt: Millis): void {
  const task = touch(state, index);
  move(state, task, "retrying");
  task.worker = undefined;
  task.dueAt = dueAt;
  place(state, index);
}

/** What is called next starts from the beginning: with params and failures of its own. */
export function fellBack(state: RunState, index: number, { data }: RunEventOf<"TaskFellBack">): void {
  const task = touch(state, index);
  if (task.status === "running") move(state, task, "retrying");
  task.fellBack = data.index + 1;
  task.failures = 0;
  task.worker = undefined;
  task.dueAt = undefined;
  task.paramsAt = undefined;
  place(state, index);
}

export function ended(
  state: RunState,
  index: number,
  status: "succeeded" | "failed" | "skipped" | "cancelled",
  where: Place,
  skipped?: SkipReason,
): void {
  const task = touch(state, index);
  move(state, task, status);
  task.worker = undefined;
  task.dueAt = undefined;
  task.wait = undefined;
  task.outcomeAt = where.revision;
  state.head.unfinished -= 1;
  if (task.attempt > 0) state.head.underWay -= 1;
  const node = nodeAt(state, index);
  if (task.elements) abandonElements(state, index);
  if (node.element) elementEnded(state, node.element.of, status, task.attempt > 0);
  if (status === "failed" && node.onFailure === "fail") {
    state.head.failed += 1;
    state.head.firstFailed ??= index;
  }
  if (status === "succeeded" && task.cacheKey !== undefined)
    state.recorded.set(task.cacheKey, { task: index, at: where.at });
  if (node.compensates !== undefined) undoneOne(state, status);
  else if (status === "succeeded" && node.compensate && !node.forEach) state.undoable.push(index);
  for (const dependent of node.dependents) release(state, dependent, index, status, skipped);
}

function release(
  state: RunState,
  index: number,
  because: number,
  status: TaskStatus,
  skipped: SkipReason | undefined,
): void {
  const task = touch(state, index);
  task.unmet -= 1;
  if (!isOpen(task.status)) return;
  task.doom ??= doomOf(state, index, because, status, skipped);
  place(state, index);
}

/** Whether the end of one task decides that another will not run. */
function doomOf(
  state: RunState,
  index: number,
  because: number,
  status: TaskStatus,
  skipped: SkipReason | undefined,
): Doom | undefined {
  const { onFailure, element, step } = nodeAt(state, because);
  if (status === "failed" && (onFailure === "fail" || (step && element?.of !== index))) {
    return { reason: "dependency-failed", because };
  }
  if (status !== "skipped" || (step && element?.of === index)) return undefined;
  if (skipped === "dependency-failed") return { reason: skipped, because };
  const needed = nodeAt(state, index).strictNeeds.includes(because);
  return needed ? { reason: "dependency-skipped", because } : undefined;
}

function move(state: RunState, task: TaskState, to: TaskStatus): void {
  if (!TASK_MOVES[task.status].includes(to)) {
    throw new Error(`a task cannot go from ${task.status} to ${to}`);
  }
  if (task.status === "running") state.head.running -= 1;
  if (to === "running") state.head.running += 1;
  task.status = to;
}
