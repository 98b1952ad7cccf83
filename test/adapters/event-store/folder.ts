import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { sqliteStore } from "../../../src/adapters/event-store/index.ts";
import type { SqliteOptions } from "../../../src/adapters/event-store/sqlite-store.ts";
import type { Store } from "../../../src/engine/ports/index.ts";

export type Folder = {
  readonly path: (...names: readonly string[]) => string;
  /** Closed with the test, unless the test does it. */
  readonly open: (path: string, more?: Partial<SqliteOptions>) => Promise<Store>;
};

/** A folder of its own for each test, and the stores opened in it. */
export function folderPerTest(): Folder {
  let folder = "";
  let stores: Store[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "gleitzeit-store-"));
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
    stores = [];
    await rm(folder, { recursive: true, force: true });
  });
  return {
    path: (...names) => join(folder, ...names),
    open: async (path, more = {}) => {
      const store = await sqliteStore({ path, random: Math.random, ...more });
      stores.push(store);
      return store;
    },
  };
}
