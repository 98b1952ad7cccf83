// Work that one process does at a time: an exclusive transaction on a small SQLite file, since Node has no file locks. The
// operating system lets go of it with the process, however that ends.
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { whenFree } from "./busy.ts";
import { sqliteDriver } from "./driver.ts";
import { sqliteFailure } from "./sqlite-failure.ts";
import { fileFailure } from "./store-file.ts";

/** Long enough for a queue of others, short enough for whoever waits at a terminal. */
const PATIENCE_MS = 10_000;

export async function exclusively<T>(
  file: string,
  work: () => Promise<T>,
  random: () => number,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw fileFailure(error, dirname(file));
  });
  const { DatabaseSync } = await sqliteDriver();
  const database = (() => {
    try {
      return new DatabaseSync(file, { timeout: 0 });
    } catch (error) {
      throw sqliteFailure(error, file, "open");
    }
  })();
  try {
    try {
      // Nothing is ever written, and no second file is wanted.
      const hold = (): void => database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
      await whenFree(hold, { random, patienceMs });
    } catch (error) {
      throw sqliteFailure(error, file, "open");
    }
    return await work();
  } finally {
    database.close();
  }
}
