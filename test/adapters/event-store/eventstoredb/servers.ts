// Stores on a simulated server, and on a real one where there is one. Everything that was opened ends with its test.
import { afterEach } from "vitest";
import {
  type EventStoreDbOptions,
  eventStoreDb,
} from "../../../../src/adapters/event-store/eventstoredb/index.ts";
import { systemClock } from "../../../../src/adapters/host/index.ts";
import type { Store } from "../../../../src/engine/ports/index.ts";
import { type Simulator, type SimulatorOptions, simulator } from "./simulator/simulator.ts";

export type Servers = {
  readonly start: (options?: Partial<SimulatorOptions>) => Promise<Simulator>;
  readonly open: (url: string, more?: Partial<EventStoreDbOptions>) => Promise<Store>;
};

export const opened = (url: string, more: Partial<EventStoreDbOptions> = {}): Promise<Store> =>
  eventStoreDb({ url, place: "esdb://test", clock: systemClock(), random: Math.random, ...more });

export function servers(): Servers {
  const running: Simulator[] = [];
  const stores: Store[] = [];
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    for (const server of running.splice(0)) server.stop();
  });
  return {
    start: async (options = {}) => {
      const server = await simulator({ batch: true, ...options });
      running.push(server);
      return server;
    },
    open: async (url, more) => {
      const store = await opened(url, more);
      stores.push(store);
      return store;
    },
  };
}
