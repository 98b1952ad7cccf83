// Opens a store's file, or refuses it untouched.
import { pathToFileURL } from "node:url";
import { GleitzeitError } from "../../domain/index.ts";
import { type Patience, whenFree } from "./busy.ts";
import { type Database, type Driver, scalar, sqliteDriver } from "./driver.ts";
import { isOurs, SCHEMA, type Schema } from "./schema.ts";
import { damage, errcodeOf, foreignFile, isDamage, isReadOnly, sqliteFailure } from "./sqlite-failure.ts";
import { checkStoreFile, hasBeside, isEmpty, type StoreFile } from "./store-file.ts";

/** Up to this many pages of 4 KiB the structure of the whole file is checked: a few milliseconds. */
const QUICKLY_CHECKED_PAGES = 1024;

const CANTOPEN = 14;
const NOTADB = 26;

export async function openSqlite(
  file: StoreFile,
  patience: Patience,
  schema: Schema = SCHEMA,
): Promise<Database> {
  await checkStoreFile(file);
  const driver = await sqliteDriver();
  try {
    await refuseForeign(driver, file.path);
    return file.readOnly
      ? await openReadOnly(driver, file.path, patience, schema)
      : await openWritable(driver, file.path, patience, schema);
  } catch (error) {
    throw sqliteFailure(error, file.path, "open", "(met while opening it)");
  }
}

/**
 * Looks at the header alone, without locks and without files beside it, so that what is not ours stays as it is.
 * Twice, because a process that makes the file may have been at it while it was looked at the first time, and done
 * before it was looked for what shows that.
 */
export async function refuseForeign(driver: Driver, path: string): Promise<void> {
  if ((await looksForeign(driver, path)) && (await looksForeign(driver, path))) throw foreignFile(path);
}

/** Ours says so from its first transaction on; one that a journal still has to undo is looked at again later. */
async function looksForeign(driver: Driver, path: string): Promise<boolean> {
  const database = new driver.DatabaseSync(immutable(path), { readOnly: true });
  try {
    return !isOurs(database) && !(await isEmpty(path)) && !(await hasBeside(path, "-journal"));
  } catch (error) {
    // Damage is told by the real opening, which also sees the WAL.
    if (error instanceof GleitzeitError) throw error;
    return errcodeOf(error) === NOTADB && !(await hasBeside(path, "-journal"));
  } finally {
    database.close();
  }
}

async function openWritable(
  driver: Driver,
  path: string,
  patience: Patience,
  schema: Schema,
): Promise<Database> {
  const database = new driver.DatabaseSync(path, { timeout: 0 });
  return closedOnFailure(database, async () => {
    await whenFree(() => {
      database.exec("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF");
      // Pages that many commits touch are copied back once for all of them: 16 MiB, to which the -wal shrinks again.
      database.exec("PRAGMA wal_autocheckpoint = 4096; PRAGMA journal_size_limit = 16777216");
      database.exec("PRAGMA cache_size = -16384"); // KiB
      database.exec("PRAGMA secure_delete = ON"); // what is removed is overwritten
      if (!schema.isCurrent(database)) schema.migrate(database, path);
      checkContent(database, path, schema); // before anything of it is changed
    }, patience);
    const mode = await whenFree(() => scalar(database, "PRAGMA journal_mode = WAL"), patience);
    if (mode !== "wal") {
      throw new GleitzeitError(
        "PERSISTENCE_CONNECTION_FAILED",
        `${path} is on a file system without shared memory (a network drive?); name a place on a local disk`,
      );
    }
  });
}

/**
 * Leaves one whole file behind, if nobody else has it open. Closing alone does not: the driver from npm lets go of
 * the -wal and -shm files, and of the lock on them, when its statements are garbage-collected, and not before.
 */
export function closeSqlite(database: Database, { readOnly }: { readonly readOnly: boolean }): void {
  try {
    if (!readOnly) database.exec("PRAGMA journal_mode = DELETE");
  } catch (error) {
    if (isDamage(error)) throw error; // everything else leaves the -wal, in which all is as durable
  } finally {
    database.close();
  }
}

/** Also of what cannot be read before it is undone, by somebody who may write: what a killed process had begun. */
async function openReadOnly(
  driver: Driver,
  path: string,
  patience: Patience,
  schema: Schema,
): Promise<Database> {
  try {
    return await openAsItStands(driver, path, patience, schema);
  } catch (error) {
    if (!isReadOnly(error) || !(await hasBeside(path, "-journal"))) throw error;
    await undoBegun(driver, path, patience).catch((cause: unknown) => {
      const message = `${path} was being written to by a process that was killed: whoever may write to it has to open it once (\`gleitzeit store check\`), before others can read it`;
      throw new GleitzeitError("PERSISTENCE_READ_FAILED", message, { cause, details: { path } });
    });
    return openAsItStands(driver, path, patience, schema);
  }
}

/** SQLite itself does it with the first reading; nothing that was acknowledged stands in such a journal. */
async function undoBegun(driver: Driver, path: string, patience: Patience): Promise<void> {
  const database = new driver.DatabaseSync(path, { timeout: 0 });
  try {
    await whenFree(() => scalar(database, "SELECT count(*) FROM sqlite_schema"), patience);
  } finally {
    database.close();
  }
}

async function openAsItStands(
  driver: Driver,
  path: string,
  patience: Patience,
  schema: Schema,
): Promise<Database> {
  const database = new driver.DatabaseSync(path, { readOnly: true, timeout: 0 });
  const opened = closedOnFailure(database, async () => {
    await whenFree(() => checkContent(database, path, schema), patience);
  });
  try {
    return await opened;
  } catch (error) {
    if (errcodeOf(error) !== CANTOPEN) throw error;
  }
  // No files can be made beside it: then nobody writes to it either, and it can be read as it stands.
  if (await hasBeside(path, "-wal")) {
    throw new GleitzeitError(
      "PERSISTENCE_READ_FAILED",
      `${path} has a -wal file with events in it that can only be read where -shm can be written; copy both and read there`,
    );
  }
  const still = new driver.DatabaseSync(immutable(path), { readOnly: true });
  return closedOnFailure(still, async () => checkContent(still, path, schema));
}

async function closedOnFailure(database: Database, prepare: () => Promise<void>): Promise<Database> {
  try {
    await prepare();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** In one transaction, so that what others write meanwhile does not look like damage. */
export function checkContent(database: Database, path: string, schema: Schema): void {
  database.exec("BEGIN");
  try {
    expectWhole(database, path, schema);
  } finally {
    if (database.isTransaction) database.exec("ROLLBACK");
  }
}

function expectWhole(database: Database, path: string, schema: Schema): void {
  if (!isOurs(database)) throw foreignFile(path);
  schema.check(database, path);
  const pages = Number(scalar(database, "PRAGMA page_count"));
  if (pages <= QUICKLY_CHECKED_PAGES) {
    const found = scalar(database, "PRAGMA quick_check(1)");
    if (found !== "ok") throw damage(path, `(${String(found)})`);
  }
  const head = scalar(database, "SELECT head FROM log");
  const last = scalar(database, "SELECT coalesce(max(position), 0) FROM events");
  if (typeof head !== "number" || typeof last !== "number" || head < last) {
    throw damage(path, `(its head is ${String(head)}, its last event ${String(last)})`);
  }
  // Whoever reads the log from its start would not meet it, and whoever reads its stream would.
  const first = scalar(database, "SELECT coalesce(min(position), 1) FROM events");
  if (typeof first !== "number" || first < 1)
    throw damage(path, `(its first event is at position ${String(first)})`);
}

function immutable(path: string): URL {
  const url = pathToFileURL(path);
  url.searchParams.set("mode", "ro");
  url.searchParams.set("immutable", "1");
  return url;
}
