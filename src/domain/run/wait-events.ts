// Waits, signals, people and child runs. STORED FORMAT: add, never rename or narrow.
import { z } from "zod";
import { RunId, TaskId } from "../ids.ts";
import { Attempt, Count, ErrorControl, Instant, RevisionNumber, Value } from "./parts.ts";
import { event } from "./schema.ts";

const Reused = z.object({ run: RunId, revision: RevisionNumber }).exactOptional();

export const WaitStarted = event(
  "WaitStarted",
  { task: TaskId, dueAt: Instant.exactOptional(), signal: z.string().exactOptional() },
  {},
);
export const SignalReceived = event(
  "SignalReceived",
  { name: z.string(), reused: Reused },
  { payload: Value.exactOptional(), reason: Value.exactOptional() },
);
/** `approvers` and `notBy` are ids of actors; the names that the author gave are values. */
export const ApprovalRequested = event(
  "ApprovalRequested",
  {
    task: TaskId,
    min: Count,
    approvers: z.array(z.string()).exactOptional(),
    notBy: z.array(z.string()).exactOptional(),
    dueAt: Instant.exactOptional(),
  },
  { message: Value.exactOptional(), approvers: Value.exactOptional() },
);
export const ApprovalDecided = event(
  "ApprovalDecided",
  {
    task: TaskId,
    decision: z.enum(["approved", "rejected"]),
    /** The id of the actor who decided. */
    by: z.string().exactOptional(),
    reused: Reused,
  },
  { reason: Value.exactOptional(), edit: Value.exactOptional() },
);
export const ChildRunStarted = event("ChildRunStarted", { task: TaskId, attempt: Attempt, run: RunId }, {});
export const ChildRunFinished = event(
  "ChildRunFinished",
  {
    task: TaskId,
    attempt: Attempt,
    run: RunId,
    status: z.enum(["succeeded", "failed", "cancelled"]),
    error: ErrorControl.exactOptional(),
  },
  {},
);
