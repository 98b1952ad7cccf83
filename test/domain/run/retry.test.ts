import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mayRetry, retryDelay } from "../../../src/domain/index.ts";
import type { RetryPolicy } from "../../../src/domain/workflow/graph.ts";

const policy: RetryPolicy = {
  maxAttempts: 5,
  backoff: "exponential",
  baseDelayMs: 1000,
  maxDelayMs: 10_000,
  jitter: false,
  on: [],
  never: [],
};

describe("retry arithmetic", () => {
  test.each([
    ["fixed", [1000, 1000, 1000, 1000, 1000]],
    ["linear", [1000, 2000, 3000, 4000, 5000]],
    ["exponential", [1000, 2000, 4000, 8000, 10_000]],
  ] as const)("%s back-off", (backoff, delays) => {
    expect([1, 2, 3, 4, 5].map((n) => retryDelay({ ...policy, backoff }, n, 0))).toEqual(delays);
  });

  test("jitter adds 10 to 30 percent before the cap", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (n, fraction) => {
          const plain = retryDelay({ ...policy, maxDelayMs: Number.MAX_SAFE_INTEGER }, n, 0);
          const spread = retryDelay(
            { ...policy, jitter: true, maxDelayMs: Number.MAX_SAFE_INTEGER },
            n,
            fraction,
          );
          const capped = retryDelay({ ...policy, jitter: true }, n, fraction);
          expect(capped).toBeLessThanOrEqual(policy.maxDelayMs);
          if (plain * 1.3 < Number.MAX_SAFE_INTEGER) {
            expect(spread).toBeGreaterThanOrEqual(Math.round(plain * 1.1));
            expect(spread).toBeLessThanOrEqual(Math.ceil(plain * 1.3));
          }
        },
      ),
    );
  });

  test("a server's Retry-After prolongs, never shortens, and is clamped to a day", () => {
    expect(retryDelay(policy, 1, 0, 5000)).toBe(5000);
    expect(retryDelay(policy, 3, 0, 10)).toBe(4000);
    expect(retryDelay(policy, 1, 0, 10 ** 12)).toBe(24 * 3600 * 1000);
  });

  test("never beats on, and on adds to what is retryable by itself", () => {
    const raised = { code: "TASK_EXECUTION_FAILED", retryable: false } as const;
    const timeout = { code: "TASK_TIMEOUT", retryable: true } as const;
    expect(mayRetry(policy, raised)).toBe(false);
    expect(mayRetry({ ...policy, on: ["TASK_EXECUTION_FAILED"] }, raised)).toBe(true);
    expect(mayRetry({ ...policy, on: ["TASK_EXECUTION_FAILED"] }, timeout)).toBe(true);
    const both = { on: ["TASK_EXECUTION_FAILED"], never: ["TASK_EXECUTION_FAILED"] } as const;
    expect(mayRetry({ ...policy, ...both }, raised)).toBe(false);
  });
});
