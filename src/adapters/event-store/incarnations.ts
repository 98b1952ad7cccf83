// Which processes live: each holds an exclusive transaction on a small SQLite file of its own, since Node has no
// file locks. The operating system lets go of it with the process, however that ends.
//
// 1. A file whose lock can be had belongs to a dead process, and is removed by who finds it, while it holds the
//    lock: so none is removed from a process that is just about to take it.
// 2. Looking takes a shared lock, so two that look at the same time do not take each other for the dead one.
// 3. Nothing but SQLite opens these files: closing a descriptor would drop this process's locks on the file.
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Incarnation } from "../../domain/index.ts";
import type { Incarnations } from "../../engine/ports/index.ts";
import { whenFree } from "./busy.ts";
import { type Database, type Driver, sqliteDriver } from "./driver.ts";
import { isBusy, sqliteFailure } from "./sqlite-failure.ts";
import { errnoOf, fileFailure } from "./store-file.ts";

const SUFFIX = ".lock";

/** Open until closed: one that nobody refers to would be collected, and its lock let go of while its process lives. */
const held = new Set<Database>();

export type IncarnationOptions = {
  readonly directory: string;
  readonly own: Incarnation;
  /** How long to wait for those who look whether this one lives; they are done in a moment. */
  readonly patienceMs?: number;
};

export async function sqliteIncarnations(options: IncarnationOptions): Promise<Incarnations> {
  const { directory, own, patienceMs = 5_000 } = options;
  const driver = await sqliteDriver();
  const fileOf = (incarnation: Incarnation): string => join(directory, `${incarnation}${SUFFIX}`);
  await mkdir(directory, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw fileFailure(error, directory);
  });
  const lock = await hold(driver, fileOf(own), patienceMs);
  held.add(lock);
  let closing: Promise<void> | undefined;

  const isAlive = async (incarnation: Incarnation): Promise<boolean> =>
    incarnation === own ? closing === undefined : isHeld(driver, fileOf(incarnation));

  for (const name of await readdir(directory)) {
    const found = Incarnation.safeParse(name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : undefined);
    if (found.success) await isAlive(found.data);
  }

  async function close(): Promise<void> {
    await rm(fileOf(own), { force: true });
    lock.close();
    held.delete(lock);
  }

  return {
    own,
    isAlive,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** A process that shares its log with nobody. */
export function memoryIncarnations(own: Incarnation): Incarnations {
  let closed = false;
  return {
    own,
    isAlive: async (incarnation) => incarnation === own && !closed,
    close: async () => {
      closed = true;
    },
  };
}

async function hold(driver: Driver, file: string, patienceMs: number): Promise<Database> {
  for (;;) {
    const database = openLock(driver, file);
    try {
      database.exec("PRAGMA journal_mode = MEMORY"); // nothing is ever written, and no second file is wanted
      await whenFree(() => database.exec("BEGIN EXCLUSIVE"), { random: () => 0.5, patienceMs });
      if (await exists(file)) return database;
    } catch (error) {
      database.close();
      throw sqliteFailure(error, file, "open");
    }
    database.close(); // who looked has removed it before the lock was taken
  }
}

function openLock(driver: Driver, file: string): Database {
  try {
    return new driver.DatabaseSync(file, { timeout: 0 });
  } catch (error) {
    throw sqliteFailure(error, file, "open");
  }
}

async function isHeld(driver: Driver, file: string): Promise<boolean> {
  if (!(await exists(file))) return false;
  try {
    const database = new driver.DatabaseSync(file, { readOnly: true, timeout: 0 });
    try {
      database.exec("BEGIN; SELECT count(*) FROM sqlite_schema");
      await rm(file, { force: true });
      return false;
    } finally {
      database.close();
    }
  } catch (error) {
    if (isBusy(error)) return true;
    if (!(await exists(file))) return false;
    throw sqliteFailure(error, file, "open");
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return false;
    throw fileFailure(error, file);
  }
}
