// The instances of one provider as one process sees them: how each is configured, how it stands, what it has to do now.
// How it stands is recorded; what it has to do dies with the process.
import type { Millis } from "../instant.ts";
import { bucketFor, fullBucket } from "./buckets.ts";
import type { Instance, Load, Member } from "./member.ts";
import type { PoolEvent } from "./pool-events.ts";
import { evolveStandings, NEW, type Standing, type Standings } from "./standing.ts";
import type { Strategy } from "./strategies.ts";

export type BreakerPolicy = {
  /** Failures one after the other that open it. */
  readonly failureThreshold: number;
  readonly recoveryMs: Millis;
  /** Calls that may try a half-open one at once. */
  readonly halfOpenRequests: number;
  /** Successes of theirs that close it. */
  readonly successThreshold: number;
};

export type Pool = {
  readonly strategy: Strategy;
  readonly breaker: BreakerPolicy;
  readonly members: readonly Member[];
  /** Calls so far. */
  readonly turn: number;
};

/** `wall`: epoch milliseconds, may jump. `steady`: never goes back. */
export type Time = { readonly wall: Millis; readonly steady: Millis };

/** What a change of the pool makes worth recording. */
export type Step = { readonly pool: Pool; readonly events: readonly PoolEvent[] };

export type PoolOptions = {
  readonly strategy: Strategy;
  readonly breaker: BreakerPolicy;
  readonly instances: readonly Instance[];
  readonly standings: Standings;
};

export function poolOf({ strategy, breaker, instances, standings }: PoolOptions, time: Time): Pool {
  const members = instances.map((instance) => member(instance, standings.get(instance.id) ?? NEW, time));
  return { strategy, breaker, members, turn: 0 };
}

const member = (instance: Instance, standing: Standing, { steady }: Time): Member => ({
  instance,
  standing,
  load: {
    inFlight: 0,
    trials: 0,
    failures: 0,
    successes: 0,
    misses: 0,
    faults: 0,
    notBefore: 0,
    turn: 0,
    credit: 0,
    buckets: instance.limits.map((limit) => fullBucket(limit, steady)),
  },
});

/**
 * Configured otherwise: what those that stay have to do is kept, and of those that became others under their old names
 * nothing else is.
 */
export function reconfigured(
  pool: Pool,
  { strategy, breaker, instances, standings }: PoolOptions,
  replaced: ReadonlySet<string>,
  time: Time,
): Pool {
  const members = instances.map((instance) => {
    const made = member(instance, standings.get(instance.id) ?? NEW, time);
    const before = memberNamed(pool, instance.id);
    if (!before) return made;
    const { inFlight, trials } = before.load;
    if (replaced.has(instance.id)) return { ...made, load: { ...made.load, inFlight, trials } };
    const buckets = instance.limits.map((limit) => bucketFor(limit, before, time.steady));
    return { ...made, load: { ...before.load, buckets } };
  });
  return { ...pool, strategy, breaker, members };
}

export const memberNamed = (pool: Pool, id: string): Member | undefined =>
  pool.members.find(({ instance }) => instance.id === id);

/** As the log has it, whoever wrote that. */
export const withStandings = (pool: Pool, standings: Standings): Pool => ({
  ...pool,
  members: pool.members.map((one) => ({ ...one, standing: standings.get(one.instance.id) ?? NEW })),
});

export const withLoad = (pool: Pool, id: string, change: (load: Load) => Partial<Load>): Pool => ({
  ...pool,
  members: pool.members.map((one) =>
    one.instance.id === id ? { ...one, load: { ...one.load, ...change(one.load) } } : one,
  ),
});

/** The pool after these events, which are then to be recorded. */
export function stepOf(pool: Pool, events: readonly PoolEvent[]): Step {
  if (events.length === 0) return { pool, events };
  const before: Standings = new Map(pool.members.map(({ instance, standing }) => [instance.id, standing]));
  return { pool: withStandings(pool, events.reduce(evolveStandings, before)), events };
}
