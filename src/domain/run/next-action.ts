// The work owed by a run, one action at a time, as a function of its state: asking again after a crash is safe.
import type { TaskId } from "../ids.ts";
import type { Millis } from "../instant.ts";
import { isThere, nextTimer, nextWaitEnd, ripen } from "./due.ts";
import { elementsOf } from "./growth.ts";
import type { Heap } from "./heap.ts";
import {
  childAt,
  isDoomed,
  isOpen,
  isReady,
  isStartingOver,
  isUnderWay,
  nodeAt,
  place,
  type RunState,
  taskAt,
} from "./state.ts";
import { isEnded, type Stop, stopping } from "./stopping.ts";
import { timeLimit } from "./time-limit.ts";
import { undoingDue, undoneNow } from "./undoing.ts";

export type Action =
  | { readonly type: "addTasks" }
  /** A task that is repeated: its list is still to be resolved. */
  | { readonly type: "addElements"; readonly task: TaskId; readonly index: number }
  /** Its elements have ended. */
  | { readonly type: "gatherResults"; readonly task: TaskId; readonly index: number }
  /** The same of an agent: its next turn, the calls that the last one asked for, or its end. */
  | { readonly type: "beginAgent"; readonly task: TaskId; readonly index: number }
  | { readonly type: "continueAgent"; readonly task: TaskId; readonly index: number }
  | { readonly type: "skipTask"; readonly task: TaskId }
  /** A resume has given it. */
  | { readonly type: "giveResult"; readonly task: TaskId; readonly index: number }
  | { readonly type: "reuseResult"; readonly task: TaskId; readonly index: number }
  /** First attempt: params are still to be resolved. */
  | { readonly type: "scheduleTask"; readonly task: TaskId; readonly index: number }
  /** It needs no worker: what it waits for, or whom it asks, is still to be resolved. */
  | { readonly type: "startWait"; readonly task: TaskId; readonly index: number }
  /** What it waited for has come, or its time is up. */
  | { readonly type: "endWait"; readonly task: TaskId; readonly index: number }
  /** The same of a task that is a run of its own: it takes no worker's time. */
  | { readonly type: "scheduleChild"; readonly task: TaskId; readonly index: number }
  | { readonly type: "startChild"; readonly task: TaskId; readonly index: number }
  | { readonly type: "retryTask"; readonly task: TaskId }
  /** Scheduled, but nobody works on it. */
  | { readonly type: "startTask"; readonly task: TaskId }
  | { readonly type: "cancelTask"; readonly task: TaskId }
  | { readonly type: "finishRun"; readonly as: Stop | "ended" | "compensated" };

/** How many more attempts may start now, and the time. */
export type Capacity = { readonly slots: number; readonly now: Millis };

export function nextAction(state: RunState, { slots, now }: Capacity): Action | undefined {
  const { head } = state;
  if (head.status === "compensating") return nextUndone(state, slots, now);
  const stop = stopping(state, now);
  if (stop) return wound(state) ?? (head.underWay > 0 ? undefined : { type: "finishRun", as: stop });
  if (head.status !== "running") return undefined;
  if (!head.expanded) return { type: "addTasks" };
  const skipped = nextDoomed(state);
  if (skipped !== undefined) return { type: "skipTask", task: nodeAt(state, skipped).id };
  const halted = nextHalted(state);
  if (halted !== undefined) return { type: "cancelTask", task: nodeAt(state, halted).id };
  if (head.unfinished === 0) return { type: "finishRun", as: "ended" };
  ripen(state, now);
  return nextWaitEnd(state, now) ?? nextStart(state, slots, now);
}

/** Milliseconds since the epoch at which something becomes due by itself; undefined when nothing will. */
export function nextDue(state: RunState): Millis | undefined {
  if (state.head.status === "compensating") return undoingDue(state);
  const limits = [timeLimit(state)?.at];
  if (state.head.status === "running") limits.push(nextTimer(state)?.at);
  const due = limits.filter((at): at is Millis => at !== undefined);
  return due.length === 0 || isEnded(state) ? undefined : Math.min(...due);
}

function nextUndone(state: RunState, slots: number, now: Millis): Action | undefined {
  const index = undoneNow(state);
  if (index === undefined) return { type: "finishRun", as: "compensated" };
  return slots > 0 ? startOf(state, index, now) : undefined;
}

/** What has started is cancelled one by one before the run ends; runs of its own are asked, and waited for. */
function wound(state: RunState): Action | undefined {
  for (let index = state.begun.peek(); index !== undefined; index = state.begun.peek()) {
    if (isCancellable(state, index)) return { type: "cancelTask", task: nodeAt(state, index).id };
    state.begun.pop();
  }
  return undefined;
}

function nextDoomed(state: RunState): number | undefined {
  for (let index = state.doomed.peek(); index !== undefined; index = state.doomed.peek()) {
    if (isThere(state, index, isDoomed)) return index;
    state.doomed.pop();
  }
  return undefined;
}

/** Once a task has given up, its elements are stopped one by one. */
function nextHalted(state: RunState): number | undefined {
  for (let of = state.halting.peek(); of !== undefined; of = state.halting.peek()) {
    const task = state.tasks[of];
    if (task?.elements?.halted && task.elements.busy > 0) {
      for (const index of elementsOf(state, of)) if (isCancellable(state, index)) return index;
    }
    state.halting.pop();
  }
  return undefined;
}

const isCancellable = (state: RunState, index: number): boolean =>
  isThere(state, index, (task) => isUnderWay(task) && !(task.status === "running" && childAt(state, index)));

function nextStart(state: RunState, slots: number, now: Millis): Action | undefined {
  const prompt = firstIn(state.prompt, state, now);
  if (prompt) return prompt;
  const child = hasRoom(state, MOST_CHILDREN - state.head.children) && firstIn(state.kin, state, now);
  if (child) return child;
  return hasRoom(state, slots) ? firstIn(state.ready, state, now) : undefined;
}

function firstIn(queue: Heap<number>, state: RunState, now: Millis): Action | undefined {
  for (let index = queue.peek(); index !== undefined; index = queue.peek()) {
    const action = startOf(state, index, now);
    if (action) return action;
    queue.pop();
    if (isThere(state, index, ({ status }) => status === "retrying")) place(state, index); // the clock went back: it is not due any more
  }
  return undefined;
}

function startOf(state: RunState, index: number, now: Millis): Action | undefined {
  if (index >= state.tasks.length) return undefined;
  const { status, dueAt, elements, givenAt } = taskAt(state, index);
  const { id: task, forEach, agent, wait, approval } = nodeAt(state, index);
  const child = childAt(state, index);
  if (!isOpen(status)) return undefined;
  if (status === "retrying" && !isStartingOver(taskAt(state, index)))
    return dueAt !== undefined && dueAt <= now ? { type: "retryTask", task } : undefined;
  if (!isReady(state, index)) return undefined;
  if (status === "scheduled")
    return child ? { type: "startChild", task, index } : { type: "startTask", task };
  if (givenAt !== undefined) return { type: "giveResult", task, index };
  if (elements) return { type: agent ? "continueAgent" : "gatherResults", task, index };
  if (status === "waiting" && state.reusable.has(task)) return { type: "reuseResult", task, index };
  if (forEach) return { type: "addElements", task, index };
  if (agent) return { type: "beginAgent", task, index };
  if (wait || approval) return { type: "startWait", task, index };
  return { type: child ? "scheduleChild" : "scheduleTask", task, index };
}

/** They hold no slots, or runs inside runs could wait for each other's; but one run does not begin thousands at once. */
const MOST_CHILDREN = 32;

const hasRoom = ({ head, graph }: RunState, slots: number): boolean =>
  slots > 0 && head.running < (graph.maxParallelTasks ?? Infinity);
