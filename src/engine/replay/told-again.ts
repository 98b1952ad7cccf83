// What came from outside, as the record has it, as the command that brings it once more.
import {
  errorOf,
  isObject,
  type Json,
  type RecordedRunEvent,
  type RunCommand,
  type RunEventOf,
  type TaskState,
} from "../../domain/index.ts";
import type { Values } from "../log/encode.ts";

export type Told = {
  readonly recorded: RecordedRunEvent;
  readonly values: Values;
  /** The task as it stands in the replay. */
  readonly task: TaskState | undefined;
  /** What the record says next of the same task. */
  readonly after: RecordedRunEvent | undefined;
};

/** Undefined when it is no fact from outside, or none that could be told now. */
export function toldAgain({ recorded: { event }, values, task, after }: Told): RunCommand | undefined {
  switch (event.type) {
    case "RunSubmitted":
      return { type: "SubmitRun", submission: event.data };
    case "RunStarted":
      return { type: "StartRun", owner: event.data.owner };
    case "RunOwnerChanged":
      return { type: "StartRun", owner: event.data.owner, previous: event.data.previous };
    case "RunPaused":
      return event.data.cause === "request" ? { type: "PauseRun" } : undefined;
    case "RunResumed":
      return { type: "ResumeRun", ...(isObject(values.set) && { set: values.set }) };
    case "RunCancelRequested":
      return { type: "CancelRun" };
    case "SignalReceived":
      return { type: "SendSignal", name: event.data.name, payload: values.payload ?? null };
    case "ApprovalDecided":
      return decided(event.data);
    case "TaskStarted":
      return task?.status === "scheduled"
        ? { type: "StartTask", task: event.data.task, claim: event.data.claim }
        : undefined;
    case "TaskLost":
      return { type: "LoseTask", ...pick(event.data), reason: event.data.reason };
    case "TaskSucceeded":
      return isRunning(event.data, task)
        ? { type: "CompleteTask", ...pick(event.data), result: null, served: servedIn(event.data) }
        : undefined;
    case "TaskFailed":
      return isRunning(event.data, task) ? failed(event, values) : undefined;
    case "ChildRunFinished":
      return finished(event.data, after);
    case "RunCompensating":
    case "RunCancelled":
    case "RunSucceeded":
    case "RunFailed":
    case "RunArchived":
    case "ArchiveDeleted":
    case "TaskScheduled":
    case "TaskLeaseExtended":
    case "TaskRetryScheduled":
    case "TaskFellBack":
    case "TaskSkipped":
    case "TaskCancelled":
    case "TasksAdded":
    case "WaitStarted":
    case "ApprovalRequested":
    case "ChildRunStarted":
      return undefined;
  }
}

type Attempt = { readonly task: RunEventOf<"TaskLost">["data"]["task"]; readonly attempt: number };

const pick = ({ task, attempt }: Attempt): Attempt => ({ task, attempt });

const isRunning = ({ attempt }: Attempt, task: TaskState | undefined): boolean =>
  attempt > 0 && task?.status === "running" && task.attempt === attempt;

/** `by`: one that is not known counts for nobody else. */
const decided = ({ task, decision, by = "" }: RunEventOf<"ApprovalDecided">["data"]): RunCommand => ({
  type: "DecideApproval",
  task,
  decision,
  by,
});

function servedIn(data: RunEventOf<"TaskSucceeded">["data"]) {
  const { provider, instance, tried, model, modelDigest, usage } = data;
  return {
    ...(provider !== undefined && { provider }),
    ...(instance !== undefined && { instance }),
    ...(tried && { tried }),
    ...(model !== undefined && { model }),
    ...(modelDigest !== undefined && { modelDigest }),
    ...(usage && { usage }),
  };
}

/** An attempt that was lost once too often has failed for that, and not because a provider said so. */
function failed({ data }: RunEventOf<"TaskFailed">, values: Values): RunCommand {
  const error = errorOf(data.error, values.error);
  const reason = lossIn(error.details);
  if (reason) return { type: "LoseTask", ...pick(data), reason };
  return { type: "FailTask", ...pick(data), error, served: {}, fraction: 0 };
}

const LOSSES = ["worker-dead", "lease-expired", "shutdown"] as const;

function lossIn(details: Json | undefined): (typeof LOSSES)[number] | undefined {
  if (!isObject(details) || typeof details.losses !== "number") return undefined;
  return LOSSES.find((one) => one === details.reason);
}

function finished(
  { task, attempt, run, status, error }: RunEventOf<"ChildRunFinished">["data"],
  after: RecordedRunEvent | undefined,
): RunCommand {
  const head = { type: "FinishChild", task, attempt, run } as const;
  if (status === "succeeded") return { ...head, outcome: { status, result: null } };
  const { event } = after ?? {};
  const said = event?.type === "TaskFailed" ? event.data.values?.error : undefined;
  const known = errorOf(error ?? { code: "WORKFLOW_CANCELLED", retryable: false }, said ?? { message: "" });
  return { ...head, outcome: { status, error: known, fraction: 0 } };
}
