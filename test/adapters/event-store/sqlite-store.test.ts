import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sqliteStore } from "../../../src/adapters/event-store/index.ts";
import { describeEventStore } from "./event-store.contract.ts";

describeEventStore(
  "sqlite",
  async (limits) => {
    const folder = await mkdtemp(join(tmpdir(), "gleitzeit-store-"));
    const connect = () =>
      sqliteStore({ path: join(folder, "log.db"), random: Math.random, ...(limits && { limits }) });
    const opened = [await connect()] as const;
    const stores = [...opened];
    return {
      store: opened[0],
      connect: async () => {
        const another = await connect();
        stores.push(another);
        return another;
      },
      remove: async () => {
        for (const store of stores) await store.close();
        await rm(folder, { recursive: true });
      },
    };
  },
  { outlivesStore: true, canRemove: true, takesInOrder: true, knowsForeignIds: true, pagedEvents: 100_000 },
);
