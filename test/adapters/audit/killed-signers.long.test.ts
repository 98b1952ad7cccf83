// The same for two minutes.
import { expect, test } from "vitest";
import { killedSigners } from "./killed-signers.ts";

const TWO_MINUTES = 120_000;

test("two minutes of killing", async () => {
  const start = performance.now();
  const { signed, starts } = await killedSigners(8, () => performance.now() - start > TWO_MINUTES);
  expect(signed).toBeGreaterThanOrEqual(10);
  expect(starts).toBeGreaterThanOrEqual(12);
});
