// What is each run at, when did it last move, what has failed in it, and which run does it repeat?
//
// 1. A run leaves when it is over, unless something failed in it, or it repeats another one.
// 2. What failed is told by tasks of the document: elements count as the task that they are elements of.
import {
  type ErrorCode,
  millisOf,
  type Position,
  type RecordedRunEvent,
  type RunEventOf,
  type RunEventType,
  type RunId,
  type TaskId,
} from "../domain/index.ts";
import { type Folded, projection } from "./projection.ts";
import { onAny, type Reactions, react } from "./reactions.ts";
import { taskOfElement } from "./task-of-element.ts";

export type RunActivity = {
  readonly tenant: string;
  readonly submittedPosition: Position;
  movedAt: number;
  isOver: boolean;
  /** Scheduled, running, waiting for their next attempt or on purpose. */
  readonly at: Set<TaskId>;
  readonly retrying: Set<TaskId>;
  /** For good; the run itself is a task without a name. */
  readonly failed: Map<string, Set<ErrorCode>>;
  readonly forkedFrom?: RunId;
};

export const RUN_ITSELF = "";

export type RunActivities = Folded & { readonly runs: Map<RunId, RunActivity> };

const ENDS: ReadonlySet<RunEventType> = new Set(["RunSucceeded", "RunFailed", "RunCancelled"]);

export const runActivities = projection<RunActivities>(
  () => ({ position: "start", runs: new Map() }),
  onAny(({ runs }, recorded) => {
    const { run, event } = recorded;
    if (event.type === "RunSubmitted") runs.set(run, begun(event.data, recorded));
    if (event.type === "RunArchived") runs.delete(run);
    const activity = runs.get(run);
    if (!activity) return;
    react(reactions, activity, recorded);
    moved(activity, recorded);
    if (activity.isOver && activity.failed.size === 0 && activity.forkedFrom === undefined) runs.delete(run);
  }),
);

const begun = (
  { forkedFrom }: RunEventOf<"RunSubmitted">["data"],
  { position, metadata: { tenant } }: RecordedRunEvent,
): RunActivity => ({
  tenant,
  submittedPosition: position,
  movedAt: 0,
  isOver: false,
  at: new Set(),
  retrying: new Set(),
  failed: new Map(),
  ...(forkedFrom && { forkedFrom: forkedFrom.run }),
});

function moved(activity: RunActivity, { event, recordedAt }: RecordedRunEvent): void {
  activity.movedAt = millisOf(recordedAt);
  if (!ENDS.has(event.type)) return;
  activity.isOver = true;
  activity.at.clear();
  activity.retrying.clear();
}

const reactions: Reactions<RunActivity, void> = {
  TaskScheduled: (activity, { task }) => begin(activity, task),
  TaskStarted: (activity, { task }) => begin(activity, task),
  WaitStarted: (activity, { task }) => begin(activity, task),
  ApprovalRequested: (activity, { task }) => begin(activity, task),
  ChildRunStarted: (activity, { task }) => begin(activity, task),
  TaskRetryScheduled: ({ at, retrying }, { task }) => {
    at.add(task);
    retrying.add(task);
  },
  TaskFailed: (activity, { task, error: { code }, final }) => {
    if (!final) return;
    leave(activity, task);
    fail(activity, taskOfElement(task), code);
  },
  TaskSucceeded: (activity, { task }) => leave(activity, task),
  TaskSkipped: (activity, { task }) => leave(activity, task),
  TaskCancelled: (activity, { task }) => leave(activity, task),
  RunFailed: (activity, { error: { code } }) => fail(activity, RUN_ITSELF, code),
};

function fail({ failed }: RunActivity, task: string, code: ErrorCode): void {
  const codes = failed.get(task);
  if (codes) codes.add(code);
  else failed.set(task, new Set([code]));
}

function begin({ at, retrying }: RunActivity, task: TaskId): void {
  at.add(task);
  retrying.delete(task);
}

function leave({ at, retrying }: RunActivity, task: TaskId): void {
  at.delete(task);
  retrying.delete(task);
}

export type ActivityQuery = {
  /** Of a task that failed for good, or of the run. */
  readonly error?: ErrorCode;
  /** Of the document: which failed, with that error if one is given, or which the run is at. */
  readonly task?: string;
  readonly retrying?: boolean;
  /** Not over, and nothing has happened since then. */
  readonly stuckSince?: number;
  /** No run repeats it. */
  readonly unrepeated?: boolean;
};
