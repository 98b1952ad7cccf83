// The work owed by a run, one action at a time, as a function of its state: asking again after a crash is safe.
import type { TaskId } from "../ids.ts";
import type { Millis } from "../instant.ts";
import { isDoomed, isOpen, isReady, isUnderWay, nodeAt, place, type RunState, taskAt } from "./state.ts";
import { timeLimit } from "./time-limit.ts";

export type Action =
  | { readonly type: "addTasks" }
  | { readonly type: "skipTask"; readonly task: TaskId }
  | { readonly type: "reuseResult"; readonly task: TaskId; readonly index: number }
  /** First attempt: params are still to be resolved. */
  | { readonly type: "scheduleTask"; readonly task: TaskId; readonly index: number }
  | { readonly type: "retryTask"; readonly task: TaskId }
  /** Scheduled, but nobody works on it. */
  | { readonly type: "startTask"; readonly task: TaskId }
  | { readonly type: "cancelTask"; readonly task: TaskId }
  | { readonly type: "finishRun"; readonly as: Stop | "ended" };

/** Why a run that still has work ends. */
export type Stop = "cancelled" | "timed-out" | "failed-fast";

/** How many more attempts may start now, and the time. */
export type Capacity = { readonly slots: number; readonly now: Millis };

export function nextAction(state: RunState, { slots, now }: Capacity): Action | undefined {
  const { head } = state;
  const stop = stopping(state, now);
  if (stop) return wound(state) ?? { type: "finishRun", as: stop };
  if (head.status !== "running") return undefined;
  if (!head.expanded) return { type: "addTasks" };
  const skipped = nextDoomed(state);
  if (skipped !== undefined) return { type: "skipTask", task: nodeAt(state, skipped).id };
  if (head.unfinished === 0) return { type: "finishRun", as: "ended" };
  return nextStart(state, slots, now);
}

/** Milliseconds since the epoch at which something becomes due by itself; undefined when nothing will. */
export function nextDue(state: RunState): Millis | undefined {
  const limits = [timeLimit(state)?.at];
  if (state.head.status === "running") limits.push(nextRetry(state)?.at);
  const due = limits.filter((at): at is Millis => at !== undefined);
  return due.length === 0 || isEnded(state) ? undefined : Math.min(...due);
}

function stopping(state: RunState, now: Millis): Stop | undefined {
  if (isEnded(state)) return undefined;
  if (state.head.cancelRequested) return "cancelled";
  if (state.head.status === "pending") return undefined;
  if (now >= (timeLimit(state)?.at ?? Infinity)) return "timed-out";
  return state.graph.failFast && state.head.failed > 0 ? "failed-fast" : undefined;
}

const isEnded = ({ head }: RunState): boolean =>
  head.status === "absent" || head.endedAt !== undefined || head.status === "compensating";

/** What has started is cancelled one by one before the run ends. */
function wound(state: RunState): Action | undefined {
  for (let index = state.begun.peek(); index !== undefined; index = state.begun.peek()) {
    if (isUnderWay(taskAt(state, index))) return { type: "cancelTask", task: nodeAt(state, index).id };
    state.begun.pop();
  }
  return undefined;
}

function nextDoomed(state: RunState): number | undefined {
  for (let index = state.doomed.peek(); index !== undefined; index = state.doomed.peek()) {
    if (isDoomed(taskAt(state, index))) return index;
    state.doomed.pop();
  }
  return undefined;
}

function nextRetry(state: RunState): { readonly task: number; readonly at: Millis } | undefined {
  for (let entry = state.due.peek(); entry; entry = state.due.peek()) {
    const task = taskAt(state, entry.task);
    if (task.status === "retrying" && task.dueAt === entry.at) return entry;
    state.due.pop();
  }
  return undefined;
}

function nextStart(state: RunState, slots: number, now: Millis): Action | undefined {
  for (let retry = nextRetry(state); retry && retry.at <= now; retry = nextRetry(state)) {
    state.due.pop();
    state.ready.push(retry.task);
  }
  for (let index = state.ready.peek(); index !== undefined; index = state.ready.peek()) {
    const action = startOf(state, index, now);
    if (action) return hasRoom(state, slots) || action.type === "reuseResult" ? action : undefined;
    state.ready.pop();
    if (isRetrying(state, index)) place(state, index); // the clock went back: it is not due any more
  }
  return undefined;
}

const isRetrying = (state: RunState, index: number): boolean => taskAt(state, index).status === "retrying";

function startOf(state: RunState, index: number, now: Millis): Action | undefined {
  const { status, dueAt } = taskAt(state, index);
  const task = nodeAt(state, index).id;
  if (!isOpen(status)) return undefined;
  if (status === "retrying")
    return dueAt !== undefined && dueAt <= now ? { type: "retryTask", task } : undefined;
  if (!isReady(state, index)) return undefined;
  if (status === "scheduled") return { type: "startTask", task };
  return state.reusable.has(index)
    ? { type: "reuseResult", task, index }
    : { type: "scheduleTask", task, index };
}

const hasRoom = ({ head, graph }: RunState, slots: number): boolean =>
  slots > 0 && head.running < (graph.maxParallelTasks ?? Infinity);
