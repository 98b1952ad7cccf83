// Which instance a call goes to, or what it waits for, or why none can take it.
//
// 1. Who may take it at all: not draining, and with the model, where models are declared.
// 2. Who stands well enough: healthy, breaker not open. Of these, those that the call has not tried in vain, if there are.
// 3. What the call says of itself decides before any strategy: the same key goes to the same instance.
// 4. Who could begin at once: below its limit, with a token left, not asked to be left alone. Of these the strategy picks.
import type { ErrorCode } from "../errors.ts";
import type { Millis } from "../instant.ts";
import { concerns, msToToken, spent } from "./buckets.ts";
import type { Load, Member } from "./member.ts";
import { type Pool, type Step, stepOf, type Time } from "./pool.ts";
import type { PoolEvent } from "./pool-events.ts";
import { drawn } from "./rendezvous.ts";
import { type Open, STRATEGIES } from "./strategies.ts";

export type Ask = {
  readonly model?: string | undefined;
  /** Calls with the same key go to the same instance, and wait for it. */
  readonly hashKey?: string | undefined;
  /** This one if it can take the call at once. */
  readonly preferred?: string | undefined;
  /** Asked last, if there is no other: the call has failed there. */
  readonly avoid?: ReadonlySet<string>;
  /** Rather none at all than one of these. */
  readonly mustAvoid?: boolean;
};

export type Choice =
  | (Step & { readonly kind: "chosen"; readonly id: string; readonly isTrial: boolean })
  /** `limited`: nobody's end helps, only time. */
  | { readonly kind: "wait"; readonly why: "busy" | "limited"; readonly inMs?: Millis }
  | { readonly kind: "none"; readonly code: ErrorCode; readonly why: string; readonly inMs?: Millis };

export function choose(pool: Pool, ask: Ask, time: Time, fraction: number): Choice {
  const able = withModel(
    pool.members.filter(({ standing }) => !standing.isDraining),
    ask.model,
  );
  const standing = able.filter((member) => isStanding(member, pool, time));
  const [first, ...others] = untried(standing, ask);
  if (!first) return none(pool, able, time);
  const open = openTo([first, ...others], ask, pool, time);
  if (open.kind === "wait") return open;
  return taken(pool, picked(open.members, ask, pool, fraction), open.members, ask, time);
}

/** Those that say they have it; else those that do not say; else all. */
function withModel(members: readonly Member[], model: string | undefined): readonly Member[] {
  if (model === undefined) return members;
  const declared = members.filter(({ instance }) => instance.models?.includes(model));
  if (declared.length > 0) return declared;
  const silent = members.filter(({ instance }) => instance.models === undefined);
  return silent.length > 0 ? silent : members;
}

const isStanding = ({ standing }: Member, pool: Pool, time: Time): boolean =>
  standing.isHealthy &&
  (standing.breaker.kind !== "open" || recoversIn(standing.breaker.until, pool, time) === 0);

/** Never longer than the policy says: the wall clock may have been set back. */
function recoversIn(until: Millis, { breaker }: Pool, { wall }: Time): Millis {
  const left = until - wall;
  return left <= 0 || left > breaker.recoveryMs ? 0 : left;
}

function untried(members: readonly Member[], { avoid, mustAvoid }: Ask): readonly Member[] {
  const others = avoid ? members.filter(({ instance }) => !avoid.has(instance.id)) : members;
  return others.length > 0 || mustAvoid ? others : members;
}

type Openness =
  | { readonly kind: "open"; readonly members: Open }
  | Extract<Choice, { readonly kind: "wait" }>;

function openTo(members: Open, ask: Ask, pool: Pool, time: Time): Openness {
  const bound: Open = ask.hashKey === undefined ? members : [belongsTo(members, ask.hashKey)];
  const waits = bound.map((member) => waitOf(member, ask, pool, time));
  const [first, ...others] = bound.filter((_, i) => waits[i] === 0);
  if (first) return { kind: "open", members: [first, ...others] };
  const delays = waits.filter((wait) => wait !== undefined);
  const inMs = delays.length > 0 ? { inMs: Math.min(...delays) } : {};
  return { kind: "wait", why: delays.length < waits.length ? "busy" : "limited", ...inMs };
}

function belongsTo(members: Open, key: string): Member {
  const draw = ({ instance: { id, weight } }: Member): number => drawn(key, id, weight);
  return members.reduce((best, member) => (draw(member) > draw(best) ? member : best));
}

/** Until it could begin; undefined when it must end something first. */
function waitOf(
  { instance, standing, load }: Member,
  { model }: Ask,
  { breaker }: Pool,
  { steady }: Time,
): Millis | undefined {
  if (load.inFlight >= instance.maxConcurrent) return undefined;
  if (standing.breaker.kind === "half-open" && load.trials >= breaker.halfOpenRequests) return undefined;
  const tokens = instance.limits.flatMap((limit, i) => {
    const bucket = load.buckets[i];
    return bucket && concerns(limit, model) ? [msToToken(bucket, limit, steady)] : [];
  });
  return Math.max(0, load.notBefore - steady, ...tokens);
}

function picked(open: Open, { preferred }: Ask, { strategy }: Pool, fraction: number): Member {
  const before = open.find(({ instance }) => instance.id === preferred);
  return before ?? STRATEGIES[strategy](open, fraction);
}

function taken(pool: Pool, chosen: Member, open: Open, { model }: Ask, { steady }: Time): Choice {
  const { id } = chosen.instance;
  const wasOpen = chosen.standing.breaker.kind === "open";
  const isTrial = wasOpen || chosen.standing.breaker.kind === "half-open";
  const turn = pool.turn + 1;
  const total = open.reduce((sum, { instance }) => sum + instance.weight, 0);
  const loadOf = ({ instance, load }: Member): Load => {
    const isOpen = open.some((one) => one.instance.id === instance.id);
    const credit = load.credit + (isOpen ? instance.weight : 0);
    if (instance.id !== id) return { ...load, credit };
    return {
      ...load,
      turn,
      credit: credit - total,
      inFlight: load.inFlight + 1,
      trials: load.trials + (isTrial ? 1 : 0),
      successes: wasOpen ? 0 : load.successes,
      buckets: load.buckets.map((bucket, i) => {
        const limit = instance.limits[i];
        return limit && concerns(limit, model) ? spent(bucket, limit, steady) : bucket;
      }),
    };
  };
  const members = pool.members.map((member) => ({ ...member, load: loadOf(member) }));
  const events: readonly PoolEvent[] = wasOpen ? [{ type: "BreakerHalfOpened", data: { instance: id } }] : [];
  return { kind: "chosen", id, isTrial, ...stepOf({ ...pool, members, turn }, events) };
}

function none(pool: Pool, able: readonly Member[], time: Time): Choice {
  if (able.length === 0) {
    const why = pool.members.length === 0 ? "no instance is configured" : "every instance is being drained";
    return { kind: "none", code: "PROVIDER_NOT_AVAILABLE", why };
  }
  const delays = able.flatMap(({ standing: { breaker, isHealthy } }) =>
    isHealthy && breaker.kind === "open" ? [recoversIn(breaker.until, pool, time)] : [],
  );
  const why = able.map((member) => `${member.instance.id} ${trouble(member, pool, time)}`).join(", ");
  if (delays.length === 0) return { kind: "none", code: "PROVIDER_UNHEALTHY", why };
  return { kind: "none", code: "PROVIDER_NOT_AVAILABLE", why, inMs: Math.min(...delays) };
}

function trouble({ standing: { breaker, isHealthy } }: Member, pool: Pool, time: Time): string {
  if (!isHealthy) return "is unhealthy";
  if (breaker.kind !== "open") return "is not asked";
  const seconds = Math.ceil(recoversIn(breaker.until, pool, time) / 1000);
  return `failed too often and is left alone for ${seconds} s more`;
}
