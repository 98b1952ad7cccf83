import { expect, test } from "vitest";
import { place } from "./command.ts";
import { errands } from "./errands.ts";

const here = place();

test.each(Array.from({ length: 10 }, (_, i) => [i + 1]))("500 runs, round %i", async (round) => {
  expect(round).toBeGreaterThan(0);
  await errands(here(), 250, round * 10);
});
