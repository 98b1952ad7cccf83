// What a run holds of the end that it comes to, while it undoes what its tasks did.
import type { Revision, TaskId } from "../ids.ts";
import type { ErrorControl } from "./parts.ts";

/** Replaced, never changed in place. */
export type Compensation = {
  readonly outcome: "failed" | "cancelled";
  /** What it ends with; the rest of the error lies at that revision. */
  readonly error?: ErrorControl;
  readonly task?: TaskId;
  readonly at: Revision;
  /** Index of the first task that undoes another. */
  readonly base: number;
  readonly count: number;
  readonly left: number;
  readonly failed: number;
};
