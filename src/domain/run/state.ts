// The state of one run. It holds no values, only statuses, counts and where values lie (revisions).
// Mutable on purpose: evolve owns it, and evolving one event costs O(dependents of its task).
//
// Invariants:
//  1. Every index below agrees with the tasks' own fields; `place` restores that after each change.
//  2. Heap entries may be stale; whoever takes one asks the task itself.
//  3. With a journal, every task and the head are saved before they are first changed (undo.ts).
import type { Incarnation, Revision } from "../ids.ts";
import type { Millis } from "../instant.ts";
import { priorityRank } from "../priority.ts";
import type { Graph, TaskNode } from "../workflow/graph.ts";
import { type Heap, heap } from "./heap.ts";
import type { ErrorControl } from "./parts.ts";
import type { RunStatus, TaskStatus } from "./statuses.ts";

/** Why a task will not run; `because` is the index of the dependency that decided it. */
export type Doom = { readonly reason: "dependency-failed" | "dependency-skipped"; readonly because: number };

export type TaskState = {
  status: TaskStatus;
  /** Dependencies that have not ended yet. */
  unmet: number;
  doom: Doom | undefined;
  /** Starts so far, which is the number of the latest attempt. */
  attempt: number;
  failures: number;
  losses: number;
  /** Of the latest attempt, while it runs. */
  worker: Incarnation | undefined;
  startedAt: Millis | undefined;
  /** A retry's or a wait's instant. */
  dueAt: Millis | undefined;
  /** Of the latest failure; its message lies at `outcomeAt`. */
  error: ErrorControl | undefined;
  /** Where the params (and files) of this task lie. */
  paramsAt: Revision | undefined;
  /** Where the result, or the final error, lies. */
  outcomeAt: Revision | undefined;
};

/** The scalars of a run, copied as a whole when a step begins. */
export type RunHead = {
  status: RunStatus;
  /** Of the last event folded; -1 before the first. */
  revision: Revision;
  owner: Incarnation | undefined;
  submittedAt: Millis;
  startedAt: Millis | undefined;
  endedAt: Millis | undefined;
  timeoutMs: Millis | undefined;
  deadline: Millis | undefined;
  cancelRequested: boolean;
  /** Batch: the items wait for TasksAdded. */
  expanded: boolean;
  unfinished: number;
  running: number;
  underWay: number;
  /** Tasks that failed for good and were not allowed to. */
  failed: number;
  firstFailed: number | undefined;
};

/** What a step saves so that it can be undone; made by undo.ts. */
export type Journal = { readonly tasks: Map<number, TaskState>; readonly head: RunHead };

export type DueEntry = { readonly task: number; readonly at: Millis };

export type RunState = {
  readonly graph: Graph;
  readonly tasks: TaskState[];
  /** Results of an earlier run that this fork takes over: task index → revision there. */
  readonly reusable: ReadonlyMap<number, Revision>;
  head: RunHead;
  /** Indexes of tasks that may be ready, most urgent first. */
  readonly ready: Heap<number>;
  readonly due: Heap<DueEntry>;
  /** Tasks that may be doomed, in the order found. */
  readonly doomed: Heap<number>;
  /** Tasks that may be under way: unfinished, and started at least once. */
  readonly begun: Heap<number>;
  journal: Journal | undefined;
};

const waiting = (node: TaskNode): TaskState => ({
  status: "waiting",
  unmet: node.dependencies.length,
  doom: undefined,
  attempt: 0,
  failures: 0,
  losses: 0,
  worker: undefined,
  startedAt: undefined,
  dueAt: undefined,
  error: undefined,
  paramsAt: undefined,
  outcomeAt: undefined,
});

export function initial(graph: Graph, reusable: ReadonlyMap<number, Revision> = new Map()): RunState {
  const rank = (index: number): number => priorityRank[graph.nodes[index]?.priority ?? "normal"];
  const state: RunState = {
    graph,
    tasks: graph.nodes.map(waiting),
    reusable,
    head: {
      status: "absent",
      revision: -1,
      owner: undefined,
      submittedAt: 0,
      startedAt: undefined,
      endedAt: undefined,
      timeoutMs: graph.timeoutMs,
      deadline: undefined,
      cancelRequested: false,
      expanded: !graph.isBatch,
      unfinished: graph.nodes.length,
      running: 0,
      underWay: 0,
      failed: 0,
      firstFailed: undefined,
    },
    ready: heap((a, b) => rank(a) > rank(b) || (rank(a) === rank(b) && a < b)),
    due: heap((a, b) => a.at < b.at),
    doomed: heap((a, b) => a < b),
    begun: heap((a, b) => a < b),
    journal: undefined,
  };
  if (state.head.expanded) state.tasks.forEach((_, index) => place(state, index));
  return state;
}

/** Puts a task into the indexes that its fields call for. */
export function place(state: RunState, index: number): void {
  const task = taskAt(state, index);
  if (isUnderWay(task)) state.begun.push(index);
  if (isReady(state, index)) state.ready.push(index);
  if (isDoomed(task)) state.doomed.push(index);
  if (task.status === "retrying" && task.dueAt !== undefined) state.due.push({ task: index, at: task.dueAt });
}

export const isOpen = (status: TaskStatus): boolean =>
  status === "waiting" || status === "scheduled" || status === "running" || status === "retrying";

/** Waits for nothing but a worker. */
export function isReady(state: RunState, index: number): boolean {
  const task = taskAt(state, index);
  if (task.status === "scheduled") return true;
  return task.status === "waiting" && task.unmet === 0 && task.doom === undefined && state.head.expanded;
}

/** Has started and not ended: what a run that stops must cancel first. */
export const isUnderWay = (task: TaskState): boolean => isOpen(task.status) && task.attempt > 0;

export const isDoomed = (task: TaskState): boolean => task.status === "waiting" && task.doom !== undefined;

export function taskAt(state: RunState, index: number): TaskState {
  const task = state.tasks[index];
  if (!task) throw new Error(`no task ${index} in a run of ${state.tasks.length}`);
  return task;
}

export function nodeAt(state: RunState, index: number): TaskNode {
  const node = state.graph.nodes[index];
  if (!node) throw new Error(`no node ${index} in a graph of ${state.graph.nodes.length}`);
  return node;
}
