// Fifty jobs of every kind of end, many at once, on a real daemon: in the end nothing of them is there.
import { afterAll, expect, test } from "vitest";
import { realDocker } from "./dockerd.ts";
import { box, standing } from "./real/box.ts";

const real = await realDocker();
afterAll(() => real.close());

const PROGRAMS = [
  { command: ["true"] },
  { command: ["false"] },
  { command: ["yes"] },
  { command: "trap '' TERM; while :; do sleep 1; done", timeout: "1s" },
  { command: "mkdir out; echo x > out/y", collect: ["out"] },
] as const;

test("fifty jobs leave no container", async (context) => {
  if (real.missing !== undefined) return context.skip(real.missing);
  const here = box(real, { concurrent: 6, spares: 2 });
  const jobs = Array.from({ length: 50 }, (_, i) =>
    i % 2 === 0
      ? here.run({ ...PROGRAMS[(i / 2) % PROGRAMS.length] })
      : here.script({ code: i % 3 === 0 ? "raise ValueError" : "result = 1" }),
  );
  const outcomes = await Promise.all(jobs);
  expect(outcomes.filter(({ ok }) => ok).length).toBe(26);
  await here.close();
  expect(await standing(real.docker)).toBe(0);
});
