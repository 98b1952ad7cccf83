// When a failed attempt is tried again, and after how long.
import type { ErrorInfo } from "../errors.ts";
import type { Millis } from "../instant.ts";
import type { RetryPolicy } from "../workflow/graph.ts";

/** A server that asks for more than this is not waited for any longer than this. */
const LONGEST_RETRY_AFTER: Millis = 24 * 3600 * 1000;

/** `retry.never` beats `retry.on`, and `on` adds to what is retryable by itself. */
export function mayRetry(policy: RetryPolicy, error: Pick<ErrorInfo, "code" | "retryable">): boolean {
  if (policy.never.includes(error.code)) return false;
  return error.retryable || policy.on.includes(error.code);
}

/**
 * Milliseconds before the next attempt. `failures` counts from 1; `fraction` in [0, 1) places the
 * jitter of 10–30 %, which is added before the cap. A server's Retry-After prolongs, never shortens.
 */
export function retryDelay(
  policy: RetryPolicy,
  failures: number,
  fraction: number,
  retryAfterMs: Millis = 0,
): Millis {
  const base = backoff(policy, failures);
  const spread = policy.jitter ? base * (0.1 + 0.2 * fraction) : 0;
  const delay = Math.min(base + spread, policy.maxDelayMs);
  return Math.round(Math.max(delay, Math.min(retryAfterMs, LONGEST_RETRY_AFTER)));
}

function backoff({ backoff: kind, baseDelayMs, maxDelayMs }: RetryPolicy, failures: number): Millis {
  switch (kind) {
    case "fixed":
      return baseDelayMs;
    case "linear":
      return baseDelayMs * failures;
    case "exponential":
      return Math.min(baseDelayMs * 2 ** Math.min(failures - 1, 52), maxDelayMs);
  }
}
