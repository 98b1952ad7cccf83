// Several instances of one provider: which is asked next, and what their failures come to.

export type { RateLimit } from "./buckets.ts";
export { type Ask, type Choice, choose } from "./choose.ts";
export { type Checked, type Ended, ended, healthChecked } from "./ended.ts";
export type { Instance } from "./member.ts";
export {
  type BreakerPolicy,
  type Pool,
  type PoolOptions,
  poolOf,
  reconfigured,
  type Step,
  type Time,
  withStandings,
} from "./pool.ts";
export { POOL_EVENT_VERSION, type PoolEvent, providerStream, readPoolEvent } from "./pool-events.ts";
export {
  type Breaker,
  type Configured,
  evolveStandings,
  membershipChanges,
  type Standing,
  type Standings,
} from "./standing.ts";
export { STRATEGIES, type Strategy } from "./strategies.ts";
export { mayAskAnother, type Verdict, verdictOf } from "./verdict.ts";
