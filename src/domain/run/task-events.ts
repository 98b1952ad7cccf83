// STORED FORMAT. Names and fields below are on disk for ever: add, never rename or narrow.
import { z } from "zod";
import { ErrorCode } from "../errors.ts";
import { RunId, TaskId } from "../ids.ts";
import { Priority } from "../priority.ts";
import {
  Attempt,
  BlobRef,
  Claim,
  Count,
  DurationMs,
  ErrorControl,
  Files,
  Instant,
  RevisionNumber,
  UsageCounts,
  Value,
} from "./parts.ts";
import { event } from "./schema.ts";

/** `tried`: instances that the same attempt had asked before, in vain; nothing was done there. */
const Served = {
  provider: z.string().exactOptional(),
  instance: z.string().exactOptional(),
  tried: z.array(z.object({ instance: z.string(), code: ErrorCode })).exactOptional(),
};

const Target = z.object({
  protocol: z.string(),
  method: z.string(),
  provider: z.string().exactOptional(),
});

/**
 * THE COMMAND EVENT: a provider acts on it once it is claimed, here or by TaskStarted. A retry names
 * the revision whose params it repeats (`paramsFrom`) instead of carrying them again. Without `timeoutMs` nothing limits it.
 */
export const TaskScheduled = event(
  "TaskScheduled",
  {
    task: TaskId,
    attempt: Attempt,
    protocol: z.string(),
    method: z.string(),
    provider: z.string().exactOptional(),
    timeoutMs: DurationMs.exactOptional(),
    idempotencyKey: z.string(),
    priority: Priority,
    deadline: Instant.exactOptional(),
    files: Files.exactOptional(),
    paramsFrom: RevisionNumber.exactOptional(),
    claim: Claim.exactOptional(),
    /** The same for every call whose result may stand for this one's. */
    cacheKey: z.string().exactOptional(),
  },
  /**
   * `secrets`: a list of `SecretPlace`, where `params` name some; what only looks like a reference there is data.
   * `steer`: {affinity?, hashKey?}, by which its provider chooses an instance.
   */
  {
    params: Value.exactOptional(),
    files: Value.exactOptional(),
    secrets: Value.exactOptional(),
    steer: Value.exactOptional(),
  },
);

export const TaskStarted = event("TaskStarted", { task: TaskId, attempt: Attempt, claim: Claim }, {});
export const TaskLeaseExtended = event(
  "TaskLeaseExtended",
  { task: TaskId, attempt: Attempt, leaseMs: DurationMs },
  {},
);
/** `shutdown`: the worker gave the attempt back in good order; it does not count as a loss. */
export const TaskLost = event(
  "TaskLost",
  { task: TaskId, attempt: Attempt, reason: z.enum(["worker-dead", "lease-expired", "shutdown"]) },
  {},
);

export const TaskSucceeded = event(
  "TaskSucceeded",
  {
    task: TaskId,
    attempt: Attempt,
    durationMs: DurationMs,
    ...Served,
    model: z.string().exactOptional(),
    modelDigest: z.string().exactOptional(),
    usage: UsageCounts.exactOptional(),
    cached: z.object({ run: RunId, revision: RevisionNumber }).exactOptional(),
    /** Under this key the result may be taken for another call. */
    cacheKey: z.string().exactOptional(),
    reused: z.object({ run: RunId, revision: RevisionNumber }).exactOptional(),
    /** By whoever resumed the run, at that revision. */
    given: RevisionNumber.exactOptional(),
  },
  { result: Value },
);

/**
 * Attempt 0: the params could not be resolved, or elements failed. `values.error` is {message, details?, cause?};
 * `result` is what a repeated task has all the same: null where an element failed.
 */
export const TaskFailed = event(
  "TaskFailed",
  {
    task: TaskId,
    attempt: Attempt,
    durationMs: DurationMs,
    error: ErrorControl,
    final: z.boolean(),
    ...Served,
  },
  { error: Value, evidence: Value.exactOptional(), result: Value.exactOptional() },
);

export const TaskRetryScheduled = event(
  "TaskRetryScheduled",
  { task: TaskId, attempt: Attempt, dueAt: Instant, delayMs: DurationMs },
  {},
);
export const TaskFellBack = event(
  "TaskFellBack",
  { task: TaskId, from: Target, to: Target, index: Count },
  {},
);
export const TaskSkipped = event(
  "TaskSkipped",
  {
    task: TaskId,
    reason: z.enum(["condition", "dependency-failed", "dependency-skipped"]),
    because: TaskId.exactOptional(),
  },
  {},
);
export const TaskCancelled = event("TaskCancelled", { task: TaskId, attempt: Attempt }, {});

const Step = z.object({ kind: z.enum(["turn", "approval", "call"]), tool: Count.exactOptional() });

/**
 * Dynamic expansion: `template` is the task that is repeated, or `batch`. Of a batch the files are in the blob `list`,
 * of a task the elements are `values.items`, a blob of its own when they are many. Those of an agent are its next `steps`:
 * `tool` is a place in its list, `items` say which call of the turn before each is and with what. What that turn asked for
 * and nobody did is `refused`. The first of them has the agent's own `params` with their `secrets`, and its `tools` as the model is told of them.
 */
export const TasksAdded = event(
  "TasksAdded",
  {
    template: z.string(),
    count: Count,
    list: BlobRef.exactOptional(),
    steps: z.array(Step).exactOptional(),
  },
  {
    items: Value.exactOptional(),
    params: Value.exactOptional(),
    tools: Value.exactOptional(),
    refused: Value.exactOptional(),
    secrets: Value.exactOptional(),
  },
);
