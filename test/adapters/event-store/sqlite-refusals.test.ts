// Files that are no store of ours, and places where none can be: refused by name, and left as they were.
import { chmod, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { sqliteDriver } from "../../../src/adapters/event-store/driver.ts";
import { children } from "./children.ts";
import { execute, folderPerTest } from "./folder.ts";
import { appendOneByOne, blob, bytes, events, runStream } from "./samples.ts";

const folder = folderPerTest();

describe("a file that is not ours", () => {
  test.each([
    ["a single byte", "x"],
    ["short text", "hello"],
    ["long text", "hello ".repeat(5_000)],
    ["a header and nothing else", "SQLite format 3\0"],
    ["zeros", "\0".repeat(8_192)],
  ])("%s is refused", async (_, content) => {
    await writeFile(folder.path("notes.txt"), content);
    await folder.expectRefused(
      folder.path("notes.txt"),
      "PERSISTENCE_INTEGRITY_ERROR",
      "is not a store of Gleitzeit",
    );
  });

  test("another program's database is refused, in either journal mode, empty or not", async () => {
    const content = [
      "CREATE TABLE t (a)",
      "PRAGMA journal_mode = WAL; CREATE TABLE t (a)",
      "PRAGMA application_id = 42",
      "PRAGMA user_version = 1",
    ];
    for (const [i, sql] of content.entries()) {
      await execute(folder.path(`${i}.db`), sql);
      await folder.expectRefused(
        folder.path(`${i}.db`),
        "PERSISTENCE_INTEGRITY_ERROR",
        "is not a store of Gleitzeit",
      );
    }
  });

  test("another program's database that is in use is left alone too", async () => {
    const { DatabaseSync } = await sqliteDriver();
    const database = new DatabaseSync(folder.path("theirs.db"));
    database.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    await expect(folder.open(folder.path("theirs.db"))).rejects.toThrow("is not a store of Gleitzeit");
    database.exec("INSERT INTO t VALUES (2)");
    database.close();
  });

  test("a store of a newer version is refused, with both versions", async () => {
    await folder.written(folder.path("log.db"), async () => undefined);
    await execute(folder.path("log.db"), "PRAGMA user_version = 99");
    await folder.expectRefused(
      folder.path("log.db"),
      "PERSISTENCE_READ_FAILED",
      "schema 99, this one knows 1",
    );
  });
});

describe("a place where no store can be", () => {
  test("a folder, a device, a path through a file", async () => {
    await writeFile(folder.path("file"), "");
    const places = [
      [folder.path(), "is a folder; name a file"],
      ["/dev/null", "is no regular file"],
      [folder.path("file", "log.db"), "leads through a file"],
    ] as const;
    for (const [path, says] of places) {
      const opening = folder.open(path);
      await expect(opening).rejects.toMatchObject({ code: "CONFIGURATION_ERROR" });
      await expect(opening).rejects.toThrow(`${path} ${says}`);
    }
  });

  test("missing folders are made, for their owner only; an empty file is a new store", async () => {
    await folder.written(folder.path("a", "b", "log.db"), (store) =>
      appendOneByOne(store.events, runStream(), 1),
    );
    expect((await stat(folder.path("a", "b"))).mode & 0o777).toBe(0o700);
    expect((await stat(folder.path("a", "b", "log.db"))).mode & 0o777).toBe(0o600);
    await writeFile(folder.path("empty.db"), "");
    await folder.written(folder.path("empty.db"), (store) => appendOneByOne(store.events, runStream(), 1));
  });

  test("reading only needs a store, and makes none", async () => {
    const opening = folder.open(folder.path("none", "log.db"), { readOnly: true });
    await expect(opening).rejects.toMatchObject({ code: "PERSISTENCE_CONNECTION_FAILED" });
    await expect(opening).rejects.toThrow("does not exist");
    expect(await readdir(folder.path())).toEqual([]);
  });

  test("many that create one store at the same time share it", async () => {
    const path = folder.path("new.db");
    const stores = await Promise.all(Array.from({ length: 8 }, () => folder.open(path)));
    await Promise.all(stores.map((store) => appendOneByOne(store.events, runStream(), 3)));
    expect((await stores[0]?.events.readAll("start", 100))?.events).toHaveLength(24);
  });
});

describe("permissions", () => {
  const start = children();

  test("a file, or a folder, that this user may not write is refused as such", async () => {
    await chmod(folder.path(), 0o777);
    await folder.written(folder.path("log.db"), (store) => appendOneByOne(store.events, runStream(), 2));
    await chmod(folder.path("log.db"), 0o000);
    await mkdir(folder.path("closed"));
    await chmod(folder.path("closed"), 0o555);
    for (const path of [
      folder.path("log.db"),
      folder.path("closed", "log.db"),
      folder.path("closed", "x", "log.db"),
    ]) {
      const [said = ""] = await start("open-as-nobody", path).rest();
      expect(said).toMatch(/^AUTHORIZATION_FAILED: /);
      expect(said).toContain(path);
    }
  });

  test("where nothing can be written, a closed store is still read", async () => {
    await folder.written(folder.path("log.db"), (store) => appendOneByOne(store.events, runStream(), 7));
    await chmod(folder.path("log.db"), 0o444);
    await chmod(folder.path(), 0o555);
    expect(await start("read-as-nobody", folder.path("log.db")).rest()).toEqual(["events 7"]);
    await chmod(folder.path(), 0o755);
  });

  test("where nothing can be written, events that only the -wal holds are not left out in silence", async () => {
    const path = folder.path("log.db");
    const child = start("write", path, runStream());
    for (let i = 0; i < 3; i += 1) await child.line();
    child.kill("SIGKILL");
    await child.ended();
    await rm(`${path}-shm`);
    await chmod(folder.path(), 0o555);
    for (const name of await readdir(folder.path())) await chmod(folder.path(name), 0o444);
    const [said = ""] = await start("read-as-nobody", path).rest();
    expect(said).toMatch(/^PERSISTENCE_READ_FAILED: .* has a -wal file with events in it/);
    await chmod(folder.path(), 0o755);
    for (const name of await readdir(folder.path())) await chmod(folder.path(name), 0o644);
    expect(
      (await (await folder.open(path)).events.readAll("start", 10)).events.length,
    ).toBeGreaterThanOrEqual(9);
  });
});

test("a store opened for reading only reads what others write, and refuses to write", async () => {
  const stream = runStream();
  const writer = await folder.open(folder.path("log.db"));
  const reader = await folder.open(folder.path("log.db"), { readOnly: true });
  await appendOneByOne(writer.events, stream, 3);
  expect(await reader.events.read(stream, 0, 10)).toHaveLength(3);
  const refused = { code: "PERSISTENCE_WRITE_FAILED", message: expect.stringContaining("reading only") };
  await expect(reader.events.append(stream, 2, events(1))).rejects.toMatchObject(refused);
  await expect(reader.blobs.put("main", blob(bytes("x")))).rejects.toMatchObject(refused);
});
