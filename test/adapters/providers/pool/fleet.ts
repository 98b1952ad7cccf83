// Several servers of models behind one pool, with a log that outlives it and a clock that is driven by hand.
import { v7 } from "uuid";
import { afterEach } from "vitest";
import { memoryStore } from "../../../../src/adapters/event-store/index.ts";
import { systemClock, systemRandom } from "../../../../src/adapters/host/index.ts";
import { outbound } from "../../../../src/adapters/outbound/index.ts";
import { allModels, llmProvider } from "../../../../src/adapters/providers/llm/index.ts";
import { journal, type PoolOptions, poolProvider } from "../../../../src/adapters/providers/pool/index.ts";
import { poolEventIn } from "../../../../src/adapters/providers/pool/recorded.ts";
import {
  type Actor,
  Incarnation,
  type Instance,
  type JsonObject,
  type PoolEvent,
  providerStream,
  TaskId,
} from "../../../../src/domain/index.ts";
import type { CallContext, Clock, Outcome, Provider, Store } from "../../../../src/engine/ports/index.ts";
import { instance, seeded } from "../../../domain/pool/pools.ts";
import { handClock, settled } from "../../../engine/hand-clock.ts";
import { callContext, silent } from "../call-context.ts";
import { type FakeModels, fakeModels } from "../llm/fake-models.ts";
import { ollamaProtocol } from "../llm/protocols.ts";

const NAME = "fleet";

export type Fleet = {
  readonly servers: readonly FakeModels[];
  readonly store: Store;
  readonly clock: ReturnType<typeof handClock>;
  readonly provider: Provider;
  /** Another process on the same log, or the next one. */
  readonly again: (more?: Partial<PoolOptions>) => Provider;
  readonly ask: (given?: Partial<CallContext>, params?: JsonObject, of?: Provider) => Promise<Outcome>;
  readonly events: () => Promise<readonly PoolEvent[]>;
  /** Who heard how many questions. */
  readonly heard: () => readonly number[];
  readonly remove: () => Promise<void>;
};

export type FleetOptions = Partial<PoolOptions> & {
  readonly size?: number;
  /** Servers of the test's own, instead. */
  readonly urls?: readonly string[];
  readonly each?: readonly Partial<Instance>[];
  /** The servers' time is always real. */
  readonly poolClock?: Clock;
};

const BREAKER = { failureThreshold: 3, recoveryMs: 60_000, halfOpenRequests: 1, successThreshold: 2 };

export async function fleet({
  size = 3,
  urls,
  each = [],
  poolClock,
  ...more
}: FleetOptions = {}): Promise<Fleet> {
  const length = urls ? 0 : size;
  const servers = await Promise.all(Array.from({ length }, () => fakeModels(ollamaProtocol)));
  const client = outbound({});
  const clock = handClock();
  const store = memoryStore();
  const random = systemRandom();
  const pools: Provider[] = [];
  const again = (changed: Partial<PoolOptions> = {}): Provider => {
    const members = (urls ?? servers.map(({ url }) => url)).map((url, i) => ({
      instance: instance(["a", "b", "c", "d"][i] ?? url, each[i]),
      endpoint: url,
      provider: llmProvider({
        name: NAME,
        type: "ollama",
        url,
        defaultModel: "llama3.2",
        models: [],
        prices: {},
        outbound: client,
        clock: systemClock(),
        mostBytes: 1_000_000,
      }),
    }));
    const [first, ...others] = members;
    if (!first) throw new Error("a fleet of none");
    const actor: Actor = { type: "engine", id: Incarnation.parse(v7()) };
    const made = poolProvider({
      name: NAME,
      members: [first, ...others],
      strategy: "least_loaded",
      breaker: BREAKER,
      maxQueue: 1000,
      journal: journal({
        provider: NAME,
        events: async () => store.events,
        actor,
        clock,
        random,
        log: async () => silent,
      }),
      clock: poolClock ?? clock,
      fraction: seeded(11),
      log: async () => silent,
      defaultModel: "llama3.2",
      gathered: { list_models: allModels },
      ...more,
      ...changed,
    });
    pools.push(made);
    return made;
  };
  const provider = again();
  return {
    servers,
    store,
    clock,
    provider,
    again,
    ask: (given = {}, params = {}, of = provider) =>
      of.execute({ method: "chat", params: { prompt: "ahoy", ...params } }, callContext(given)),
    events: async () => (await store.events.read(providerStream(NAME), 0, 500)).map(poolEventIn),
    heard: () => servers.map(({ heard }) => heard.length),
    remove: async () => {
      await Promise.all(pools.map((pool) => pool.close()));
      await client.close();
      await Promise.all(servers.map((server) => server.close()));
      await store.events.close();
    },
  };
}

export const task = (id: string) => ({ task: TaskId.parse(id) });

/** Opens one for a test, and closes it after that. */
export function fleets(): (options?: FleetOptions) => Promise<Fleet> {
  let opened: Fleet | undefined;
  afterEach(async () => {
    await opened?.remove();
    opened = undefined;
  });
  return async (options = {}) => {
    opened = await fleet(options);
    return opened;
  };
}

export const servedBy = (outcome: Outcome) => ({
  ok: outcome.ok,
  instance: outcome.instance,
  tried: outcome.tried,
});

export const types = (events: readonly PoolEvent[]) =>
  events.map(({ type, data }) => `${type} ${data.instance}`);

/** What is under way has been written. */
export async function written(of: Fleet): Promise<readonly PoolEvent[]> {
  await settled();
  return of.events();
}
