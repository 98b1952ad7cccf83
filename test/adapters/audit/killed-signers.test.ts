// `kill -9` of whoever signs: what any of them ever showed as signed is of one history.
import { expect, test } from "vitest";
import { killedSigners } from "./killed-signers.ts";

test("eight writers, killed as they sign: all checkpoints are pairwise consistent", async () => {
  const { signed, starts } = await killedSigners(8, (shown) => shown >= 12);
  expect(signed).toBeGreaterThanOrEqual(10);
  expect(starts).toBeGreaterThanOrEqual(8);
});
