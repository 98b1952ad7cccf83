// `worker` and `run --detach`, as processes.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { OUTPUTS } from "../../src/adapters/cli/json/index.ts";
import { gleitzeit, place, started } from "./command.ts";
import { errands } from "./errands.ts";

const here = place();

test("two workers on one file, one killed in the middle: each run once, all complete", async () => {
  await errands(here(), 20, 5);
});

test("a detached run is driven by whoever works; its document says how it stands", async () => {
  const text = "name: Alone\ntasks:\n  - {id: a, method: echo/echo, params: {message: hello}}\n";
  await writeFile(join(here().folder, "alone.yaml"), text);
  const { exit, stdout } = await gleitzeit(here(), ["run", "alone.yaml", "--detach"]);
  expect(exit).toBe(0);
  expect(stdout).toMatch(/^[0-9a-f-]{36}\n$/);
  const run = stdout.trim();
  const before = await gleitzeit(here(), ["status", "--json"]);
  expect(JSON.parse(before.stdout)).toMatchObject({ runs: { pending: 1 }, queue: { pending: 1 } });
  const worker = started(here(), ["worker", "--json"]);
  await worker.saw(JSON.stringify({ runId: run, status: "succeeded" }));
  worker.child.kill("SIGINT");
  const { exit: end, stdout: told } = await worker.ended;
  expect(end).toBe(0);
  const lines = told.split("\n").filter((line) => line !== "");
  expect(lines).toHaveLength(1);
  for (const line of lines) {
    expect(OUTPUTS.worker?.schema.safeParse(JSON.parse(line)).error, line).toBeUndefined();
  }
});
