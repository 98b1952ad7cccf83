// What a timeline holds: of each task when it could begin, its attempts, what it waited for on purpose, and its end.
import type { ErrorCode, Graph, TaskId } from "../domain/index.ts";
import type { Folded } from "./projection.ts";

export type AttemptSpan = {
  readonly attempt: number;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly provider: string;
  /** Which one it was, where its provider has several, once it has ended. */
  readonly instance?: string;
  readonly outcome: "running" | "succeeded" | "failed" | "lost" | "cancelled";
  readonly code?: ErrorCode;
};

/** On purpose: for a signal, for people, or until an instant. */
export type WaitSpan = {
  readonly for: "signal" | "approval" | "time";
  readonly signal?: string;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly dueAt?: number;
};

export type TaskTimeline = {
  readonly id: TaskId;
  readonly name: string;
  /** When nothing stood in its way any more but a free place. */
  readonly readyAt?: number;
  /** The task whose end made it ready; absent for one that waits for none. */
  readonly waitedFor?: TaskId;
  readonly attempts: readonly AttemptSpan[];
  readonly wait?: WaitSpan;
  /** Of a task that is repeated: when its elements came to be. */
  readonly expandedAt?: number;
  /** Of an element: the task that it is part of. */
  readonly of?: TaskId;
  /** This undoes another task. */
  readonly compensates?: TaskId;
  /** Ready when this one has ended: what is undone after it, or the call that this one asks about. */
  readonly next?: TaskId;
  /** Of the end, however it came about. */
  readonly endedAt?: number;
};

export type Timeline = Folded & {
  startedAt: number | undefined;
  endedAt: number | undefined;
  readonly pauses: { readonly from: number; to: number | undefined }[];
  readonly tasks: Map<TaskId, TaskTimeline>;
  /** Dependencies that have not ended, by task index. */
  readonly unmet: number[];
  /** How many elements a task has so far. */
  readonly elements: Map<TaskId, number>;
  /** What can be undone, in the order of their ends; and whatever ended last. */
  readonly undoable: TaskId[];
  lastEnded: TaskId | undefined;
};

export const emptyTimeline = ({ nodes }: Graph): Timeline => ({
  position: "start",
  startedAt: undefined,
  endedAt: undefined,
  pauses: [],
  tasks: new Map(nodes.map(({ id, name }) => [id, { id, name, attempts: [] }])),
  unmet: nodes.map(({ dependencies }) => dependencies.length),
  elements: new Map(),
  undoable: [],
  lastEnded: undefined,
});

/** A pause ends, if there is one. */
export function goOn({ pauses }: Timeline, at: number): void {
  const last = pauses.at(-1);
  if (last) last.to ??= at;
}

export function patch(view: Timeline, id: TaskId, change: Partial<TaskTimeline>): void {
  const task = view.tasks.get(id);
  if (task) view.tasks.set(id, { ...task, ...change });
}
