// What a worker's report, or its silence, means for the task.
import { type ErrorInfo, errorInfo } from "../errors.ts";
import { instantOf, type Millis } from "../instant.ts";
import type { Json } from "../json.ts";
import type { Callee, TaskNode } from "../workflow/graph.ts";
import type { RunCommandOf } from "./commands.ts";
import { accept, type Decision, reject, unchanged } from "./decision.ts";
import { errorValue } from "./error-value.ts";
import type { RunEventOf } from "./events.ts";
import { mayRetry, retryDelay } from "./retry.ts";
import type { RunState, TaskState } from "./state.ts";

/** A task may lose its worker this often without failing. */
const MAX_LOSSES = 3;

type Subject = { readonly node: TaskNode; readonly task: TaskState; readonly state: RunState };

export function complete(
  command: RunCommandOf<"CompleteTask">,
  { node, task }: Subject,
  now: Millis,
): Decision {
  if (task.status === "succeeded" && task.attempt === command.attempt) return unchanged;
  const refusal = stale(command, node, task);
  if (refusal) return refusal;
  const durationMs = elapsed(task, now);
  return accept({
    type: "TaskSucceeded",
    data: {
      task: node.id,
      attempt: command.attempt,
      durationMs,
      ...command.served,
      ...(task.cacheKey !== undefined && { cacheKey: task.cacheKey }),
      values: { result: command.result },
    },
  });
}

export function fail(
  command: RunCommandOf<"FailTask">,
  { node, task, state }: Subject,
  now: Millis,
): Decision {
  const refusal = stale(command, node, task);
  if (refusal) return refusal;
  const failures = task.failures + 1;
  const retryable = mayRetry(node.retry, command.error);
  const more = {
    ...command.served,
    ...(command.evidence !== undefined && { evidence: command.evidence }),
  };
  const durationMs = elapsed(task, now);
  if (!retryable || failures >= node.retry.maxAttempts) {
    const error = retryable ? exhausted(command.error, command.attempt) : command.error;
    return lastly({ node, task, state }, failed(node, command.attempt, durationMs, error, true, more));
  }
  const delayMs = retryDelay(node.retry, failures, command.fraction, command.retryAfterMs);
  return accept(failed(node, command.attempt, durationMs, command.error, false, more), {
    type: "TaskRetryScheduled",
    data: { task: node.id, attempt: command.attempt + 1, dueAt: instantOf(now + delayMs), delayMs },
  });
}

export function lose(
  command: RunCommandOf<"LoseTask">,
  { node, task, state }: Subject,
  now: Millis,
): Decision {
  const refusal = stale(command, node, task);
  if (refusal) return refusal;
  const { attempt, reason } = command;
  const losses = task.losses + (isLoss(reason) ? 1 : 0);
  if (node.onWorkerLost === "retry" && losses <= MAX_LOSSES) {
    return accept({ type: "TaskLost", data: { task: node.id, attempt, reason } });
  }
  const what = isLoss(reason) ? "the worker died" : "the process was shut down";
  const error = errorInfo("TASK_EXECUTION_FAILED", `${what} during attempt ${attempt} (${reason})`, {
    details: { losses, reason },
  });
  return lastly({ node, task, state }, failed(node, attempt, elapsed(task, now), error, true));
}

/** After what would be the final failure: the next fallback, as long as there is one. */
export function lastly({ node, task, state }: Subject, failure: RunEventOf<"TaskFailed">): Decision {
  const next = node.fallbacks[task.fellBack];
  if (!next || node.forEach) return forGood({ node, state }, failure);
  const from = node.fallbacks[task.fellBack - 1] ?? node;
  return accept(
    { ...failure, data: { ...failure.data, final: false } },
    {
      type: "TaskFellBack",
      data: { task: node.id, from: named(from), to: named(next), index: task.fellBack },
    },
  );
}

/** A final failure, and the pause that its author asked for. */
export function forGood(
  { node, state: { head } }: Pick<Subject, "node" | "state">,
  failure: RunEventOf<"TaskFailed">,
): Decision {
  if (node.onFailure !== "pause" || head.cancelRequested) return accept(failure);
  return accept(failure, { type: "RunPaused", data: { cause: "task-failed", task: node.id } });
}

const named = ({ protocol, method, provider }: Callee) => ({
  protocol,
  method,
  ...(provider !== undefined && { provider }),
});

/** An attempt given back in good order is not lost. */
const isLoss = (reason: RunEventOf<"TaskLost">["data"]["reason"]): boolean => reason !== "shutdown";

type Attempted = { readonly task: string; readonly attempt: number };

function stale({ attempt }: Attempted, node: TaskNode, task: TaskState): Decision | undefined {
  if (task.status === "running" && task.attempt === attempt) return undefined;
  const now = `it is ${task.status} at attempt ${task.attempt}`;
  return reject("StaleAttempt", `attempt ${attempt} of ${node.id}: ${now}`);
}

/** The wall clock may jump back; a duration never does. */
export const elapsed = (task: TaskState, now: Millis): Millis => Math.max(0, now - (task.startedAt ?? now));

const exhausted = (error: ErrorInfo, attempts: number): ErrorInfo => ({
  ...error,
  details: { ...error.details, attempts, exhausted: true },
});

type More = RunCommandOf<"FailTask">["served"] & {
  readonly evidence?: Json;
  /** What succeeded of a task that is repeated. */
  readonly results?: readonly Json[];
};

export function failed(
  { id }: TaskNode,
  attempt: number,
  durationMs: Millis,
  error: ErrorInfo,
  final: boolean,
  { evidence, results, ...served }: More = {},
): RunEventOf<"TaskFailed"> {
  return {
    type: "TaskFailed",
    data: {
      task: id,
      attempt,
      durationMs,
      error: { code: error.code, retryable: error.retryable },
      final,
      ...served,
      values: {
        error: errorValue(error),
        ...(evidence !== undefined && { evidence }),
        ...(results && { result: results }),
      },
    },
  };
}
