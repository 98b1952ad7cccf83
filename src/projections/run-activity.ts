// What is each run at, when did it last move, and what has failed in it?
import {
  type ErrorCode,
  millisOf,
  type RecordedRunEvent,
  type RunEventType,
  type RunId,
  type TaskId,
} from "../domain/index.ts";
import { type Folded, projection } from "./projection.ts";
import { onAny, type Reactions, react } from "./reactions.ts";

export type RunActivity = {
  movedAt: number;
  isOver: boolean;
  /** Scheduled, running, waiting for their next attempt or on purpose. */
  readonly at: Set<TaskId>;
  readonly retrying: Set<TaskId>;
  /** For good; of the run itself under "". */
  readonly failed: Map<TaskId | "", ErrorCode>;
};

export type RunActivities = Folded & { readonly runs: Map<RunId, RunActivity> };

const ENDS: ReadonlySet<RunEventType> = new Set(["RunSucceeded", "RunFailed", "RunCancelled"]);

export const runActivities = projection<RunActivities>(
  () => ({ position: "start", runs: new Map() }),
  onAny(({ runs }, recorded) => {
    const { run, event } = recorded;
    const activity = runs.get(run) ?? begun();
    if (event.type === "RunSubmitted") runs.set(run, activity);
    react(reactions, activity, recorded);
    moved(activity, recorded);
  }),
);

const begun = (): RunActivity => ({
  movedAt: 0,
  isOver: false,
  at: new Set(),
  retrying: new Set(),
  failed: new Map(),
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
  TaskRetryScheduled: ({ at, retrying }, { task }) => {
    at.add(task);
    retrying.add(task);
  },
  TaskFailed: (activity, { task, error: { code }, final }) => {
    if (!final) return;
    leave(activity, task);
    activity.failed.set(task, code);
  },
  TaskSucceeded: (activity, { task }) => leave(activity, task),
  TaskSkipped: (activity, { task }) => leave(activity, task),
  TaskCancelled: (activity, { task }) => leave(activity, task),
  RunFailed: ({ failed }, { error: { code } }) => failed.set("", code),
};

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
  /** Which failed, with that error if one is given, or which the run is at. */
  readonly task?: string;
  readonly retrying?: boolean;
  /** Not over, and nothing has happened since then. */
  readonly stuckSince?: number;
};

export function fits(activity: RunActivity, { error, task, retrying, stuckSince }: ActivityQuery): boolean {
  if (retrying && activity.retrying.size === 0) return false;
  if (stuckSince !== undefined && (activity.isOver || activity.movedAt > stuckSince)) return false;
  if (error === undefined) return task === undefined || isAbout(activity, task);
  return [...activity.failed].some(([id, code]) => code === error && (task === undefined || id === task));
}

const isAbout = ({ failed, at }: RunActivity, task: string): boolean =>
  [...failed.keys(), ...at].some((id) => id === task);
