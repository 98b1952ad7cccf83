// What the pool learns: from calls that end, and from health checks.
import type { ErrorCode } from "../errors.ts";
import { instantOf, type Millis } from "../instant.ts";
import type { Json } from "../json.ts";
import type { Member } from "./member.ts";
import { memberNamed, type Pool, type Step, stepOf, type Time, withLoad } from "./pool.ts";
import type { PoolEvent } from "./pool-events.ts";
import type { Verdict } from "./verdict.ts";

export type Ended = {
  readonly verdict: Verdict;
  readonly tookMs: Millis;
  /** Whether it was to try a half-open breaker. */
  readonly isTrial: boolean;
  /** Of a failure. */
  readonly code?: ErrorCode;
  /** It asked to be left alone for so long. */
  readonly retryAfterMs?: Millis;
};

/** Without `Retry-After`, a busy instance is left alone for so long. */
const BUSY_MS = 1000;

/** An instance that is gone has nothing to learn from. */
export function ended(pool: Pool, id: string, call: Ended, time: Time): Step {
  const isOver = withLoad(pool, id, (load) => ({
    inFlight: Math.max(0, load.inFlight - 1),
    trials: Math.max(0, load.trials - (call.isTrial ? 1 : 0)),
  }));
  switch (call.verdict) {
    case "nothing":
      return { pool: isOver, events: [] };
    case "busy":
      return {
        pool: withLoad(isOver, id, (load) => ({
          notBefore: Math.max(load.notBefore, time.steady + (call.retryAfterMs ?? BUSY_MS)),
        })),
        events: [],
      };
    case "fine":
      return succeeded(isOver, id, call);
    case "fault":
      return failed(isOver, id, call, time);
  }
}

function succeeded(pool: Pool, id: string, { tookMs, isTrial }: Ended): Step {
  const after = withLoad(pool, id, (load) => ({
    failures: 0,
    successes: load.successes + (isTrial ? 1 : 0),
    tookMs: load.tookMs === undefined ? tookMs : mixed(load.tookMs, tookMs, 0.3),
    faults: mixed(load.faults, 0, 0.2),
  }));
  const member = memberNamed(after, id);
  const isRecovered =
    isTrial &&
    member?.standing.breaker.kind === "half-open" &&
    member.load.successes >= pool.breaker.successThreshold;
  return stepOf(after, isRecovered ? [{ type: "BreakerClosed", data: { instance: id } }] : []);
}

function failed(pool: Pool, id: string, call: Ended, { wall }: Time): Step {
  const after = withLoad(pool, id, (load) => ({
    failures: load.failures + 1,
    faults: mixed(load.faults, 1, 0.2),
  }));
  const member = memberNamed(after, id);
  if (!member || !opens(member, call.isTrial, pool)) return { pool: after, events: [] };
  const opened: PoolEvent = {
    type: "BreakerOpened",
    data: {
      instance: id,
      failures: member.load.failures,
      code: call.code ?? "PROVIDER_ERROR",
      until: instantOf(wall + pool.breaker.recoveryMs),
    },
  };
  return stepOf(after, [opened]);
}

/** One trial that fails is enough; what was under way before it opened says nothing new. */
function opens({ standing, load }: Member, isTrial: boolean, { breaker }: Pool): boolean {
  switch (standing.breaker.kind) {
    case "closed":
      return load.failures >= breaker.failureThreshold;
    case "half-open":
      return isTrial;
    case "open":
      return false;
  }
}

const mixed = (before: number, now: number, share: number): number => before * (1 - share) + now * share;

export type Checked = { readonly isHealthy: boolean; readonly detail?: Json };

/** Unhealthy after so many checks in a row that said so; one that finds it well is enough. */
export function healthChecked(pool: Pool, id: string, found: Checked, missesAllowed: number): Step {
  const after = withLoad(pool, id, (load) => ({ misses: found.isHealthy ? 0 : load.misses + 1 }));
  const member = memberNamed(after, id);
  if (!member) return { pool, events: [] };
  const { isHealthy } = member.standing;
  if (found.isHealthy)
    return stepOf(after, isHealthy ? [] : [{ type: "InstanceHealthy", data: { instance: id } }]);
  if (!isHealthy || member.load.misses < missesAllowed) return { pool: after, events: [] };
  const values = found.detail === undefined ? {} : { values: { detail: found.detail } };
  return stepOf(after, [{ type: "InstanceUnhealthy", data: { instance: id, ...values } }]);
}
