// Several instances as one provider: to whoever calls it, it is one like any other.
//
// An attempt asks one instance. Where that did nothing, be it not reached or sent away, another is asked within the same
// attempt, and the outcome says who was tried; where something may have been done, the attempt fails, and trying again is
// the log's affair. The next attempt of that task goes elsewhere.
import { mayAskAnother, verdictOf } from "../../../domain/index.ts";
import {
  type Call,
  type CallContext,
  methodNamed,
  type Outcome,
  overheard,
  type Provider,
  type Tried,
} from "../../../engine/ports/index.ts";
import { affinities } from "./affinities.ts";
import { askOf, errorIn, refused, shutDown } from "./calls.ts";
import type { Taken } from "./desk.ts";
import { failedBefore } from "./failed-before.ts";
import { firstAnswer, gathered } from "./gathered.ts";
import { type InstancePool, instancePool, type PoolOptions } from "./instance-pool.ts";
import { outcomeOf, type PoolMember } from "./member.ts";

export const poolProvider = (options: PoolOptions): Provider => poolFront(instancePool(options));

/** `speaks`: which of the protocols that all instances speak; the first one when left out. */
export function poolFront(pool: InstancePool, speaks = 0): Provider {
  const { name, places, clock, setup, isClosed } = pool;
  const failed = failedBefore();
  const kept = affinities();
  const speaker = ({ provider, also = [] }: PoolMember): Provider =>
    (speaks === 0 ? provider : also[speaks - 1]) ?? provider;
  const first = speaker(setup().members[0]);
  const { protocol, methods } = first;

  const execute = async (call: Call, context: CallContext): Promise<Outcome> => {
    await pool.opened();
    if (isClosed()) return { ok: false, error: shutDown(name) };
    const { members, gathered: ways } = setup();
    const together = ways?.[call.method];
    if (together) {
      const [one, ...others] = members;
      const asked = (member: PoolMember) => ({ ...member, provider: speaker(member) });
      return gathered([asked(one), ...others.map(asked)], call, context, together);
    }
    const isIdempotent = methodNamed(methods, call.method)?.idempotent ?? false;
    const end = clock.monotonic() + context.timeoutMs;
    const before = failed.of(context);
    const tried: Tried[] = [];
    for (let last: Outcome | undefined; ; ) {
      const avoid = new Set([...before, ...tried.map(({ instance }) => instance)]);
      const taken = await places.take(
        {
          ...askOf(call, context, setup()),
          preferred: kept.of(context.steer),
          avoid,
          ...(last && { mustAvoid: true }),
        },
        context.signal,
        end - clock.monotonic(),
      );
      if (!taken.ok) return last ?? refused(taken);
      const member = memberOf(taken.id);
      if (!member) continue; // it went while this call was on its way there
      const { outcome, hasSpoken } = await asked(taken, member, call, context);
      if (outcome.ok) kept.keep(context.steer, taken.id);
      const known = { ...outcome, instance: taken.id, ...(tried.length > 0 && { tried: [...tried] }) };
      if (outcome.ok) return known;
      failed.note(context, taken.id, outcome.error);
      const isOver = context.signal.aborted || isClosed() || hasSpoken;
      if (isOver || !mayAskAnother(outcome.error, isIdempotent)) return known;
      tried.push({ instance: taken.id, code: outcome.error.code });
      last = known;
    }
  };

  const asked = async (
    { id, isTrial }: Extract<Taken, { readonly ok: true }>,
    member: PoolMember,
    call: Call,
    context: CallContext,
  ) => {
    const begun = clock.monotonic();
    const heard = overheard(context);
    const outcome = await outcomeOf({ provider: speaker(member) }, call, heard.context);
    const error = errorIn(outcome, context.signal);
    const isStillThat = memberOf(id)?.provider === member.provider;
    places.giveBack(id, {
      verdict: isStillThat ? verdictOf(error) : "nothing",
      tookMs: clock.monotonic() - begun,
      isTrial,
      ...(error && { code: error.code }),
      ...(!outcome.ok && outcome.retryAfterMs !== undefined && { retryAfterMs: outcome.retryAfterMs }),
    });
    return { outcome, hasSpoken: heard.hasSpoken() };
  };

  const memberOf = (id: string): PoolMember | undefined =>
    setup().members.find(({ instance }) => instance.id === id);

  return {
    protocol,
    name,
    methods,
    instances: setup().members.map(({ instance }) => instance.id),
    takes: (call) => setup().members.some((member) => speaker(member).takes?.(call)),
    ...(first.preflight && {
      preflight: (call) => speaker(setup().members[0]).preflight?.(call) ?? Promise.resolve([]),
    }),
    ...(first.described && {
      described: () => firstAnswer(setup().members, async (one) => (await speaker(one).described?.()) ?? {}),
    }),
    ...(first.describe && {
      describe: (method) => firstAnswer(setup().members, async (one) => speaker(one).describe?.(method)),
    }),
    execute,
    health: pool.health,
    release: (run) => {
      failed.forget(run);
      for (const member of setup().members) speaker(member).release?.(run);
    },
    close: pool.close,
  };
}
