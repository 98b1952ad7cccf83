// Pools for tests, randomness with a seed, and what is asked again and again.
import {
  type Ask,
  choose,
  ended,
  type Instance,
  type Pool,
  poolOf,
  type Time,
} from "../../../src/domain/index.ts";
import type { PoolOptions } from "../../../src/domain/pool/pool.ts";

export const BREAKER = { failureThreshold: 3, recoveryMs: 60_000, halfOpenRequests: 2, successThreshold: 2 };
export const START: Time = { wall: Date.parse("2026-03-01T12:00:00.000Z"), steady: 0 };
export const later = (ms: number): Time => ({ wall: START.wall + ms, steady: START.steady + ms });

export const instance = (id: string, more: Partial<Instance> = {}): Instance => ({
  id,
  weight: 1,
  priority: 1,
  maxConcurrent: Number.POSITIVE_INFINITY,
  limits: [],
  ...more,
});

export const pool = (
  instances: readonly (string | Instance)[],
  more: Partial<Omit<PoolOptions, "instances">> = {},
): Pool =>
  poolOf(
    {
      strategy: "least_loaded",
      breaker: BREAKER,
      standings: new Map(),
      ...more,
      instances: instances.map((one) => (typeof one === "string" ? instance(one) : one)),
    },
    START,
  );

/** Mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The pool afterwards, and who was chosen; it is an error if nobody was. */
export function chosen(before: Pool, ask: Ask = {}, time = START, fraction = 0.5) {
  const choice = choose(before, ask, time, fraction);
  if (choice.kind !== "chosen") throw new Error(`nobody was chosen: ${JSON.stringify(choice)}`);
  return choice;
}

export const fine = (tookMs: number, isTrial = false) => ({ verdict: "fine", tookMs, isTrial }) as const;
export const fault = (isTrial = false) =>
  ({ verdict: "fault", tookMs: 1, isTrial, code: "CONNECTION_LOST" }) as const;

/** So many failures of one instance, one after the other. */
export function failing(before: Pool, id: string, times: number, time = START) {
  let now = before;
  const events = [];
  for (let i = 0; i < times; i += 1) {
    const step = ended(now, id, fault(), time);
    now = step.pool;
    events.push(...step.events);
  }
  return { pool: now, events };
}
