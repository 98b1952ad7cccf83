// Brings a store's file up to date on request: alone with it, and with a copy of how it was.
//
// 1. Nobody else writes to the file, from before the copy until after the migration: who has it open for that is
//    waited for a moment, who comes meanwhile waits. So the copy is the store as it was, and no older process goes on
//    with newer tables.
// 2. The copy is durable before the migration begins, and the migration is one transaction: whoever is stopped at any
//    instant leaves the store as it was or as it is to be.
// 3. All of it is one connection: what another one of this process has prepared may keep its lock after it is closed.
import { GleitzeitError } from "../../domain/index.ts";
import { type Patience, whenFree } from "./busy.ts";
import { type Database, scalar, sqliteDriver } from "./driver.ts";
import { isOurs, SCHEMA, type Schema } from "./schema.ts";
import { checkedCopy } from "./sqlite-copy.ts";
import { isBusy, sqliteFailure } from "./sqlite-failure.ts";
import { checkContent, closeSqlite, refuseForeign } from "./sqlite-open.ts";
import { checkStoreFile } from "./store-file.ts";

type Copy = {
  /** Where that of this version goes; nothing may be there. */
  readonly to: (version: number) => Promise<string>;
  /** What else belongs to it. */
  readonly first: (file: string) => Promise<void>;
};

type MigrateOptions = {
  readonly path: string;
  readonly random: () => number;
  /** By default none is made. */
  readonly copy?: Copy;
  /** Only says what would be done. */
  readonly isDry?: boolean;
  readonly schema?: Schema;
  /** A command that only reads is done in a moment. */
  readonly patienceMs?: number;
};

/** Versions of the tables, alike where nothing was to be done; and where the copy is, or would be. */
type Migrated = { readonly from: number; readonly to: number; readonly copy?: string };

export async function migrateSqlite(options: MigrateOptions): Promise<Migrated> {
  const { path, random, isDry = false, schema = SCHEMA, patienceMs = 3_000 } = options;
  await checkStoreFile({ path, readOnly: true });
  const driver = await sqliteDriver();
  try {
    await refuseForeign(driver, path);
    const database = new driver.DatabaseSync(path, { readOnly: isDry, timeout: 0 });
    try {
      const patience = { random, patienceMs };
      const from = await whenFree(() => schema.versionOf(database, path), patience);
      const to = schema.known;
      if (from === to) return { from, to };
      const copy = isOurs(database) ? await options.copy?.to(from) : undefined; // else nobody has written to it yet
      if (!isDry) await migrated(database, { ...options, schema, file: copy }, patience);
      return { from, to, ...(copy !== undefined && { copy }) };
    } finally {
      closeSqlite(database, { readOnly: true });
    }
  } catch (error) {
    throw sqliteFailure(error, path, "open", "(met while bringing it up to date)");
  }
}

async function migrated(
  database: Database,
  {
    path,
    copy,
    file,
    schema,
  }: MigrateOptions & { readonly schema: Schema; readonly file: string | undefined },
  patience: Patience,
): Promise<void> {
  await checkStoreFile({ path, readOnly: false });
  await whenFree(() => takeAlone(database), patience).catch((error: unknown) => {
    throw isBusy(error) ? inUse(path, error) : error;
  });
  try {
    if (file !== undefined) {
      await copy?.first(file);
      await checkedCopy(database, file, patience, schema);
    }
    schema.migrate(database, path);
    checkContent(database, path, schema);
  } finally {
    database.exec(SHARED);
  }
}

/** Taken with the next reading, and given back so. */
const SHARED = "PRAGMA locking_mode = NORMAL; SELECT count(*) FROM sqlite_schema";

/** Throws SQLITE_BUSY while anybody else has the file open, whether or not something is done with it. */
function takeAlone(database: Database): void {
  database.exec("PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA journal_mode = DELETE");
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT");
    // Somebody opened it in between, and has closed it or waits: the lock is ours, but its mode is not.
    if (scalar(database, "PRAGMA journal_mode") !== "delete") database.exec("PRAGMA journal_mode = DELETE");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    database.exec(SHARED);
    throw error;
  }
}

const inUse = (path: string, cause: unknown): GleitzeitError =>
  new GleitzeitError(
    "PERSISTENCE_CONNECTION_FAILED",
    `${path} is in use by another process; end it (a worker, a run, a program) and repeat. Nothing was changed`,
    { cause, details: { path } },
  );
