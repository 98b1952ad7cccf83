// A folder of its own for each test, the stores opened in it, and what tests do to the files of stores.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect } from "vitest";
import { sqliteDriver } from "../../../src/adapters/event-store/driver.ts";
import { type SqliteOptions, sqliteStore } from "../../../src/adapters/event-store/index.ts";
import type { Store } from "../../../src/engine/ports/index.ts";

export type Folder = {
  readonly path: (...names: readonly string[]) => string;
  readonly files: () => Promise<readonly string[]>;
  /** Closed with the test, unless the test does it. */
  readonly open: (path: string, more?: Partial<SqliteOptions>) => Promise<Store>;
  /** A store that was written to and closed. */
  readonly written: (path: string, write: (store: Store) => Promise<unknown>) => Promise<void>;
  /** Opening is refused with this, and neither the file nor its neighbours have changed. */
  readonly expectRefused: (path: string, code: string, says: string) => Promise<void>;
};

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

  const files = () => readdir(folder);

  async function open(path: string, more: Partial<SqliteOptions> = {}): Promise<Store> {
    const store = await sqliteStore({ path, random: Math.random, ...more });
    stores.push(store);
    return store;
  }

  async function written(path: string, write: (store: Store) => Promise<unknown>): Promise<void> {
    const store = await open(path);
    await write(store);
    await store.close();
  }

  async function expectRefused(path: string, code: string, says: string): Promise<void> {
    const before = [await files(), await readFile(path)];
    for (const readOnly of [false, true]) {
      const opening = open(path, { readOnly });
      await expect(opening).rejects.toMatchObject({ code, message: expect.stringContaining(path) });
      await expect(opening).rejects.toThrow(says);
    }
    expect([await files(), await readFile(path)]).toEqual(before);
  }

  return { path: (...names) => join(folder, ...names), files, open, written, expectRefused };
}

/** Executes SQL on a file that is not open otherwise. */
export async function execute(path: string, sql: string): Promise<void> {
  const { DatabaseSync } = await sqliteDriver();
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}
