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
const ENDS = ["ok", "TASK_EXECUTION_FAILED", "TASK_EXECUTION_FAILED", "TASK_TIMEOUT", "ok"];
const SCRIPTS = ["raise ValueError", "result = 1", "result = 2"];

test("fifty jobs leave no container", async (context) => {
  if (real.missing !== undefined) return context.skip(real.missing);
  const here = box(real, { concurrent: 6, spares: 2 });
  const rounds = Array.from({ length: 25 }, (_, i) => i);
  const programs = rounds.map((i) => here.run({ ...PROGRAMS[i % PROGRAMS.length] }));
  const scripts = rounds.map((i) => here.script({ code: SCRIPTS[i % SCRIPTS.length] ?? "" }));
  const ended = (jobs: typeof programs) =>
    Promise.all(jobs.map(async (job) => job.then((outcome) => (outcome.ok ? "ok" : outcome.error.code))));
  expect(await ended(programs)).toEqual(rounds.map((i) => ENDS[i % ENDS.length]));
  expect(await ended(scripts)).toEqual(rounds.map((i) => (i % 3 === 0 ? "TASK_EXECUTION_FAILED" : "ok")));
  await here.close();
  expect(await standing(real.docker)).toBe(0);
});
