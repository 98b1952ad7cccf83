// store check|migrate|backup|restore: what an operator does with a store as a whole.
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sqliteDriver } from "../../../src/adapters/event-store/driver.ts";
import { rig } from "./rig.ts";

const at = rig();
const DOCUMENT = "name: Kept\ntasks:\n  - {id: a, method: echo/echo, params: {message: hello}}\n";

const storePath = (): string => join(at().home, "gleitzeit.db");

async function ran(id: string): Promise<void> {
  const path = await at().file("kept.yaml", DOCUMENT);
  expect((await at().gleitzeit(["run", path, "--id", id])).exit).toBe(0);
}

/** What only damage, or a hand, can do to a store. */
async function tamper(sql: string): Promise<void> {
  const { DatabaseSync } = await sqliteDriver();
  const database = new DatabaseSync(storePath());
  database.exec(sql);
  database.close();
}

describe("store check", () => {
  test("counts what is there and finds it whole", async () => {
    await ran("one");
    await ran("two");
    const { exit, json } = await at().gleitzeit(["store", "check", "--json"]);
    expect(exit).toBe(0);
    expect(json).toMatchObject({ ok: true, streams: 4, found: 0, problems: [] }); // of runs, and `owners` and `audit`
    expect(json.events).toBeGreaterThan(6);
    expect(json.blobs).toBeGreaterThan(1);
  });

  test.each([
    ["a missing event", "DELETE FROM events WHERE revision = 2", "revision 2 was expected here"],
    ["a missing blob", "DELETE FROM blobs", "is missing"],
    [
      "an event that no version has written",
      "UPDATE events SET type = 'TaskDone' WHERE type = 'TaskSucceeded'",
      "unknown event type TaskDone",
    ],
    ["bytes that are no JSON", "UPDATE events SET data = x'00' WHERE revision = 1", "not JSON"],
  ])("tells %s by its place, changes nothing, and exits 5", async (_, sql, message) => {
    await ran("one");
    await tamper(sql);
    const before = await readFile(storePath());
    const { exit, json } = await at().gleitzeit(["store", "check", "--json"]);
    expect(exit).toBe(5);
    expect(json).toMatchObject({ ok: false });
    expect(JSON.stringify(json.problems)).toContain(message);
    expect(JSON.stringify(json.problems)).toMatch(
      /"stream":"run-main\.[^"]+","revision":\d+,"position":"\d+"/,
    );
    expect(await readFile(storePath())).toEqual(before);
  });

  test("a store that is not there cannot be checked", async () => {
    expect(await at().gleitzeit(["store", "check"])).toMatchObject({ exit: 5 });
  });
});

describe("store migrate", () => {
  const version = (number: number) => tamper(`PRAGMA user_version = ${number}`);

  test("says that a store of today is up to date, and makes no copy", async () => {
    await ran("one");
    const { exit, out } = await at().gleitzeit(["store", "migrate"]);
    expect({ exit, out }).toEqual({ exit: 0, out: `${storePath()}: schema 1, up to date\n` });
    const { json } = await at().gleitzeit(["store", "migrate", "--json"]);
    expect(json).toEqual({ store: storePath(), from: 1, to: 1, migrated: false, backup: null, keys: null });
    expect(await readdir(at().home)).not.toContainEqual(expect.stringContaining("backup"));
  });

  test("--dry-run says where the copy would go, and does nothing", async () => {
    await ran("one");
    await version(0);
    const before = await readFile(storePath());
    const backup = `${storePath()}.schema-0.backup`;
    const { exit, out } = await at().gleitzeit(["store", "migrate", "--dry-run"]);
    expect({ exit, out }).toEqual({
      exit: 0,
      out: `${storePath()}: schema 0 → 1; nothing was changed, a copy would go to ${backup}\n`,
    });
    const { json } = await at().gleitzeit(["store", "migrate", "--dry-run", "--json"]);
    expect(json).toMatchObject({ from: 0, to: 1, migrated: false, backup });
    expect(await readFile(storePath())).toEqual(before);
    await expect(stat(backup)).rejects.toThrow("ENOENT");
  });

  test("one that cannot be done leaves the store as it was, beside a copy with its key; the next copy has a name of its own", async () => {
    await ran("one");
    await version(0); // which it is not: its tables are in the way
    for (const name of ["gleitzeit.db.schema-0.backup", "gleitzeit.db.schema-0-2.backup"]) {
      expect(await at().gleitzeit(["store", "migrate"])).toMatchObject({ exit: 5, out: "" });
      expect(await readdir(join(at().home, "keys", name))).toContain("main.key");
      expect((await stat(join(at().home, name))).mode & 0o077).toBe(0);
    }
    expect((await at().gleitzeit(["store", "migrate", "--no-backup"])).exit).toBe(5);
    expect((await readdir(at().home)).filter((name) => name.endsWith(".backup"))).toHaveLength(2);
    expect((await at().gleitzeit(["store", "migrate", "--backup", "mine.db"])).exit).toBe(5);
    expect(await readdir(at().folder)).toContain("mine.db");
    await version(1);
    expect((await at().gleitzeit(["store", "check"])).exit).toBe(0);
  });

  test("a store in use is refused, and one of a newer version, and what is no store of its own file", async () => {
    await ran("one");
    await version(0);
    const { DatabaseSync } = await sqliteDriver();
    const other = new DatabaseSync(storePath());
    other.exec("PRAGMA journal_mode = WAL; SELECT count(*) FROM events");
    const busy = await at().gleitzeit(["store", "migrate"]);
    expect(busy).toMatchObject({ exit: 5, err: expect.stringContaining("is in use by another process") });
    other.exec("PRAGMA user_version = 99");
    other.close();
    const newer = await at().gleitzeit(["store", "migrate"]);
    expect(newer).toMatchObject({ exit: 5, err: expect.stringContaining("written by a newer Gleitzeit") });
    const none = await at().gleitzeit(["store", "migrate", "--store", "sqlite:none.db"]);
    expect(none).toMatchObject({ exit: 5, err: expect.stringContaining("does not exist") });
    expect((await at().gleitzeit(["store", "migrate", "--store", "memory:"])).exit).toBe(2);
  });
});

describe("store backup and restore", () => {
  test("a copy put back is the store it was: runs, names, and the key that repeats are known by", async () => {
    await ran("one");
    const backup = await at().gleitzeit(["store", "backup", "copy.db", "--json"]);
    expect(backup).toMatchObject({ exit: 0, json: { to: join(at().folder, "copy.db") } });
    await ran("later");
    await rm(at().home, { recursive: true });

    expect((await at().gleitzeit(["store", "restore", "copy.db"])).exit).toBe(0);
    expect((await at().gleitzeit(["store", "check"])).exit).toBe(0);
    const list = await at().gleitzeit(["list", "--json"]);
    expect(list.json.items).toHaveLength(1);
    const again = await at().gleitzeit(["run", join(at().folder, "kept.yaml"), "--id", "one", "--json"]);
    expect(again).toMatchObject({ exit: 0, json: { status: "succeeded" } });
    expect((await at().gleitzeit(["list", "--json"])).json.items).toHaveLength(1);
  });

  test("a copy is for its owner's eyes only", async () => {
    await ran("one");
    await at().gleitzeit(["store", "backup", "copy.db"]);
    expect((await stat(join(at().folder, "copy.db"))).mode & 0o077).toBe(0);
  });

  test("nothing that stands is replaced, by either", async () => {
    await ran("one");
    await at().file("copy.db", "mine");
    const backup = await at().gleitzeit(["store", "backup", "copy.db"]);
    expect(backup).toMatchObject({ exit: 2, err: expect.stringContaining("exists already") });
    expect(await readFile(join(at().folder, "copy.db"), "utf8")).toBe("mine");

    await at().gleitzeit(["store", "backup", "good.db"]);
    const restore = await at().gleitzeit(["store", "restore", "good.db"]);
    expect(restore).toMatchObject({ exit: 2, err: expect.stringContaining("exists already") });
  });

  test("what is no store is not put back, and leaves nothing where the store belongs", async () => {
    await writeFile(join(at().folder, "notes.db"), "dear diary, today".repeat(100));
    const { exit, err } = await at().gleitzeit(["store", "restore", "notes.db"]);
    expect(exit).toBe(5);
    expect(err).toContain("is not a store of Gleitzeit");
    await expect(stat(storePath())).rejects.toThrow("ENOENT");
  });

  test("the key of another store is not overwritten", async () => {
    await ran("one");
    await at().gleitzeit(["store", "backup", "copy.db"]);
    await rm(storePath());
    await writeFile(join(at().home, "keys", "gleitzeit.db", "main.key"), Buffer.alloc(32, 7));
    const { exit, err } = await at().gleitzeit(["store", "restore", "copy.db"]);
    expect(exit).toBe(5);
    expect(err).toContain("key of another store");
    await expect(stat(storePath())).rejects.toThrow("ENOENT");
  });
});
