// One instance as a pool sees it: how it is configured, how it stands, what it has to do now.
import type { Millis } from "../instant.ts";
import type { Bucket, RateLimit } from "./buckets.ts";
import type { Standing } from "./standing.ts";

export type Instance = {
  readonly id: string;
  readonly weight: number;
  /** The lowest number is asked first, where that is the strategy. */
  readonly priority: number;
  /** Calls under way at once; infinity where nothing is said. */
  readonly maxConcurrent: number;
  /** Said to be there; where nothing is said, any may be. */
  readonly models?: readonly string[];
  readonly limits: readonly RateLimit[];
};

export type Load = {
  readonly inFlight: number;
  /** Of these, how many try a half-open breaker. */
  readonly trials: number;
  /** One after the other, since the last success. */
  readonly failures: number;
  /** Of trials, since it is half-open. */
  readonly successes: number;
  /** Health checks one after the other that found it unhealthy. */
  readonly misses: number;
  /** How long answers take, the later ones counting more. */
  readonly tookMs?: Millis;
  /** Share of calls that failed, the later ones counting more. */
  readonly faults: number;
  /** It asked to be left alone until then, on the steady clock. */
  readonly notBefore: Millis;
  /** When it was chosen last, counted in calls of the pool. */
  readonly turn: number;
  /** What it is owed by a round robin. */
  readonly credit: number;
  /** One for each of its limits. */
  readonly buckets: readonly Bucket[];
};

export type Member = { readonly instance: Instance; readonly standing: Standing; readonly load: Load };
