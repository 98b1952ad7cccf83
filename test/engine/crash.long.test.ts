// Twenty runs at once, whose appends share commits: the process stops at every point in turn.
import { expect, test } from "vitest";
import { calm, stormy } from "./crash-twenty.ts";

test("twenty runs at once end as if nothing had happened, wherever their process stops", async () => {
  const life = await calm();
  expect(life.points).toBeGreaterThan(1000);
  for (let at = 1; at <= life.points; at += 1) await stormy(at, life);
});
