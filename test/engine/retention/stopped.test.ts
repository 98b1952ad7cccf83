// Retention that is stopped anywhere loses nothing, and does the rest the next time.
import { expect, test } from "vitest";
import { blobsIn, callsOfAll, gone, LEFT, lost, prepared, stood, stoppedAt } from "./stops.ts";

test("uninterrupted: three streams leave, their blobs with them, and the log says so", async () => {
  const here = await prepared();
  const before = await stood(here);
  const done = await here.retain();
  expect(done).toMatchObject({ failed: [], kept: [], swept: { runs: 3, missing: [] } });
  expect(done.archived.map(({ because }) => because)).toEqual(["age", "age"]);
  expect(done.swept.events).toBe(before.size);
  expect(await gone(here)).toEqual(LEFT);
  expect(await lost(here, before)).toEqual([]);
  const blobs = blobsIn(await here.archived());
  expect(blobs.length).toBeGreaterThan(4);
  for (const hash of blobs) expect(await here.store.blobs.has("main", hash)).toBe(false);
  expect(done.swept.blobs).toBe(new Set(blobs).size);
  expect(await here.audited()).toMatchObject({ problems: [], found: 0 });
  expect((await here.models.runs("main", { limit: 10 })).rows).toEqual([]);
});

test("stopped at every single call, before it or behind it: nothing is lost, and the next one does the rest", async () => {
  const calls = await callsOfAll();
  expect(calls).toBeGreaterThan(15);
  for (let at = 1; at <= calls; at += 1) await stoppedAt(at, at % 2 === 0);
}, 120_000);
