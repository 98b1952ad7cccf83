// STORED FORMAT. Names and fields below are on disk for ever: add, never rename or narrow.
import { z } from "zod";
import { Incarnation, RunId, TaskId } from "../ids.ts";
import { Priority } from "../priority.ts";
import {
  Attempt,
  BlobRef,
  Count,
  Decimal,
  DurationMs,
  ErrorControl,
  FileHash,
  Files,
  Head,
  Instant,
  RevisionNumber,
  Sha256Hex,
  Value,
  WorkflowRef,
  Workflows,
} from "./parts.ts";
import { event } from "./schema.ts";

/**
 * What succeeded up to that revision is taken over, but for `again` and what waits for one of these. `values.set` changes
 * (path → value) the params of some tasks, and gives the results of others, which then do not run. Without `again` it is a retry.
 */
const ForkedFrom = z.object({
  run: RunId,
  revision: RevisionNumber,
  again: z.array(TaskId).exactOptional(),
  params: z.array(TaskId).exactOptional(),
  results: z.array(TaskId).exactOptional(),
});

/** The definition is the blob `workflow.hash`: JCS of the normalised document, defaults unfilled. */
export const RunSubmitted = event(
  "RunSubmitted",
  {
    workflow: WorkflowRef,
    source: FileHash.exactOptional(),
    files: Files.exactOptional(),
    batch: z.object({ count: Count, list: BlobRef }).exactOptional(),
    priority: Priority,
    deadline: Instant.exactOptional(),
    timeoutMs: DurationMs.exactOptional(),
    parent: z
      .object({ run: RunId, task: TaskId, attempt: Attempt, depth: Count.exactOptional() })
      .exactOptional(),
    workflows: Workflows.exactOptional(),
    forkedFrom: ForkedFrom.exactOptional(),
    subject: z.string().exactOptional(),
    tags: z.array(z.string()).exactOptional(),
    requestHash: z.string(),
  },
  {
    inputs: Value,
    metadata: Value.exactOptional(),
    name: Value.exactOptional(),
    folders: Value.exactOptional(),
    source: Value.exactOptional(),
    files: Value.exactOptional(),
    reason: Value.exactOptional(),
    workflows: Value.exactOptional(),
    calls: Value.exactOptional(),
    set: Value.exactOptional(),
  },
);

export const RunStarted = event("RunStarted", { owner: Incarnation }, {});
export const RunOwnerChanged = event("RunOwnerChanged", { owner: Incarnation, previous: Incarnation }, {});
export const RunPaused = event(
  "RunPaused",
  { cause: z.enum(["request", "task-failed"]), task: TaskId.exactOptional() },
  { reason: Value.exactOptional() },
);
/** What `values.set` changes (path → value): inputs, the params of these tasks, the results of those. */
export const RunResumed = event(
  "RunResumed",
  {
    inputs: z.literal(true).exactOptional(),
    params: z.array(TaskId).exactOptional(),
    results: z.array(TaskId).exactOptional(),
  },
  { reason: Value.exactOptional(), set: Value.exactOptional() },
);
export const RunCancelRequested = event("RunCancelRequested", {}, { reason: Value.exactOptional() });
/** `error`, and the task that failed first, are what the run ends with, once what its tasks did is undone. */
export const RunCompensating = event(
  "RunCompensating",
  {
    outcome: z.enum(["failed", "cancelled"]),
    error: ErrorControl.exactOptional(),
    task: TaskId.exactOptional(),
  },
  { error: Value.exactOptional() },
);
export const RunCancelled = event("RunCancelled", { durationMs: DurationMs }, {});
export const RunSucceeded = event("RunSucceeded", { durationMs: DurationMs }, { outputs: Value });

/** `task` is the one that failed first; `values.error` is {message, details?, cause?}. */
export const RunFailed = event(
  "RunFailed",
  { durationMs: DurationMs, error: ErrorControl, task: TaskId.exactOptional() },
  { error: Value },
);

const Archived = {
  archive: z.string(),
  sha256: Sha256Hex,
  tree: RunId,
  ...Head,
  first: Decimal,
  last: Decimal,
  events: Count,
};

/**
 * Behind the end of a run: its events before this one have left the store. `archive` is the file that holds them, with that
 * sum, under that checkpoint; it is the archive of `tree`, the run itself or the one that it is a part of. `first` and
 * `last` are the leaves of the events that left, `events` how many they are.
 */
export const RunArchived = event("RunArchived", { ...Archived, subject: z.string().exactOptional() }, {});

/**
 * Behind RunArchived, in the stream of the run whose archive it was: that file was deleted, as the configuration says. Nobody
 * has any more what was in it; its leaves stay.
 */
export const ArchiveDeleted = event("ArchiveDeleted", Archived, {});
