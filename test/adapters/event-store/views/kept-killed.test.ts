// Read models of a long store are built over many short transactions: killed in the middle, the next process goes on.
import { expect, test } from "vitest";
import { children } from "../children.ts";
import { hashes, keptRig, running } from "./kept-rig.ts";

const { store, views, folder, told, opened, runs, asked } = keptRig();
const start = children();

test("killed in the middle of the first build, the next process goes on from there", async () => {
  await runs(1, 30);
  const other = folder.path("whole.views");
  const whole = opened(store().events, other);
  expect(await running(whole)).toBe(30);

  const builder = start("build-views", folder.path("gz.db"), views());
  let reached = "";
  while (reached !== "25") reached = await builder.line();
  builder.kill("SIGKILL");
  expect(await builder.ended()).toBe("SIGKILL");

  const froms: (bigint | "start")[] = [];
  const next = opened({
    ...store().events,
    readAll: async (after, limit, filter) => {
      if (limit > 1) froms.push(after); // a look at the last event alone is no reading on
      return store().events.readAll(after, limit, filter);
    },
  });
  expect(await running(next)).toBe(30);
  expect(Number(froms[0])).toBeGreaterThanOrEqual(25);
  expect(await hashes(next)).toEqual(await hashes(whole));
  expect(told).toEqual([]);
});

test("killed in the middle of a rebuild, what was in use stays in use", async () => {
  await runs(1, 10);
  const before = await asked(async (models) => [await running(models), await hashes(models)]);
  const builder = start("rebuild-views", folder.path("gz.db"), views());
  let reached = "";
  while (reached !== "7") reached = await builder.line();
  builder.kill("SIGKILL");
  await builder.ended();
  expect(await asked(async (models) => [await running(models), await hashes(models)])).toEqual(before);
  for (const { difference } of await opened().rebuild()) expect(difference).toBeUndefined();
  expect(told).toEqual([]);
});
