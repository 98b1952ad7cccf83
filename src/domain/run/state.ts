// The state of one run: no values, only statuses, counts and where values lie. Evolve owns it and changes it in place.
//
// Invariants:
//  1. Every index below agrees with the tasks' own fields; `place` restores that after each change.
//  2. Heap entries may be stale; whoever takes one asks the task itself.
//  3. With a journal, every task and the head are saved before they are first changed (undo.ts).
//  4. The run grows at the end of `tasks` only: the index of a task never changes, and a step taken back cuts them off.
import type { Incarnation, Revision, TaskId } from "../ids.ts";
import type { Millis } from "../instant.ts";
import type { Graph, TaskNode } from "../workflow/graph.ts";
import type { Compensation } from "./compensation.ts";
import type { Edited } from "./edits.ts";
import type { Addition, Elements } from "./elements.ts";
import type { Heap } from "./heap.ts";
import type { ErrorControl } from "./parts.ts";
import type { RunStatus, TaskStatus } from "./statuses.ts";
import { type Inbox, isTimed, listens, type WaitState } from "./wait-state.ts";

/** Why a task will not run; `because` is the index of the dependency that decided it. */
export type Doom = { readonly reason: "dependency-failed" | "dependency-skipped"; readonly because: number };

export type TaskState = {
  status: TaskStatus;
  /** Dependencies that have not ended yet. */
  unmet: number;
  doom: Doom | undefined;
  /** Starts so far, which is the number of the latest attempt. */
  attempt: number;
  /** Of what is called now; back-off counts them. */
  failures: number;
  losses: number;
  /** How many of its fallbacks were taken. */
  fellBack: number;
  /** Where a resume, or the fork, has changed its params, and where one has given its result. */
  changedAt: readonly Revision[];
  givenAt: Revision | undefined;
  /** Of the latest attempt, while it runs. */
  worker: Incarnation | undefined;
  startedAt: Millis | undefined;
  /** A retry's or a wait's instant. */
  dueAt: Millis | undefined;
  /** Of the latest failure; its message lies at `outcomeAt`. */
  error: ErrorControl | undefined;
  /** Where the params (and files) of this task lie. */
  paramsAt: Revision | undefined;
  /** Of the call under way; its result is recorded under it. */
  cacheKey: string | undefined;
  /** Where the result, or the final error, lies. */
  outcomeAt: Revision | undefined;
  /** From the event that began a wait or a question to people until its end. */
  wait: WaitState | undefined;
  /** Of a task that is repeated, once its elements are there. They count in its `unmet`. */
  elements: Elements | undefined;
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
  /** Of the running ones those that are runs of their own. */
  children: number;
  /** Tasks that failed for good and were not allowed to. */
  failed: number;
  firstFailed: number | undefined;
  /** Tasks that failed and wait for a resume: the run is paused for them. */
  held: readonly number[];
  edited: Edited | undefined;
  /** Where a resume has changed inputs. */
  inputsAt: readonly Revision[];
  /** From RunCompensating on. */
  compensation: Compensation | undefined;
};

/** What a step saves so that it can be undone; made by undo.ts. */
export type Journal = {
  readonly tasks: Map<number, TaskState>;
  readonly head: RunHead;
  /** How many tasks there were. */
  readonly size: number;
  /** And how many that could be undone. */
  readonly undoable: number;
  readonly inbox: ReturnType<Inbox["mark"]>;
};

export type DueEntry = { readonly task: number; readonly at: Millis };

export type RunState = {
  readonly graph: Graph;
  readonly tasks: TaskState[];
  /** Nodes of the tasks that were added: those behind the graph's own. */
  readonly added: TaskNode[];
  /** In the order of their tasks; by the task that is repeated. */
  readonly additions: Map<number, Addition[]>;
  /** Results of an earlier run that this fork takes over: task → revision there. */
  readonly reusable: ReadonlyMap<TaskId, Revision>;
  head: RunHead;
  /** Indexes of tasks that may be ready and need a worker, most urgent first. */
  readonly ready: Heap<number>;
  /** The same of those whose next move needs none. */
  readonly prompt: Heap<number>;
  /** Tasks whose wait may be over. */
  readonly answered: Heap<number>;
  readonly inbox: Inbox;
  /** Who has recorded a result under a key. */
  readonly recorded: Map<string, DueEntry>;
  /** Tasks that have succeeded and say what undoes them, in the order of their ends. */
  readonly undoable: number[];
  /** A task → the one that undoes it. */
  readonly undoing: Map<number, number>;
  /** The same of those that are runs of their own. */
  readonly kin: Heap<number>;
  readonly due: Heap<DueEntry>;
  /** Tasks that may be doomed, in the order found. */
  readonly doomed: Heap<number>;
  /** Tasks that may be under way: unfinished, and started at least once. */
  readonly begun: Heap<number>;
  /** Tasks that may have to stop their elements. */
  readonly halting: Heap<number>;
  journal: Journal | undefined;
};

/** Puts a task into the indexes that its fields call for. */
export function place(state: RunState, index: number): void {
  const task = taskAt(state, index);
  if (isUnderWay(task)) state.begun.push(index);
  if (isReady(state, index)) queueOf(state, index).push(index);
  if (isDoomed(task)) state.doomed.push(index);
  if (isTimed(task) && task.dueAt !== undefined) state.due.push({ task: index, at: task.dueAt });
  if (task.status === "waiting" && task.wait?.answer) state.answered.push(index);
  if (task.wait?.signal !== undefined && listens(task, task.wait.signal)) {
    state.inbox.listen(task.wait.signal, index);
  }
}

/** Results that are taken over, lists that are taken apart or put together, waits: nobody has to work on them. */
export function queueOf(state: RunState, index: number): Heap<number> {
  const { id, forEach, agent, wait, approval } = nodeAt(state, index);
  const { status, givenAt } = taskAt(state, index);
  const needsNone = forEach || agent || wait || approval || givenAt !== undefined || state.reusable.has(id);
  if (status === "waiting" && needsNone) return state.prompt;
  return childAt(state, index) ? state.kin : state.ready;
}

export const isOpen = (status: TaskStatus): boolean =>
  status === "waiting" || status === "scheduled" || status === "running" || status === "retrying";

/** Waits for nothing but a worker, or for nothing at all. */
export function isReady(state: RunState, index: number): boolean {
  const task = taskAt(state, index);
  if (task.status === "scheduled" || isStartingOver(task)) return true;
  if (task.status !== "waiting" || task.wait || task.doom !== undefined) return false;
  if (!state.head.expanded) return false;
  const isStopped = task.elements?.halted === true && task.elements.busy === 0;
  return (task.unmet === 0 || isStopped) && mayBegin(state, nodeAt(state, index));
}

/** An element waits for its turn, and for nothing once its task has given up. */
function mayBegin(state: RunState, { element }: TaskNode): boolean {
  if (!element) return true;
  const { elements } = taskAt(state, element.of);
  return elements !== undefined && !elements.halted && element.n < elements.released;
}

/** Its next attempt calls something else, so that params are to be resolved anew. */
export const isStartingOver = ({ status, paramsAt }: TaskState): boolean =>
  status === "retrying" && paramsAt === undefined;

/** The task is a run of its own, unless it has fallen back to something else. */
export const childAt = (state: RunState, index: number): TaskNode["child"] =>
  taskAt(state, index).fellBack > 0 ? undefined : nodeAt(state, index).child;

/** Has started and not ended: what a run that stops must cancel first. */
export const isUnderWay = (task: TaskState): boolean => isOpen(task.status) && task.attempt > 0;

export const isDoomed = (task: TaskState): boolean => task.status === "waiting" && task.doom !== undefined;

export function taskAt(state: RunState, index: number): TaskState {
  const task = state.tasks[index];
  if (!task) throw new Error(`no task ${index} in a run of ${state.tasks.length}`);
  return task;
}

export function nodeAt(state: RunState, index: number): TaskNode {
  const node = state.graph.nodes[index] ?? state.added[index - state.graph.nodes.length];
  if (!node) throw new Error(`no node ${index} in a run of ${state.tasks.length}`);
  return node;
}
