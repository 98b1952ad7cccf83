import type { RunEvent } from "./events.ts";

/** Why a command was refused: published names, one per reason. */
export type RejectionCode =
  | "RunNotFound"
  | "RunAlreadySubmitted"
  | "RunNotStarted"
  | "RunFinished"
  | "RunOwned"
  | "RunPaused"
  | "RunNotPaused"
  | "BadSetting"
  | "RunCancelling"
  | "RunCompensating"
  | "TaskNotFound"
  | "TaskNotReady"
  | "TaskUnfinished"
  | "StaleAttempt"
  | "SignalUnknown"
  | "ApprovalOver"
  | "NotAllowed";

export type Rejection = { readonly code: RejectionCode; readonly message: string };

/** A refusal is a value; throwing means a bug. */
export type Decision =
  | { readonly kind: "accepted"; readonly events: readonly RunEvent[] }
  | { readonly kind: "unchanged" }
  | { readonly kind: "rejected"; readonly rejection: Rejection };

export const accept = (...events: readonly RunEvent[]): Decision => ({ kind: "accepted", events });
export const unchanged: Decision = { kind: "unchanged" };
export const reject = (code: RejectionCode, message: string): Decision => ({
  kind: "rejected",
  rejection: { code, message },
});
