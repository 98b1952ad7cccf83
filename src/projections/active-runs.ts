// Which runs are under way, who drives them, and what comes due when? Small: a run leaves when it ends.
import {
  type Claim,
  type Incarnation,
  type Instant,
  millisOf,
  type RecordedRunEvent,
  type RunEvent,
  type RunEventOf,
  type RunId,
  type TaskId,
} from "../domain/index.ts";
import { type Folded, projection } from "./projection.ts";
import { onAny, type Reactions, react } from "./reactions.ts";

export type RunningAttempt = {
  readonly attempt: number;
  readonly worker: Incarnation;
  readonly startedAt: number;
  readonly leaseMs: number;
};

export type ActiveRun = {
  readonly run: RunId;
  readonly tenant: string;
  readonly submittedAt: number;
  status: "pending" | "running" | "paused" | "compensating";
  owner: Incarnation | undefined;
  /** Whole run, as given at submission; what its document says counts beside it. */
  readonly timeoutMs: number | undefined;
  readonly deadline: number | undefined;
  startedAt: number | undefined;
  cancelRequested: boolean;
  readonly attempts: Map<TaskId, RunningAttempt>;
  /** Retries and waits. */
  readonly due: Map<TaskId, number>;
};

export type ActiveRuns = Folded & { readonly runs: Map<RunId, ActiveRun> };

export const activeRuns = projection<ActiveRuns>(
  () => ({ position: "start", runs: new Map() }),
  onAny(({ runs }, recorded) => {
    const { event, run } = recorded;
    const active = runs.get(run);
    if (event.type === "RunSubmitted") runs.set(run, submitted(recorded, event.data));
    else if (isEnd(event)) runs.delete(run);
    else if (active) react(reactions, active, recorded);
  }),
);

const isEnd = ({ type }: RunEvent): boolean =>
  type === "RunSucceeded" || type === "RunFailed" || type === "RunCancelled";

const submitted = (
  { run, metadata: { tenant }, recordedAt }: RecordedRunEvent,
  { timeoutMs, deadline }: RunEventOf<"RunSubmitted">["data"],
): ActiveRun => ({
  run,
  tenant,
  submittedAt: millisOf(recordedAt),
  status: "pending",
  owner: undefined,
  timeoutMs,
  deadline: deadline === undefined ? undefined : millisOf(deadline),
  startedAt: undefined,
  cancelRequested: false,
  attempts: new Map(),
  due: new Map(),
});

const reactions: Reactions<ActiveRun, void> = {
  RunStarted: (active, { owner }, { recordedAt }) => {
    active.status = "running";
    active.owner = owner;
    active.startedAt = millisOf(recordedAt);
  },
  RunOwnerChanged: (active, { owner }) => {
    active.owner = owner;
  },
  RunPaused: (active) => {
    active.status = "paused";
  },
  RunResumed: (active) => {
    active.status = "running";
  },
  RunCancelRequested: (active) => {
    active.cancelRequested = true;
  },
  RunCompensating: (active) => {
    active.status = "compensating";
    active.due.clear(); // what waited never goes on
  },
  TaskScheduled: (active, { task, attempt, claim }, { recordedAt }) => {
    active.due.delete(task);
    if (claim) begin(active, task, attempt, claim, recordedAt);
  },
  TaskStarted: (active, { task, attempt, claim }, { recordedAt }) =>
    begin(active, task, attempt, claim, recordedAt),
  TaskRetryScheduled: (active, { task, dueAt }) => wait(active, task, dueAt),
  WaitStarted: (active, { task, dueAt }) => wait(active, task, dueAt),
  ApprovalRequested: (active, { task, dueAt }) => wait(active, task, dueAt),
  TaskLost: (active, { task }) => leave(active, task),
  TaskFailed: (active, { task }) => leave(active, task),
  TaskSucceeded: (active, { task }) => leave(active, task),
  TaskSkipped: (active, { task }) => leave(active, task),
  TaskCancelled: (active, { task }) => leave(active, task),
};

function begin(
  { attempts }: ActiveRun,
  task: TaskId,
  attempt: number,
  { worker, leaseMs }: Claim,
  at: Instant,
): void {
  attempts.set(task, { attempt, worker, startedAt: millisOf(at), leaseMs });
}

function wait({ due }: ActiveRun, task: TaskId, dueAt: Instant | undefined): void {
  if (dueAt !== undefined) due.set(task, millisOf(dueAt));
}

function leave({ attempts, due }: ActiveRun, task: TaskId): void {
  attempts.delete(task);
  due.delete(task);
}

export type DueTimer = { readonly run: RunId; readonly task: TaskId; readonly at: number };

/** Retries and waits of all active runs, the next one first; those of a paused run fire when it is resumed. */
export function dueTimers({ runs }: ActiveRuns): readonly DueTimer[] {
  return [...runs.values()]
    .flatMap(({ run, due }) => [...due].map(([task, at]) => ({ run, task, at })))
    .toSorted((a, b) => a.at - b.at);
}
