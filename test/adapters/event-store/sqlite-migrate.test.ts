// store migrate: a file is brought up to date with nobody else at it, after a copy, and wholly or not at all.
import { cp, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { scalar } from "../../../src/adapters/event-store/driver.ts";
import { MIGRATIONS, schemaOf } from "../../../src/adapters/event-store/schema.ts";
import { migrateSqlite } from "../../../src/adapters/event-store/sqlite-migrate.ts";
import { closeSqlite, openSqlite } from "../../../src/adapters/event-store/sqlite-open.ts";
import { children } from "./children.ts";
import { execute, folderPerTest } from "./folder.ts";
import { everything, MOMENTS, NEXT } from "./next-schema.ts";

const folder = folderPerTest();
const start = children();
const patience = { random: Math.random, patienceMs: 30_000 };
const path = () => folder.path("gleitzeit.db");
const backup = () => `${path()}.backup`;
const copy = { to: async () => backup(), first: async () => undefined };
const migrate = (more: Partial<Parameters<typeof migrateSqlite>[0]> = {}) =>
  migrateSqlite({ path: path(), random: Math.random, schema: schemaOf(NEXT), ...more });

/** As a program of that version finds it. */
async function found(file: string, migrations: readonly string[]) {
  const database = await openSqlite({ path: file, readOnly: true }, patience, schemaOf(migrations));
  try {
    return { version: scalar(database, "PRAGMA user_version"), content: everything(database) };
  } finally {
    closeSqlite(database, { readOnly: true });
  }
}

let before: readonly unknown[] = [];

beforeEach(async () => {
  const first = fileURLToPath(new URL("../../corpus/2026-11-first", import.meta.url));
  await cp(first, folder.path(), { recursive: true });
  await cp(first, folder.path("as-it-was"), { recursive: true });
  before = (await found(folder.path("as-it-was", "gleitzeit.db"), MIGRATIONS)).content;
});

test("an older store is up to date afterwards, with all that was in it; the copy is as it was", async () => {
  expect(await migrate({ copy })).toEqual({ from: 1, to: 3, copy: backup() });
  expect(await found(path(), NEXT)).toEqual({ version: 3, content: before });
  expect(await found(backup(), MIGRATIONS)).toEqual({ version: 1, content: before });
  expect(await migrate({ copy })).toEqual({ from: 3, to: 3 });
});

test("dry, it says what would be done, and the file is the same to the byte", async () => {
  const bytes = () => Promise.all([path(), `${path()}-wal`].map((file) => readFile(file)));
  const was = await bytes();
  expect(await migrate({ copy, isDry: true })).toEqual({ from: 1, to: 3, copy: backup() });
  expect(await bytes()).toEqual(was);
  expect(await folder.files()).not.toContain("gleitzeit.db.backup");
});

test("a store that another process works with is refused, and taken once that has ended", async () => {
  const other = start("write", path(), "run-main.other");
  await other.line();
  expect(await start("migrate", path()).line()).toMatch(
    /^PERSISTENCE_CONNECTION_FAILED: .*gleitzeit\.db is in use by another process; end it .* Nothing was changed$/,
  );
  expect(await folder.files()).not.toContain("gleitzeit.db.backup");
  other.kill("SIGKILL");
  await other.ended();
  expect(await start("migrate", path()).line()).toBe("from 1 to 3");
});

test("what stands where the copy would go stays, and then nothing is changed", async () => {
  await writeFile(backup(), "mine");
  await expect(migrate({ copy })).rejects.toMatchObject({ code: "USAGE_ERROR" });
  expect(await readFile(backup(), "utf8")).toBe("mine");
  expect(await found(path(), MIGRATIONS)).toEqual({ version: 1, content: before });
});

test("a migration that fails leaves the store as it was, for its own version to write to", async () => {
  const broken = schemaOf([
    ...NEXT.slice(0, 2),
    "PRAGMA user_version = 3; CREATE INDEX wrong ON nowhere (x)",
  ]);
  await expect(migrate({ copy, schema: broken })).rejects.toMatchObject({
    code: "PERSISTENCE_CONNECTION_FAILED",
  });
  await folder.written(path(), async (store) => expect(await store.events.head()).not.toBe("start"));
  expect(await found(path(), MIGRATIONS)).toEqual({ version: 1, content: before });
});

describe.each([
  ["left by a process that was killed", async () => undefined],
  ["closed in order", () => execute(path(), "PRAGMA journal_mode = DELETE")],
])("a store %s", (_, prepare) => {
  test.each(MOMENTS)("loses nothing when the process is killed at: %s", async (moment) => {
    await prepare();
    const child = start("migrate-and-die", path(), moment);
    expect(await child.ended()).toBe("SIGKILL");
    const isDone = moment === "done";
    // Whoever may only read cannot take back a half; whoever may write does it when opening, before anything else.
    const database = await openSqlite(
      { path: path(), readOnly: false },
      patience,
      schemaOf(isDone ? NEXT : MIGRATIONS),
    );
    expect(scalar(database, "PRAGMA user_version")).toBe(isDone ? 3 : 1);
    expect(everything(database)).toEqual(before);
    closeSqlite(database, { readOnly: false });
    const again = { to: async () => `${backup()}-2`, first: async () => undefined };
    expect(await migrate({ copy: again })).toMatchObject({ from: isDone ? 3 : 1, to: 3 });
    expect(await found(path(), NEXT)).toEqual({ version: 3, content: before });
    if (moment === "uncopied") expect(await folder.files()).not.toContain("gleitzeit.db.backup");
    else expect(await found(backup(), MIGRATIONS)).toEqual({ version: 1, content: before });
  });
});
