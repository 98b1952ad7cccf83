// One plain line for each thing that happens to a run, for where there is no terminal to draw on.
import { BATCH, type RecordedRunEvent, type RunEventOf } from "../../../domain/index.ts";
import { methodText } from "../../../engine/index.ts";
import { type Reactions, react } from "../../../projections/index.ts";
import { counted, duration } from "./text.ts";

/** Undefined for what is no news: the engine's own bookkeeping. `message` is that of a failure. */
export const transition = (recorded: RecordedRunEvent, message?: string): string | undefined =>
  react(LINES, message, recorded);

/** Why a task was skipped, in a few words. */
export function skipText({ reason, because }: RunEventOf<"TaskSkipped">["data"]): string {
  if (reason === "condition") return "skipped: its condition does not hold";
  return because === undefined ? "skipped" : `skipped because of ${because}`;
}

function calleeText({ protocol, method, provider }: RunEventOf<"TaskFellBack">["data"]["to"]): string {
  return `${methodText({ protocol, method })}${provider === undefined ? "" : ` by ${provider}`}`;
}

const started = (task: string, attempt: number): string =>
  `${task}: running${attempt > 1 ? `, attempt ${attempt}` : ""}`;

const LINES: Reactions<string | undefined, string | undefined> = {
  RunStarted: () => "run started",
  RunOwnerChanged: () => "run taken over from a process that is gone",
  RunPaused: (_, { task }) => (task === undefined ? "run paused" : `run paused, because ${task} failed`),
  RunResumed: () => "run resumed",
  RunCancelRequested: () => "run is being cancelled",
  RunCompensating: (_, { outcome }) =>
    `run ${outcome === "failed" ? "has failed" : "is cancelled"}: what its tasks did is undone`,
  RunSucceeded: (_, { durationMs }) => `run succeeded in ${duration(durationMs)}`,
  RunCancelled: (_, { durationMs }) => `run cancelled after ${duration(durationMs)}`,
  RunFailed: (message, { durationMs, error }) =>
    `run failed after ${duration(durationMs)}: ${message ?? error.code}`,
  RunArchived: (_, { archive }) => `run archived: ${archive}`,
  ArchiveDeleted: (_, { archive }) => `archive deleted: ${archive}`,
  TasksAdded: (_, { template, count, steps }) => {
    if (template === BATCH) return `${count} tasks to do`;
    if (!steps) return `${template}: ${counted(count, "element")} to do`;
    const calls = steps.filter(({ kind }) => kind === "call").length;
    return calls > 0 ? `${template}: its model asks for ${counted(calls, "call")}` : undefined;
  },
  TaskScheduled: (_, { task, attempt, claim }) => (claim ? started(task, attempt) : undefined),
  TaskStarted: (_, { task, attempt }) => started(task, attempt),
  ChildRunStarted: (_, { task, attempt, run }) => `${started(task, attempt)} as run ${run}`,
  TaskLost: (_, { task, reason }) => `${task}: ${reason === "shutdown" ? "handed back" : `lost (${reason})`}`,
  TaskSucceeded: (_, { task, durationMs, reused, given, cached }) =>
    given !== undefined
      ? `${task}: result given`
      : cached
        ? `${task}: result of run ${cached.run} taken from the cache`
        : reused
          ? `${task}: result taken over`
          : `${task}: succeeded in ${duration(durationMs)}`,
  TaskFailed: (message, { task, error, final }) =>
    `${task}: ${final ? "failed" : "attempt failed"}, ${error.code}${message === undefined ? "" : `: ${message}`}`,
  TaskRetryScheduled: (_, { task, attempt, delayMs }) =>
    `${task}: attempt ${attempt} in ${duration(delayMs)}`,
  TaskFellBack: (_, { task, to }) => `${task}: falls back to ${calleeText(to)}`,
  TaskSkipped: (_, skipped) => `${skipped.task}: ${skipText(skipped)}`,
  TaskCancelled: (_, { task }) => `${task}: cancelled`,
  WaitStarted: (_, { task, dueAt, signal }) => {
    const until = dueAt === undefined ? "" : ` until ${dueAt}`;
    return `${task}: waits${signal === undefined ? "" : ` for signal ${signal}`}${until}`;
  },
  SignalReceived: (_, { name }) => `signal ${name} received`,
  ApprovalRequested: (_, { task, min }, { run }) =>
    `${task}: waits for ${min === 1 ? "approval" : `${min} approvals`}; gleitzeit approve ${run} ${task}`,
  ApprovalDecided: (_, { task, decision }) => `${task}: ${decision} by one`,
};
