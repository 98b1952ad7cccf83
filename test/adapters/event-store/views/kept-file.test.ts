// The file of kept read models, whatever has happened to it: what is asked is answered as the log says.
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { instantOf } from "../../../../src/domain/index.ts";
import { NOON } from "../../../domain/run/given.ts";
import { runNumber } from "../../../projections/histories.ts";
import { execute } from "../folder.ts";
import { hashes, keptRig, running } from "./kept-rig.ts";

const { folder, store, views, told, opened, runs, asked } = keptRig();

test("what was kept is taken up where it was left, and only what came since is read", async () => {
  await runs(1, 3);
  expect(await asked(running)).toBe(3);
  await runs(4, 4);
  const read: unknown[] = [];
  const models = opened({
    ...store().events,
    readAll: async (...args) => {
      const page = await store().events.readAll(...args);
      read.push(...page.events.map(({ position }) => position));
      return page;
    },
  });
  expect(await running(models)).toBe(4);
  // Each model looks at the last one it has folded: is it still this log?
  expect([...new Set(read)]).toEqual([6n, 7n, 8n]);
  expect(told).toEqual([]);
});

test("since: whatever the minute, and on every page", async () => {
  await runs(50, 70); // so many seconds after noon
  const models = opened();
  for (const n of [49, 50, 55, 60, 65, 70, 71]) {
    const query = { since: instantOf(NOON + n * 1000), limit: 9 };
    const found: unknown[] = [];
    for (let page = await models.runs("main", query); ; ) {
      found.push(...page.rows.map(({ run }) => run));
      if (page.next === undefined) break;
      page = await models.runs("main", { ...query, before: page.next });
    }
    const expected = Array.from({ length: 71 - Math.max(n, 50) }, (_, i) => runNumber(70 - i));
    expect(found).toEqual(expected);
  }
});

test("deleting the file loses nothing, closed or open", async () => {
  await runs(1, 5);
  const before = await asked(async (models) => [await running(models), await hashes(models)]);
  await rm(views());
  expect(await asked(async (models) => [await running(models), await hashes(models)])).toEqual(before);
  const models = opened();
  expect(await running(models)).toBe(5);
  await rm(views());
  await runs(6, 6);
  expect(await running(models)).toBe(6);
  expect(await asked(running)).toBe(6);
});

const DAMAGE: Readonly<Record<string, readonly [(path: string) => Promise<void>, RegExp]>> = {
  "text by somebody else": [
    (path) => writeFile(path, "Dear diary,\n".repeat(400)),
    /is no file of read models/,
  ],
  "a database of somebody else": [
    async (path) => {
      await rm(path);
      await execute(path, "CREATE TABLE notes (text TEXT)");
    },
    /is no file of read models/,
  ],
  "a later version": [(path) => execute(path, "PRAGMA user_version = 77"), /another version/],
  "a damaged page": [
    async (path) => {
      const bytes = await readFile(path);
      await writeFile(path, bytes.fill(0x5a, 4096, 20_000));
    },
    /is damaged/,
  ],
  "a row that is no row": [(path) => execute(path, "UPDATE rows SET text = '{'"), /is damaged/],
  "a model of another version": [
    (path) => execute(path, "UPDATE copies SET version = 0 WHERE model = 'run-list'"),
    /run-list is of version 0, not 3/,
  ],
  "a position that the log never reached": [
    (path) => execute(path, "UPDATE copies SET position = '4000'"),
    /is of another log/,
  ],
};

for (const [name, [damage, says]] of Object.entries(DAMAGE)) {
  test(`built again, and said: ${name}`, async () => {
    await runs(1, 4);
    const before = await asked(async (models) => [
      await models.runs("main", { limit: 9 }),
      await hashes(models),
    ]);
    await damage(views());
    expect(
      await asked(async (models) => [await models.runs("main", { limit: 9 }), await hashes(models)]),
    ).toEqual(before);
    expect(told.length).toBeGreaterThan(0);
    expect(told[0]).toMatch(says);
    told.length = 0;
    expect(await asked(running)).toBe(4);
    expect(told).toEqual([]);
  });
}

test("what may be somebody else's is kept beside", async () => {
  await writeFile(views(), "Dear diary, today I was overwritten");
  await asked(running);
  expect(await readFile(`${views()}.set-aside`, "utf8")).toContain("Dear diary");
});

test("the file of another log is built again, even when that one is longer", async () => {
  await runs(1, 3);
  await asked(running);
  const other = await folder.open(folder.path("other.db"));
  await runs(11, 20, other);
  await copyFile(views(), folder.path("other.db.views"));
  expect(await running(opened(other.events, folder.path("other.db.views")))).toBe(10);
  expect(told.join()).toMatch(/of another log/);
});

test("where nothing can be kept, the answer is the same, and it is said", async () => {
  await runs(1, 2);
  await mkdir(views());
  expect(await asked(running)).toBe(2);
  expect(told.join()).toMatch(/cannot be kept in/);
});
