// Logs for the contract: each in a simulated server of its own, or under a name of its own on a real one.
import { randomUUID } from "node:crypto";
import type { EventStoreDbOptions } from "../../../../src/adapters/event-store/eventstoredb/index.ts";
import type { Store } from "../../../../src/engine/ports/index.ts";
import type { LogTraits, Opened, OpenStore } from "../event-store.contract.ts";
import { opened } from "./servers.ts";
import { simulator } from "./simulator/simulator.ts";

export const traits: LogTraits = {
  outlivesStore: true,
  takesInOrder: false,
  knowsForeignIds: false,
  pagedEvents: 100_000,
};

export const simulated =
  (kind: "esdb" | "esdb+discover", batch: boolean): OpenStore =>
  async (limits) => {
    const server = await simulator({ batch });
    return onServer(server.url(kind), limits ? { limits } : {}, server.stop);
  };

export const real =
  (url: string): OpenStore =>
  async (limits) =>
    onServer(url, { log: `test-${randomUUID()}`, ...(limits && { limits }) }, () => undefined);

async function onServer(
  url: string,
  options: Partial<EventStoreDbOptions>,
  stop: () => void,
): Promise<Opened> {
  const store = await opened(url, options);
  const stores: Store[] = [store];
  return {
    store,
    connect: async () => {
      const another = await opened(url, options);
      stores.push(another);
      return another;
    },
    remove: async () => {
      for (const one of stores) await one.close();
      stop();
    },
  };
}
