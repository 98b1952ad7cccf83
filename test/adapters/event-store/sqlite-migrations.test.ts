// A store that an older version wrote is brought up to date as a whole, or left as it was.
import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeEach, expect, test } from "vitest";
import { type Database, scalar } from "../../../src/adapters/event-store/driver.ts";
import { MIGRATIONS, schemaOf } from "../../../src/adapters/event-store/schema.ts";
import { closeSqlite, openSqlite } from "../../../src/adapters/event-store/sqlite-open.ts";
import { folderPerTest } from "./folder.ts";
import { NEXT } from "./next-schema.ts";

const folder = folderPerTest();
const patience = { random: Math.random, patienceMs: 30_000 };

const BROKEN = [...NEXT.slice(0, 2), "PRAGMA user_version = 3; CREATE INDEX wrong ON nowhere (kind)"];

const old = () => folder.path("gleitzeit.db");
const opened = (migrations: readonly string[], readOnly = false) =>
  openSqlite({ path: old(), readOnly }, patience, schemaOf(migrations));

async function asked<T>(opening: Promise<Database>, ask: (database: Database) => T): Promise<T> {
  const database = await opening;
  try {
    return ask(database);
  } finally {
    closeSqlite(database, { readOnly: true });
  }
}

const count = (database: Database) => scalar(database, "SELECT count(*) FROM events");

beforeEach(async () => {
  const first = fileURLToPath(new URL("../../corpus/2026-11-first", import.meta.url));
  await cp(first, folder.path(), { recursive: true });
});

test("a store of the first version, not even closed properly, keeps all that is in it", async () => {
  const before = await asked(opened(MIGRATIONS, true), count);
  expect(before).toBeGreaterThan(20);
  const after = await asked(opened(NEXT), (database) => [
    count(database),
    scalar(database, "SELECT count(*) FROM events WHERE kind IN ('Run', 'Tas')"),
    scalar(database, "PRAGMA user_version"),
  ]);
  expect(after).toEqual([before, before, 3]);
  expect(await asked(opened(NEXT), count)).toBe(before);
});

test("a migration that fails leaves no half of it, and the version before still writes", async () => {
  const before = await asked(opened(MIGRATIONS, true), count);
  await expect(opened(BROKEN)).rejects.toMatchObject({
    code: "PERSISTENCE_CONNECTION_FAILED",
    message: expect.stringContaining(old()),
  });
  const kept = (database: Database) => [count(database), scalar(database, "PRAGMA user_version")];
  expect(await asked(opened(MIGRATIONS), kept)).toEqual([before, 1]);
});

test("two that come at once do it once", async () => {
  const both = await Promise.all([opened(NEXT), opened(NEXT)]);
  expect(both.map((database) => scalar(database, "PRAGMA user_version"))).toEqual([3, 3]);
  for (const database of both) closeSqlite(database, { readOnly: false });
});

test("who may only read says what has to be done, and can afterwards", async () => {
  await expect(opened(NEXT, true)).rejects.toMatchObject({
    code: "PERSISTENCE_READ_FAILED",
    message: expect.stringMatching(
      /older Gleitzeit \(schema 1, this one reads 3\).*`gleitzeit store migrate` brings it up to date/,
    ),
  });
  const written = await asked(opened(NEXT), count);
  expect(await asked(opened(NEXT, true), count)).toBe(written);
});

test("the released migrations say the versions that they lead to", async () => {
  for (const length of MIGRATIONS.keys()) {
    const path = folder.path(`${length}.db`);
    const database = await openSqlite(
      { path, readOnly: false },
      patience,
      schemaOf(MIGRATIONS.slice(0, length + 1)),
    );
    expect(scalar(database, "PRAGMA user_version")).toBe(length + 1);
    closeSqlite(database, { readOnly: false });
  }
});
