// How a run may end. The engine hands in what the end needs from the log: outputs, or the first error.
import { type ErrorInfo, errorInfo } from "../errors.ts";
import type { TaskId } from "../ids.ts";
import type { Millis } from "../instant.ts";
import type { Json } from "../json.ts";
import type { Ending } from "./commands.ts";
import type { Compensation } from "./compensation.ts";
import { accept, type Decision, reject } from "./decision.ts";
import { errorValue } from "./error-value.ts";
import type { RunState } from "./state.ts";
import { timeLimit } from "./time-limit.ts";

export function finishRun(ending: Ending, state: RunState, now: Millis): Decision {
  const { head } = state;
  const durationMs = lasted(state, now);
  if (ending.kind !== "cancelled" && head.status === "pending") {
    return reject("RunNotStarted", "the run has not started");
  }
  if (head.underWay > 0) return reject("TaskUnfinished", `${head.underWay} tasks are under way`);
  if (head.compensation) return finishUndoing(ending, head.compensation, durationMs);
  switch (ending.kind) {
    case "succeeded":
      if (head.status === "paused") return reject("RunPaused", "the run is paused");
      if (head.unfinished > 0) return reject("TaskUnfinished", `${head.unfinished} tasks have not ended`);
      if (head.failed > 0) return reject("TaskUnfinished", `${head.failed} tasks have failed`);
      return accept({ type: "RunSucceeded", data: { durationMs, values: { outputs: ending.outputs } } });
    case "failed":
      if (ending.task !== undefined && head.failed === 0)
        return reject("TaskUnfinished", "no task has failed");
      if (head.unfinished > 0 && !state.graph.failFast) {
        return reject("TaskUnfinished", `${head.unfinished} tasks have not ended`);
      }
      return failing(state, durationMs, failure(state, ending.cause, ending.task), ending.task);
    case "timed-out":
      return timedOut(state, now, durationMs);
    case "cancelled":
      if (!head.cancelRequested) return reject("TaskUnfinished", "nobody asked to cancel the run");
      return state.undoable.length > 0
        ? accept({ type: "RunCompensating", data: { outcome: "cancelled" } })
        : accept({ type: "RunCancelled", data: { durationMs } });
    case "compensated":
      return reject("TaskUnfinished", "nothing was undone");
  }
}

const lasted = ({ head }: RunState, now: Millis): Millis =>
  Math.max(0, now - (head.startedAt ?? head.submittedAt));

/** At once, whatever is under way: nothing can be finished or undone without what the run was given, or said of it. */
export function eraseRun(state: RunState, now: Millis): Decision {
  const error = { code: "SUBJECT_ERASED", retryable: false } as const;
  return accept({ type: "RunFailed", data: { durationMs: lasted(state, now), error } });
}

/** At once, or once what its tasks did is undone. */
function failing(state: RunState, durationMs: Millis, error: ErrorInfo, task?: TaskId): Decision {
  if (state.undoable.length === 0) return runFailed(durationMs, error, task);
  const { code, retryable } = error;
  const why = { outcome: "failed", error: { code, retryable }, ...(task !== undefined && { task }) } as const;
  return accept({ type: "RunCompensating", data: { ...why, values: { error: errorValue(error) } } });
}

function finishUndoing(ending: Ending, compensation: Compensation, durationMs: Millis): Decision {
  const { outcome, left, task } = compensation;
  if (left > 0) return reject("TaskUnfinished", `${left} tasks are still to be undone`);
  if (ending.kind !== "compensated") return reject("RunCompensating", `the run ends as ${outcome}`);
  if (outcome === "cancelled") return accept({ type: "RunCancelled", data: { durationMs } });
  const error = ending.error ?? errorInfo("WORKFLOW_EXECUTION_FAILED", "the run failed");
  return runFailed(durationMs, withUndone(error, compensation), task);
}

function withUndone(error: ErrorInfo, { count, failed }: Compensation): ErrorInfo {
  const but = failed > 0 ? `; ${failed} of ${count} compensations failed` : "";
  const details: Json = { ...error.details, compensations: { count, failed } };
  return { ...error, message: `${error.message}${but}`, details };
}

const runFailed = (durationMs: Millis, error: ErrorInfo, task?: TaskId): Decision =>
  accept({
    type: "RunFailed",
    data: {
      durationMs,
      error: { code: error.code, retryable: error.retryable },
      ...(task !== undefined && { task }),
      values: { error: errorValue(error) },
    },
  });

function failure(state: RunState, cause: ErrorInfo, task: TaskId | undefined): ErrorInfo {
  const { failed } = state.head;
  const counts: Json = { failed, tasks: state.tasks.length };
  const message =
    task === undefined
      ? cause.message
      : `${failed} of ${state.tasks.length} tasks failed, ${task} first: ${cause.message}`;
  return errorInfo("WORKFLOW_EXECUTION_FAILED", message, { cause, details: counts });
}

function timedOut(state: RunState, now: Millis, durationMs: Millis): Decision {
  const limit = timeLimit(state);
  if (!limit || now < limit.at) return reject("TaskUnfinished", "the run has time left");
  const { timeoutMs = 0 } = state.head;
  const what = limit.by === "deadline" ? "its deadline" : `its timeout of ${timeoutMs / 1000} seconds`;
  return failing(state, durationMs, errorInfo("WORKFLOW_TIMEOUT", `the run did not end within ${what}`));
}
