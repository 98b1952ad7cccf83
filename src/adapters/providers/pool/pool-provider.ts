// Several instances as one provider: to whoever calls it, it is one like any other.
//
// 1. An attempt asks one instance. Where that did nothing, be it not reached or sent away, another is asked within the
//    same attempt, and the outcome says who was tried; where something may have been done, the attempt fails, and trying
//    again is the log's affair. The next attempt of that task goes elsewhere.
// 2. How instances stand is read from the log before the first call, and what changes is recorded there.
import {
  type BreakerPolicy,
  type Json,
  mayAskAnother,
  membershipChanges,
  poolOf,
  type Strategy,
  verdictOf,
  withStandings,
} from "../../../domain/index.ts";
import {
  type Call,
  type CallContext,
  type Clock,
  type Log,
  methodNamed,
  type Outcome,
  overheard,
  type Provider,
  type Tried,
} from "../../../engine/ports/index.ts";
import { affinities } from "./affinities.ts";
import { askOf, errorIn, refused, shutDown } from "./calls.ts";
import { desk, type Taken } from "./desk.ts";
import { failedBefore } from "./failed-before.ts";
import { gathered } from "./gathered.ts";
import { type HealthPolicy, healthRounds } from "./health-rounds.ts";
import type { Journal } from "./journal.ts";
import { outcomeOf, type PoolMember } from "./member.ts";
import { poolHealth } from "./pool-health.ts";

export type PoolOptions = {
  readonly name: string;
  readonly members: readonly [PoolMember, ...PoolMember[]];
  readonly strategy: Strategy;
  readonly breaker: BreakerPolicy;
  /** Calls that may wait for an instance. */
  readonly maxQueue: number;
  readonly health?: HealthPolicy;
  readonly journal: Journal;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly fraction: () => number;
  readonly log: () => Promise<Log>;
  /** Asked for where a call names none: it is a model like any other to those that have it. */
  readonly defaultModel?: string | undefined;
  /** Methods that are asked of every instance, and what their results are together. */
  readonly gathered?: Readonly<Record<string, (results: readonly Json[]) => Json>>;
};

export function poolProvider(options: PoolOptions): Provider {
  const { name, members, strategy, breaker, maxQueue, journal, clock, fraction } = options;
  const { protocol, methods } = members[0].provider;
  const instances = members.map(({ instance }) => instance);
  const at = { wall: clock.now(), steady: clock.monotonic() };
  const places = desk({
    name,
    clock,
    fraction,
    maxQueue,
    record: journal.record,
    pool: poolOf({ strategy, breaker, instances, standings: new Map() }, at),
  });
  const failed = failedBefore();
  const kept = affinities();
  const rounds = healthRounds({ ...options, change: places.change });
  let opening: Promise<void> | undefined;
  let closed: Promise<void> | undefined;

  const asInLog = (): void =>
    places.change((pool) => ({ pool: withStandings(pool, journal.standings()), events: [] }));

  const read = async (): Promise<void> => {
    try {
      await journal.read();
    } catch (error) {
      const log = await options.log();
      log.warn({ provider: name, error: asError(error) }, "how instances stood is not known");
    }
  };

  const open = async (): Promise<void> => {
    await read();
    const configured = members.map(({ instance: { id }, endpoint }) => ({
      id,
      protocol,
      ...(endpoint !== undefined && { endpoint }),
    }));
    journal.onOthers(asInLog);
    journal.record(membershipChanges(journal.standings(), configured));
    asInLog();
    rounds.begin();
  };

  const execute = async (call: Call, context: CallContext): Promise<Outcome> => {
    opening ??= open();
    await opening;
    journal.catchUp();
    if (closed) return { ok: false, error: shutDown(name) };
    const together = options.gathered?.[call.method];
    if (together) return gathered(members, call, context, together);
    const isIdempotent = methodNamed(methods, call.method)?.idempotent ?? false;
    const end = clock.monotonic() + context.timeoutMs;
    const before = failed.of(context);
    const tried: Tried[] = [];
    for (let last: Outcome | undefined; ; ) {
      const avoid = new Set([...before, ...tried.map(({ instance }) => instance)]);
      const taken = await places.take(
        {
          ...askOf(call, context, options),
          preferred: kept.of(context.steer),
          avoid,
          ...(last && { mustAvoid: true }),
        },
        context.signal,
        end - clock.monotonic(),
      );
      if (!taken.ok) return last ?? refused(taken);
      const { outcome, hasSpoken } = await asked(taken, call, context);
      if (outcome.ok) kept.keep(context.steer, taken.id);
      const known = { ...outcome, instance: taken.id, ...(tried.length > 0 && { tried: [...tried] }) };
      if (outcome.ok) return known;
      failed.note(context, taken.id, outcome.error);
      const isOver = context.signal.aborted || closed !== undefined || hasSpoken;
      if (isOver || !mayAskAnother(outcome.error, isIdempotent)) return known;
      tried.push({ instance: taken.id, code: outcome.error.code });
      last = known;
    }
  };

  const asked = async (
    { id, isTrial }: Extract<Taken, { readonly ok: true }>,
    call: Call,
    context: CallContext,
  ) => {
    const begun = clock.monotonic();
    const heard = overheard(context);
    const outcome = await outcomeOf(memberOf(id), call, heard.context);
    const error = errorIn(outcome, context.signal);
    places.giveBack(id, {
      verdict: verdictOf(error),
      tookMs: clock.monotonic() - begun,
      isTrial,
      ...(error && { code: error.code }),
      ...(!outcome.ok && outcome.retryAfterMs !== undefined && { retryAfterMs: outcome.retryAfterMs }),
    });
    return { outcome, hasSpoken: heard.hasSpoken() };
  };

  const memberOf = (id: string): PoolMember =>
    members.find(({ instance }) => instance.id === id) ?? members[0];

  const [{ provider: one }] = members;
  return {
    protocol,
    name,
    methods,
    instances: instances.map(({ id }) => id),
    takes: (call) => members.some(({ provider }) => provider.takes?.(call)),
    ...(one.preflight && { preflight: (call) => one.preflight?.(call) ?? Promise.resolve([]) }),
    execute,
    health: async () => {
      if (!opening) await read();
      return poolHealth(members, journal.standings());
    },
    release: (run) => {
      failed.forget(run);
      for (const { provider } of members) provider.release?.(run);
    },
    close: () => {
      closed ??= (async () => {
        rounds.end();
        places.close(shutDown(name));
        await Promise.all(members.map(({ provider }) => provider.close()));
        await journal.settled();
      })();
      return closed;
    },
  };
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));
