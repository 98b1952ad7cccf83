// Policies of tasks with their defaults filled in.
import type { Priority } from "../priority.ts";
import type { Definition, Retry } from "./document.ts";
import { durationMs } from "./duration.ts";
import type { RetryPolicy } from "./graph.ts";

export const DEFAULT_TIMEOUT_MS = 300_000;

export const retryPolicy = (retry: Retry = {}): RetryPolicy => ({
  maxAttempts: retry.max_attempts ?? 3,
  backoff: retry.backoff ?? "exponential",
  baseDelayMs: durationMs(retry.base_delay ?? 1),
  maxDelayMs: durationMs(retry.max_delay ?? 300),
  jitter: retry.jitter ?? true,
  on: retry.on ?? [],
  never: retry.never ?? [],
});

const NUMBERED = { 1: "high", 2: "normal", 3: "low" } as const;

export function priorityOf(written: Definition["priority"]): Priority | undefined {
  return typeof written === "number" ? NUMBERED[written] : written;
}
