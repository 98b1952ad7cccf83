// Where a run that is replayed goes another way than its record, as `replay --json` prints it and the library gives it.
// Other programs read this: add, never rename.
import type { EventId, Json, Revision, RunEventType, RunId, RunStatus } from "../../domain/index.ts";

export type DivergenceKind =
  /** A call that is not in the record: nobody knows what would come of it. */
  | "call-not-recorded"
  | "not-called"
  | "method"
  | "params"
  | "files"
  | "skipped"
  | "not-skipped"
  | "retry"
  | "fallback"
  | "wait"
  | "tasks-added"
  | "outcome"
  | "pause"
  | "compensation"
  | "end"
  | "outputs"
  | "inputs"
  /** It depends on what was erased or is missing: no difference that counts. */
  | "unknown";

export type Divergence = {
  /** Null for the run itself; `task/task` inside a run that is a task. */
  readonly task: string | null;
  /** The event of the record at which it shows: the first that should have been otherwise, or the last before it. */
  readonly event: EventId | null;
  readonly revision: Revision | null;
  readonly type: RunEventType | null;
  readonly kind: DivergenceKind;
  /** Inside the value. */
  readonly path?: string;
  readonly expected: Json;
  readonly actual: Json;
};

export type StubReplay = {
  readonly runId: RunId;
  readonly mode: "stub";
  readonly divergences: readonly Divergence[];
  /** Decisions that depend on what nobody can see any more. */
  readonly unknown: readonly Divergence[];
  readonly status: RunStatus;
  readonly outputs: Json;
  /** Of the record, those of runs inside it included. */
  readonly events: number;
};
