// What a task waits for, as `--json` prints it and the library gives it. Other programs read this: add, never rename.
import { type Instant, instantOf, type Json } from "../../domain/index.ts";
import type { Wait } from "../../projections/index.ts";
import type { Question } from "./deciders.ts";

export type WaitDocument = {
  readonly kind: "time" | "signal" | "approval";
  readonly since: Instant;
  /** The end of a time, or the instant at which it is too late. */
  readonly dueAt?: Instant;
  readonly signal?: string;
  /** How many approvals it takes, and how many were given. */
  readonly min?: number;
  readonly approvals?: number;
  readonly message?: Json;
  /** As the document names them; without it anybody may decide who is not in `notBy`. */
  readonly approvers?: readonly string[];
  readonly notBy?: readonly string[];
};

export const waitDocument = (
  { since, dueAt, signal, approval }: Wait,
  { message, approvers, notBy }: Question = {},
): WaitDocument => ({
  kind: signal !== undefined ? "signal" : approval ? "approval" : "time",
  since: instantOf(since),
  ...(dueAt !== undefined && { dueAt: instantOf(dueAt) }),
  ...(signal !== undefined && { signal }),
  ...(approval && {
    min: approval.min,
    approvals: approval.approvedBy.length,
    ...(message !== undefined && { message }),
    ...(approvers && { approvers }),
    ...(notBy && { notBy }),
  }),
});
