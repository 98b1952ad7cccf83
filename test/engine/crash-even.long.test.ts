// Twenty runs at once, whose appends share commits: the process stops at every even point. The others are another file's,
// so that two processors share them.
import { expect, test } from "vitest";
import { calm, stormy } from "./crash-twenty.ts";

test("twenty runs at once end as if nothing had happened, at whichever even point their process stops", async () => {
  const life = await calm();
  expect(life.points).toBeGreaterThan(1000);
  for (let at = 2; at <= life.points; at += 2) await stormy(at, life);
});
