// Several processes at one file of kept read models: stopped, racing, rebuilding beside one another.
import { rm } from "node:fs/promises";
import { expect, test } from "vitest";
import type { EventStore } from "../../../../src/engine/ports/index.ts";
import { runNumber } from "../../../projections/histories.ts";
import { execute } from "../folder.ts";
import { hashes, keptRig, running } from "./kept-rig.ts";

const { store, views, told, opened, runs, asked } = keptRig();

test("stopped between any two transactions, the next one goes on and ends the same", async () => {
  await runs(1, 6);
  const whole = await asked(async (models) => {
    await running(models);
    return hashes(models);
  });
  for (let at = 1; at <= 12; at += 1) {
    await rm(views());
    let pages = 0;
    const failing: EventStore = {
      ...store().events,
      readAll: async (after, _, filter) => {
        pages += 1;
        if (pages > at) throw new Error("the process stopped here");
        return store().events.readAll(after, 1, filter);
      },
    };
    const stopped = opened(failing);
    await running(stopped).catch((error: unknown) => expect(String(error)).toContain("stopped here"));
    // Not closed before another process goes on.
    const next = opened();
    expect(await running(next)).toBe(6);
    expect(await hashes(next)).toEqual(whole);
    await Promise.all([stopped.close(), next.close()]);
  }
});

test("several processes catch up at once, and none counts twice", async () => {
  await runs(1, 10);
  const many = Array.from({ length: 4 }, () => opened());
  const answers = await Promise.all(many.map(running));
  expect(answers).toEqual([10, 10, 10, 10]);
  await Promise.all([runs(11, 14), ...many.map(running)]);
  const after = await Promise.all(
    many.map(async (models) => [await running(models), ...(await hashes(models))]),
  );
  expect(new Set(after.map(String)).size).toBe(1);
  expect(after[0]?.[0]).toBe(14);
  expect(told).toEqual([]);
});

test("rebuilt beside one who goes on writing and asking: equal hashes, and nobody notices", async () => {
  await runs(1, 20);
  const [rebuilding, other] = [opened(), opened()];
  await running(other);
  const [rebuilt] = await Promise.all([
    rebuilding.rebuild(),
    (async () => {
      for (let n = 21; n <= 30; n += 1) {
        await runs(n, n);
        expect(await running(other)).toBe(n);
      }
    })(),
  ]);
  for (const { hash, before, difference } of rebuilt) {
    expect({ hash, difference }).toEqual({ hash: before.hash, difference: undefined });
  }
  expect(await running(other)).toBe(30);
  expect(await hashes(other)).toEqual(await hashes(opened()));
});

test("a rebuild tells the first row that was not what the log says, and puts it right", async () => {
  await runs(1, 3);
  await asked(running);
  await execute(views(), `UPDATE rows SET text = replace(text, '"running"', '"paused"')`);
  const models = opened();
  const [list] = await models.rebuild("run-list");
  expect(list?.difference).toMatchObject({
    row: runNumber(1),
    kept: expect.stringContaining('"paused"'),
    rebuilt: expect.stringContaining('"running"'),
  });
  expect(list?.hash).not.toBe(list?.before.hash);
  expect((await models.runs("main", { limit: 9 })).rows.map(({ status }) => status)).toEqual([
    "running",
    "running",
    "running",
  ]);
  const [again] = await models.rebuild("run-list");
  expect(again?.difference).toBeUndefined();
  await expect(models.rebuild("diary")).rejects.toMatchObject({ code: "USAGE_ERROR" });
});
