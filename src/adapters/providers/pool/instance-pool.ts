// The instances of a provider, with what is kept of them: their places, their log, their health. Whatever protocols they
// speak share them.
//
// 1. How instances stand is read from the log before the first call, and what changes is recorded there.
// 2. Configured otherwise, it goes on: who waits for a place waits for one of the new ones, and a call under way ends where
//    it began. Whoever configures closes what is then called no more.
import {
  asError,
  type BreakerPolicy,
  type Json,
  membershipChanges,
  poolOf,
  reconfigured,
  type Strategy,
  withStandings,
} from "../../../domain/index.ts";
import type { Clock, Health, Log } from "../../../engine/ports/index.ts";
import { shutDown } from "./calls.ts";
import { type Desk, desk } from "./desk.ts";
import { type HealthPolicy, healthRounds } from "./health-rounds.ts";
import type { Journal } from "./journal.ts";
import type { PoolMember } from "./member.ts";
import { poolHealth } from "./pool-health.ts";

/** What may be configured otherwise while calls are made. */
export type PoolSetup = {
  readonly members: readonly [PoolMember, ...PoolMember[]];
  readonly strategy: Strategy;
  readonly breaker: BreakerPolicy;
  /** Calls that may wait for an instance. */
  readonly maxQueue: number;
  readonly health?: HealthPolicy;
  /** Asked for where a call names none: it is a model like any other to those that have it. */
  readonly defaultModel?: string | undefined;
  /** Methods that are asked of every instance, and what their results are together. */
  readonly gathered?: Readonly<Record<string, (results: readonly Json[]) => Json>>;
};

export type PoolOptions = PoolSetup & {
  readonly name: string;
  readonly journal: Journal;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly fraction: () => number;
  readonly log: () => Promise<Log>;
};

export type InstancePool = {
  readonly name: string;
  readonly clock: Clock;
  readonly setup: () => PoolSetup;
  readonly places: Pick<Desk, "take" | "giveBack">;
  /** Before each call. */
  readonly opened: () => Promise<void>;
  readonly isClosed: () => boolean;
  /** `replaced`: names under which there is somebody else than before. */
  readonly reconfigure: (next: PoolSetup, replaced: ReadonlySet<string>) => Promise<void>;
  readonly health: () => Promise<Health>;
  readonly close: () => Promise<void>;
};

export function instancePool(options: PoolOptions): InstancePool {
  const { name, journal, clock } = options;
  let setup: PoolSetup = options;
  const policy = () => ({ ...setup, instances: setup.members.map(({ instance }) => instance) });
  const at = { wall: clock.now(), steady: clock.monotonic() };
  const places = desk({
    ...options,
    record: journal.record,
    pool: poolOf({ ...policy(), standings: new Map() }, at),
  });
  const roundsOf = () => healthRounds({ ...setup, clock, change: places.change });
  let rounds = roundsOf();
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

  const recordMembers = (replaced?: ReadonlySet<string>): void => {
    const configured = setup.members.map(({ instance: { id }, endpoint, provider: { protocol } }) => ({
      id,
      protocol,
      ...(endpoint !== undefined && { endpoint }),
    }));
    journal.record(membershipChanges(journal.standings(), configured, replaced));
  };

  const open = async (): Promise<void> => {
    await read();
    journal.onOthers(asInLog);
    recordMembers();
    asInLog();
    rounds.begin();
  };

  return {
    name,
    clock,
    setup: () => setup,
    places,
    opened: async () => {
      opening ??= open();
      await opening;
      journal.catchUp();
    },
    isClosed: () => closed !== undefined,
    reconfigure: async (next, replaced) => {
      opening ??= open();
      await opening;
      if (closed) return;
      rounds.end();
      setup = next;
      recordMembers(replaced);
      places.bound(next.maxQueue);
      const standings = journal.standings();
      places.change((pool, time) => ({
        pool: reconfigured(pool, { ...policy(), standings }, replaced, time),
        events: [],
      }));
      rounds = roundsOf();
      rounds.begin();
    },
    health: async () => {
      if (!opening) await read();
      return poolHealth(setup.members, journal.standings());
    },
    close: () => {
      closed ??= (async () => {
        rounds.end();
        places.close(shutDown(name));
        const all = setup.members.flatMap(({ provider, also = [] }) => [provider, ...also]);
        await Promise.all(all.map((provider) => provider.close()));
        await journal.settled();
      })();
      return closed;
    },
  };
}
