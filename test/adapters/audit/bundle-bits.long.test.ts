// Ten thousand single bits of bundles, turned one at a time: none goes unnoticed.
import { expect, test } from "vitest";
import { rig } from "../cli/rig.ts";
import { flipped, madeBundles, numbers, verified } from "./bundles.ts";

const at = rig();

test("10,000 sampled bits", async () => {
  const made = await madeBundles(at());
  const below = numbers(Date.now());
  const missed: number[] = [];
  for (const bundle of [made.run, made.all]) {
    for (let i = 0; i < 5_000; i += 1) {
      const bit = below(bundle.length * 8);
      if ((await verified(flipped(bundle, bit), made.keys)).ok) missed.push(bit);
    }
  }
  expect(missed).toEqual([]);
});
