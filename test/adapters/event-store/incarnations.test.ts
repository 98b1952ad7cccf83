import { randomUUID } from "node:crypto";
import { readdir, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { memoryIncarnations, sqliteIncarnations } from "../../../src/adapters/event-store/index.ts";
import { Incarnation } from "../../../src/domain/index.ts";
import { children } from "./children.ts";
import { folderPerTest } from "./folder.ts";

const incarnation = () => Incarnation.parse(randomUUID());

describe("incarnations on files", () => {
  const start = children();
  const folder = folderPerTest();

  test("another process is alive until it is killed, then dead at once, and its file is gone", async () => {
    const directory = folder.path("locks");
    const other = incarnation();
    const child = start("live", directory, other);
    expect(await child.line()).toBe("alive");
    const own = await sqliteIncarnations({ directory, own: incarnation() });
    expect(await own.isAlive(other)).toBe(true);
    expect(await own.isAlive(other)).toBe(true);
    child.kill("SIGKILL");
    expect(await child.ended()).toBe("SIGKILL");
    expect(await readdir(directory)).toContain(`${other}.lock`);
    expect(await own.isAlive(other)).toBe(false);
    expect(await readdir(directory)).toEqual([`${own.own}.lock`]);
    expect(await own.isAlive(other)).toBe(false);
    await own.close();
  });

  test("a process that was stopped is not dead", async () => {
    const other = incarnation();
    const child = start("live", folder.path(), other);
    await child.line();
    child.kill("SIGSTOP");
    const own = await sqliteIncarnations({ directory: folder.path(), own: incarnation() });
    expect(await own.isAlive(other)).toBe(true);
    await own.close();
  });

  test("many that look at once agree, about the living and about the dead", async () => {
    const [living, dead] = [incarnation(), incarnation()];
    const child = start("live", folder.path(), living);
    await child.line();
    const killed = start("live", folder.path(), dead);
    await killed.line();
    const lookers = await Promise.all(
      Array.from({ length: 5 }, () => sqliteIncarnations({ directory: folder.path(), own: incarnation() })),
    );
    killed.kill("SIGKILL");
    await killed.ended();
    const about = (one: Incarnation) => Promise.all(lookers.map((looker) => looker.isAlive(one)));
    expect(new Set(await about(living))).toEqual(new Set([true]));
    expect(new Set(await about(dead))).toEqual(new Set([false]));
    for (const looker of lookers) await looker.close();
  });

  test("two in one process see each other; closing is the end, and can be repeated", async () => {
    const a = await sqliteIncarnations({ directory: folder.path(), own: incarnation() });
    const b = await sqliteIncarnations({ directory: folder.path(), own: incarnation() });
    expect([await a.isAlive(a.own), await a.isAlive(b.own), await b.isAlive(a.own)]).toEqual([
      true,
      true,
      true,
    ]);
    await Promise.all([a.close(), a.close()]);
    expect([await a.isAlive(a.own), await b.isAlive(a.own)]).toEqual([false, false]);
    expect(await readdir(folder.path())).toEqual([`${b.own}.lock`]);
    await b.close();
    expect(await readdir(folder.path())).toEqual([]);
  });

  test("what dead processes left is removed by the next that starts, other files stay", async () => {
    const left = incarnation();
    await writeFile(folder.path(`${left}.lock`), "");
    await writeFile(folder.path("notes.lock"), "mine");
    const own = await sqliteIncarnations({ directory: folder.path(), own: incarnation() });
    expect((await readdir(folder.path())).toSorted()).toEqual([`${own.own}.lock`, "notes.lock"].toSorted());
    await own.close();
  });

  test("one that never was is not alive", async () => {
    const own = await sqliteIncarnations({ directory: folder.path(), own: incarnation() });
    expect(await own.isAlive(incarnation())).toBe(false);
    await own.close();
  });

  test("a name that is held cannot be taken a second time", async () => {
    const own = await sqliteIncarnations({ directory: folder.path(), own: incarnation(), patienceMs: 5 });
    const again = sqliteIncarnations({ directory: folder.path(), own: own.own, patienceMs: 5 });
    await expect(again).rejects.toMatchObject({ code: "PERSISTENCE_CONNECTION_FAILED" });
    expect(await own.isAlive(own.own)).toBe(true);
    await own.close();
  });

  test("a place where no folder can be is refused with its name", async () => {
    await writeFile(folder.path("file"), "");
    const refused = sqliteIncarnations({ directory: folder.path("file", "locks"), own: incarnation() });
    await expect(refused).rejects.toMatchObject({
      code: "CONFIGURATION_ERROR",
      message: expect.stringContaining(folder.path("file", "locks")),
    });
  });
});

test("in memory only the process itself lives, until it closes", async () => {
  const own = memoryIncarnations(incarnation());
  expect([await own.isAlive(own.own), await own.isAlive(incarnation())]).toEqual([true, false]);
  await own.close();
  expect(await own.isAlive(own.own)).toBe(false);
});
