// One task of a run as its events tell it; attempts are starts.
import {
  type Incarnation,
  type Instant,
  millisOf,
  type RecordedRunEvent,
  type Revision,
  type RunEventOf,
  type RunId,
  type TaskId,
  type TaskStatus,
} from "../domain/index.ts";
import { type Reactions, react } from "./reactions.ts";
import { type Wait, waitAfter } from "./waits.ts";

/** What the definition says of a task. */
export type TaskNaming = {
  readonly id: TaskId;
  readonly name: string;
  readonly protocol: string;
  readonly method: string;
  /** What undoes it when its run fails or is cancelled. */
  readonly compensate?: Callee;
  /** Of an agent: what its steps may call. */
  readonly agent?: { readonly tools: readonly Callee[] };
};

export type Callee = { readonly protocol: string; readonly method: string };

export type TaskDetail = TaskNaming & {
  readonly status: TaskStatus;
  /** Starts; 0 when the params could not be resolved, or the result was taken over. */
  readonly attempts: number;
  readonly failures: number;
  readonly losses: number;
  /** Of the first attempt. */
  readonly firstStartedAt?: number;
  /** Of the latest attempt. */
  readonly startedAt?: number;
  readonly endedAt?: number;
  /** From the first start, or the beginning of a wait, to the end; waiting for retries included. */
  readonly durationMs?: number;
  readonly worker?: Incarnation;
  readonly provider?: string;
  /** A retry's or a wait's instant. */
  readonly dueAt?: number;
  readonly wait?: Wait;
  /** Of the latest failure; its message lies at `errorAt`. */
  readonly error?: RunEventOf<"TaskFailed">["data"]["error"];
  readonly errorAt?: Revision;
  readonly resultAt?: Revision;
  readonly reused?: { readonly run: RunId; readonly revision: Revision };
  /** The result was recorded there for the same call. */
  readonly cached?: { readonly run: RunId; readonly revision: Revision };
  /** Who was asked, where that is a model, and what it counted. */
  readonly model?: string;
  readonly modelDigest?: string;
  readonly usage?: RunEventOf<"TaskSucceeded">["data"]["usage"];
  /** How many of its fallbacks were taken; `protocol` and `method` are those called last. */
  readonly fellBack?: number;
  /** The run is paused for it. */
  readonly isHeld?: true;
  /** The result was given by whoever resumed the run. */
  readonly isGiven?: true;
  readonly skipped?: RunEventOf<"TaskSkipped">["data"];
  /** Of a task that is repeated: how many, and how many have ended. */
  readonly elements?: { readonly count: number; readonly over: number };
  /** Of an element: the task that it is part of. */
  readonly of?: TaskId;
  /** This undoes what that task did. */
  readonly compensates?: TaskId;
  /** What it did was undone. */
  readonly isUndone?: true;
  /** The run that its latest attempt is. */
  readonly child?: RunId;
};

export const waitingTask = ({ id, name, protocol, method, compensate, agent }: TaskNaming): TaskDetail => ({
  id,
  name,
  protocol,
  method,
  ...(agent && {
    agent: { tools: agent.tools.map((tool) => ({ protocol: tool.protocol, method: tool.method })) },
  }),
  ...(compensate && { compensate: { protocol: compensate.protocol, method: compensate.method } }),
  status: "waiting",
  attempts: 0,
  failures: 0,
  losses: 0,
});

const reactions: Reactions<TaskDetail, TaskDetail> = {
  TaskScheduled: ({ dueAt, ...task }, { claim, attempt }, { recordedAt }) =>
    claim ? started(task, attempt, claim, millisOf(recordedAt)) : { ...task, status: "scheduled" },
  TaskStarted: (task, { attempt, claim }, { recordedAt }) =>
    started(task, attempt, claim, millisOf(recordedAt)),
  ChildRunStarted: ({ dueAt, ...task }, { attempt, run }, { recordedAt }) => ({
    ...begun(task, attempt, millisOf(recordedAt)),
    child: run,
  }),
  TaskLost: ({ worker, ...task }, { reason }) => ({
    ...task,
    status: "scheduled",
    losses: task.losses + (reason === "shutdown" ? 0 : 1),
  }),
  TaskSucceeded: (task, { reused, given, cached, model, modelDigest, usage }, { recordedAt, revision }) => ({
    ...ended(task, "succeeded", recordedAt),
    resultAt: revision,
    ...(reused && { reused }),
    ...(cached && { cached }),
    ...(model !== undefined && { model }),
    ...(modelDigest !== undefined && { modelDigest }),
    ...(usage && { usage }),
    ...(given !== undefined && { isGiven: true as const }),
  }),
  TaskFailed: (task, { error, final }, { recordedAt, revision }) => {
    const failed = { ...task, failures: task.failures + 1, error, errorAt: revision };
    return final ? ended(failed, "failed", recordedAt) : failed;
  },
  TaskRetryScheduled: ({ worker, ...task }, { dueAt }) => ({
    ...task,
    status: "retrying",
    dueAt: millisOf(dueAt),
  }),
  TaskFellBack: ({ worker, dueAt, ...task }, { to: { protocol, method }, index }) => ({
    ...task,
    protocol,
    method,
    status: task.attempts > 0 ? "retrying" : "waiting",
    fellBack: index + 1,
  }),
  RunPaused: (task, { cause }) => (cause === "task-failed" ? { ...task, isHeld: true } : task),
  TaskSkipped: (task, skipped, { recordedAt }) => ({ ...ended(task, "skipped", recordedAt), skipped }),
  TaskCancelled: (task, _, { recordedAt }) => ended(task, "cancelled", recordedAt),
  WaitStarted: (task, _, recorded) => waiting(task, recorded),
  ApprovalRequested: (task, _, recorded) => waiting(task, recorded),
  ApprovalDecided: (task, _, recorded) => waiting(task, recorded),
};

/** The run is resumed: what it was paused for is tried again. */
export function triedAgain({ isHeld, endedAt, durationMs, fellBack, ...task }: TaskDetail): TaskDetail {
  return isHeld ? { ...task, status: "waiting" } : task;
}

export const taskAfter = (task: TaskDetail, recorded: RecordedRunEvent): TaskDetail =>
  react(reactions, task, recorded) ?? task;

function waiting(task: TaskDetail, recorded: RecordedRunEvent): TaskDetail {
  const wait = waitAfter(task.wait, recorded);
  return { ...task, ...(wait && { wait }), ...(wait?.dueAt !== undefined && { dueAt: wait.dueAt }) };
}

function started(
  task: TaskDetail,
  attempt: number,
  { worker, provider }: RunEventOf<"TaskStarted">["data"]["claim"],
  at: number,
): TaskDetail {
  return { ...begun(task, attempt, at), worker, provider };
}

const begun = (task: TaskDetail, attempt: number, at: number): TaskDetail => ({
  ...task,
  status: "running",
  attempts: attempt,
  firstStartedAt: task.firstStartedAt ?? at,
  startedAt: at,
});

/** The wall clock may jump back; a duration never does. */
function ended({ worker, dueAt, wait, ...task }: TaskDetail, status: TaskStatus, at: Instant): TaskDetail {
  const from = task.firstStartedAt ?? wait?.since;
  const endedAt = millisOf(at);
  return { ...task, status, endedAt, ...(from !== undefined && { durationMs: Math.max(0, endedAt - from) }) };
}
