// The two state machines as tables: decide and evolve are tested against them, the docs draw them.

export const RUN_STATUSES = [
  "absent",
  "pending",
  "running",
  "paused",
  "compensating",
  "succeeded",
  "failed",
  "cancelled",
] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export const TASK_STATUSES = [
  "waiting",
  "scheduled",
  "running",
  "retrying",
  "succeeded",
  "failed",
  "skipped",
  "cancelled",
] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

export const RUN_MOVES: Readonly<Record<RunStatus, readonly RunStatus[]>> = {
  absent: ["pending"],
  pending: ["running", "cancelled", "failed"],
  running: ["paused", "compensating", "succeeded", "failed", "cancelled"],
  paused: ["running", "compensating", "failed", "cancelled"],
  compensating: ["failed", "cancelled"],
  succeeded: [],
  failed: [],
  cancelled: [],
};

/**
 * `waiting → succeeded | failed`: waits, approvals, reused results, params that cannot be resolved.
 * `retrying → failed`: params of a fallback that cannot be resolved.
 * `failed → waiting`: the run was paused for it, and is resumed.
 */
export const TASK_MOVES: Readonly<Record<TaskStatus, readonly TaskStatus[]>> = {
  waiting: ["scheduled", "skipped", "succeeded", "failed", "cancelled"],
  scheduled: ["running", "cancelled"],
  running: ["succeeded", "failed", "retrying", "scheduled", "cancelled"],
  retrying: ["scheduled", "failed", "cancelled"],
  succeeded: [],
  failed: ["waiting"],
  skipped: [],
  cancelled: [],
};

export const isFinal = (status: RunStatus): boolean => RUN_MOVES[status].length === 0;
