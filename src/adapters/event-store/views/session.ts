// The file of kept read models while it is open. Everything in it can be computed again, so one that cannot be used
// is put out of the way, and where none can be kept the same tables stand in memory for as long as the process.
import { rename, rm } from "node:fs/promises";
import { type Patience, whenFree } from "../busy.ts";
import { type Database, scalar, sqliteDriver } from "../driver.ts";
import { isDamage } from "../sqlite-failure.ts";
import { closeSqlite } from "../sqlite-open.ts";
import { checkStoreFile, standingAt } from "../store-file.ts";
import { createTables, isCurrent, isNew, isOurs, type Tables, tablesOf } from "./tables.ts";
import { inTransaction } from "./transaction.ts";

export type Session = {
  readonly database: Database;
  readonly tables: Tables;
  readonly patience: Patience;
  /** False in memory. */
  readonly isKept: boolean;
  /** Throws once the file is not the one at its path any more. */
  readonly expectInPlace: () => void;
  readonly close: () => void;
};

/** Up to this many pages of 4 KiB the structure of the whole file is checked: a few milliseconds. */
const QUICKLY_CHECKED_PAGES = 1024;

type Opening = { readonly patience: Patience; readonly tell: (message: string) => void };

export async function memorySession({ patience }: Pick<Opening, "patience">): Promise<Session> {
  const { DatabaseSync } = await sqliteDriver();
  const database = new DatabaseSync(":memory:");
  createTables(database);
  return {
    database,
    tables: tablesOf(database),
    patience,
    isKept: false,
    expectInPlace: () => undefined,
    close: () => database.close(),
  };
}

export async function fileSession(path: string, opening: Opening): Promise<Session> {
  const { tell, patience } = opening;
  for (;;) {
    await checkStoreFile({ path, readOnly: false });
    const opened = await open(path, patience);
    if (typeof opened !== "string") return opened;
    tell(`${path} ${opened}; it is built again from the log`);
    await putAway(path, opened === FOREIGN);
  }
}

const FOREIGN = "is no file of read models (it is kept as .set-aside)";

/** What is damaged is removed; what may be somebody else's is renamed. */
export async function putAway(path: string, mayBeAnothers: boolean): Promise<void> {
  if (mayBeAnothers) await rename(path, `${path}.set-aside`);
  for (const beside of ["-wal", "-shm", "-journal", ""]) await rm(`${path}${beside}`, { force: true });
}

/** Or why it cannot be used. */
async function open(path: string, patience: Patience): Promise<Session | string> {
  const { DatabaseSync } = await sqliteDriver();
  const expectInPlace = await standingAt(path);
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    const unusable = await whenFree(() => prepare(database), patience);
    if (unusable === undefined) {
      const tables = await whenFree(() => tablesOf(database), patience);
      const close = (): void => closeSqlite(database, { readOnly: false });
      return { database, tables, patience, isKept: true, expectInPlace, close };
    }
    database.close();
    return unusable;
  } catch (error) {
    database.close();
    if (isForeign(error)) return FOREIGN;
    if (isDamage(error)) return "is damaged";
    throw error;
  }
}

const isForeign = (error: unknown): boolean =>
  error instanceof Error && error.message === "file is not a database";

function prepare(database: Database): string | undefined {
  // What a lost machine takes with it is computed again: a commit need not reach the disk, only stay whole.
  database.exec(
    "PRAGMA synchronous = NORMAL; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16384; PRAGMA secure_delete = ON",
  );
  if (isNew(database)) {
    inTransaction(database, "write", () => {
      if (isNew(database)) createTables(database);
    });
  }
  if (!isOurs(database)) return FOREIGN;
  if (!isCurrent(database)) return "was written by another version";
  if (Number(scalar(database, "PRAGMA page_count")) <= QUICKLY_CHECKED_PAGES) {
    if (scalar(database, "PRAGMA quick_check(1)") !== "ok") return "is damaged";
  }
  scalar(database, "PRAGMA journal_mode = WAL"); // where it cannot be had, the file is as good without
  return undefined;
}
