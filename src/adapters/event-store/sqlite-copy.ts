// A copy of a store's file that is whole or not there: for backups, and for putting one back.
import { randomUUID } from "node:crypto";
import { link, open, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { GleitzeitError } from "../../domain/index.ts";
import { type Patience, whenFree } from "./busy.ts";
import { type Database, prepared } from "./driver.ts";
import { anyOlder, SCHEMA, type Schema } from "./schema.ts";
import { sqliteFailure } from "./sqlite-failure.ts";
import { closeSqlite, openSqlite } from "./sqlite-open.ts";
import { errnoOf, fileFailure } from "./store-file.ts";

export type CopyOptions = {
  readonly from: string;
  /** Must not exist: a copy never replaces anything. */
  readonly to: string;
  readonly random: () => number;
};

const PATIENCE_MS = 30_000;

/** As the store stands at one instant, also while others write to it, and whichever version has written it. */
export async function copySqlite({ from, to, random }: CopyOptions): Promise<void> {
  const patience = { random, patienceMs: PATIENCE_MS };
  const database = await openSqlite({ path: from, readOnly: true }, patience, anyOlder(SCHEMA));
  try {
    await checkedCopy(database, to, patience);
  } finally {
    closeSqlite(database, { readOnly: true });
  }
}

/** The copy is checked as a store is when it is opened. */
export async function checkedCopy(
  database: Database,
  to: string,
  patience: Patience,
  schema: Schema = SCHEMA,
): Promise<void> {
  const draft = join(dirname(to), `.${basename(to)}.${randomUUID()}`);
  try {
    await (await open(draft, "wx", 0o600)).close();
    await whenFree(() => prepared(database, "VACUUM INTO ?").run(draft), patience);
    const copy = await openSqlite({ path: draft, readOnly: true }, patience, anyOlder(schema));
    closeSqlite(copy, { readOnly: true });
    await placed(draft, to);
  } catch (error) {
    throw sqliteFailure(error, to, "write");
  } finally {
    await rm(draft, { force: true });
  }
}

/** Durable first, then under its name, and only if nothing has that name. */
async function placed(draft: string, to: string): Promise<void> {
  try {
    await synced(draft);
    await link(draft, to);
    await synced(dirname(to));
  } catch (error) {
    if (errnoOf(error) !== "EEXIST") throw fileFailure(error, to);
    throw new GleitzeitError("USAGE_ERROR", `${to} exists already and is left as it is; name another file`);
  }
}

async function synced(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
