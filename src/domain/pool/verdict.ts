// What the outcome of a call says of the instance that was asked, and whether another one may be asked instead.
import type { ErrorCode, ErrorInfo } from "../errors.ts";

/**
 * `fault`: it does not do its work. `busy`: it does, but not now. `fine`: it answered, be it that the call was wrong.
 * `nothing`: it was not let finish.
 */
export type Verdict = "fine" | "fault" | "busy" | "nothing";

const VERDICTS: Partial<Record<ErrorCode, Verdict>> = {
  CONNECTION_REFUSED: "fault",
  CONNECTION_TIMEOUT: "fault",
  CONNECTION_LOST: "fault",
  NETWORK_UNREACHABLE: "fault",
  PROVIDER_TIMEOUT: "fault",
  PROVIDER_NOT_AVAILABLE: "fault",
  PROVIDER_UNHEALTHY: "fault",
  AUTHENTICATION_FAILED: "fault",
  AUTHORIZATION_FAILED: "fault",
  RESOURCE_EXHAUSTED: "fault",
  CONFIGURATION_ERROR: "fault",
  INTERNAL_ERROR: "fault",
  TASK_TIMEOUT: "fault",
  RATE_LIMIT_EXCEEDED: "busy",
  PROVIDER_OVERLOADED: "busy",
  TASK_CANCELLED: "nothing",
  SYSTEM_SHUTDOWN: "nothing",
  INTERRUPTED: "nothing",
};

/** Undefined: it succeeded. A server that refuses what it was asked says so too, as PROVIDER_ERROR: that is not its fault. */
export function verdictOf(error: Pick<ErrorInfo, "code" | "retryable"> | undefined): Verdict {
  if (error === undefined) return "fine";
  if (error.code === "PROVIDER_ERROR") return error.retryable ? "fault" : "fine";
  return VERDICTS[error.code] ?? "fine";
}

/** These say that nothing was done: not reached, not let in, or sent away. */
const UNTOUCHED: ReadonlySet<ErrorCode> = new Set([
  "CONNECTION_REFUSED",
  "CONNECTION_TIMEOUT",
  "NETWORK_UNREACHABLE",
  "PROVIDER_NOT_AVAILABLE",
  "PROVIDER_UNHEALTHY",
  "PROVIDER_OVERLOADED",
  "RATE_LIMIT_EXCEEDED",
  "RESOURCE_EXHAUSTED",
  "AUTHENTICATION_FAILED",
  "AUTHORIZATION_FAILED",
  "CONFIGURATION_ERROR",
]);

/**
 * Within the same attempt. What may have been done is not done again behind the back of the log: that is a retry, and an
 * event; unless doing it twice is as good as once.
 */
export const mayAskAnother = (error: ErrorInfo, isIdempotent: boolean): boolean =>
  UNTOUCHED.has(error.code) ||
  (isIdempotent && verdictOf(error) === "fault" && error.code !== "TASK_TIMEOUT");
