// What the status of an answer over HTTP means for a task: which code, whether trying again can help, and when.
import type { ErrorCode, Millis } from "../../domain/index.ts";
import type { OutboundResponse } from "./outbound.ts";

const PASSING: ReadonlyMap<number, ErrorCode> = new Map([
  [408, "PROVIDER_TIMEOUT"],
  [425, "PROVIDER_NOT_AVAILABLE"],
  [429, "RATE_LIMIT_EXCEEDED"],
  [503, "PROVIDER_NOT_AVAILABLE"],
  [504, "PROVIDER_TIMEOUT"],
]);

/** Of a status that was not wanted. */
export function statusFault(status: number): { readonly code: ErrorCode; readonly retryable: boolean } {
  const passing = PASSING.get(status);
  if (passing) return { code: passing, retryable: true };
  if (status === 401) return { code: "AUTHENTICATION_FAILED", retryable: false };
  if (status === 403) return { code: "AUTHORIZATION_FAILED", retryable: false };
  return { code: "PROVIDER_ERROR", retryable: status >= 500 };
}

/** `Retry-After`: seconds, or a date; milliseconds from now. */
export function retryAfterMs(headers: OutboundResponse["headers"], now: Millis): Millis | undefined {
  const header = headers["retry-after"];
  const text = typeof header === "string" ? header.trim() : "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = text === "" ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
