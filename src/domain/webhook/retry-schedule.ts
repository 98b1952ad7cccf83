// When a delivery that failed is tried again.
import type { Millis } from "../instant.ts";

/** Seconds between attempts: about 28 hours. */
export const RETRY_SCHEDULE: readonly number[] = [5, 300, 1800, 7200, 18_000, 36_000, 36_000];

/** So that receivers that failed together are not all called together. */
const SPREAD = 0.2;
/** A receiver may ask for patience, but not for ever, and not for a storm. */
const LEAST_ASKED_MS: Millis = 1000;
const MOST_ASKED_MS: Millis = 24 * 60 * 60 * 1000;

export type Failed = {
  /** Attempts that have failed, this one included. */
  readonly failures: number;
  /** What the receiver asked for. */
  readonly retryAfterMs?: Millis | undefined;
  /** In [0, 1). */
  readonly fraction: number;
};

/** Undefined when it is given up. */
export function retryDelayMs(
  schedule: readonly number[],
  { failures, retryAfterMs = 0, fraction }: Failed,
): Millis | undefined {
  const seconds = schedule[failures - 1];
  if (seconds === undefined) return undefined;
  if (retryAfterMs > 0) return Math.min(MOST_ASKED_MS, Math.max(LEAST_ASKED_MS, Math.ceil(retryAfterMs)));
  return Math.round(seconds * 1000 * (1 - SPREAD + 2 * SPREAD * fraction));
}
