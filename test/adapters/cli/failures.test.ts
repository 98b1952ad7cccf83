import { expect, test } from "vitest";
import { BROKEN, ECHO, rig, text } from "./rig.ts";

const here = rig();

async function ran(document: string, name = "flow.yaml"): Promise<string> {
  const flow = await here().file(name, document);
  return text((await here().gleitzeit(["run", flow, "--json", "--quiet"])).json, "runId");
}

const MODEL = `name: Sums
tasks:
  - {id: sum, method: mcp/tool.multiply, params: {a: 9007199254740991, b: 10}}
  - {id: each, method: echo/echo, for_each: [1, 2], params: {message: "\${item.nowhere}"}}
`;

async function causes(...args: readonly string[]) {
  const { exit, json } = await here().gleitzeit(["failures", "--json", ...args]);
  expect(exit).toBe(0);
  return json.items;
}

test("one line for each code, the most frequent first, with counts and the latest as an example", async () => {
  await ran(BROKEN);
  const last = await ran(BROKEN);
  const sums = await ran(MODEL);
  await ran(ECHO);
  expect(await causes()).toEqual([
    {
      cause: "TASK_PARAMETER_ERROR",
      count: 4,
      runs: 3,
      last: expect.any(String),
      example: {
        runId: sums,
        workflow: { id: "sums", name: "Sums" },
        task: expect.stringMatching(/^each\[[01]\]$/),
        code: "TASK_PARAMETER_ERROR",
        message: expect.stringContaining("nowhere"),
      },
    },
    {
      cause: "TASK_RESULT_INVALID",
      count: 1,
      runs: 1,
      last: expect.any(String),
      example: expect.objectContaining({ runId: sums, task: "sum" }),
    },
  ]);
  expect(await causes("--since", "2100-01-01")).toEqual([]);
  expect(await causes("--limit", "1")).toMatchObject([{ cause: "TASK_PARAMETER_ERROR" }]);
  expect((await here().gleitzeit(["failures", "--limit", "1"])).err).toBe(
    "1 cause more: --limit, up to 500\n",
  );
  const { out } = await here().gleitzeit(["failures", "--by", "workflow"], { columns: 110 });
  expect(out).toMatch(/^COUNT +RUNS +WORKFLOW +LAST +EXAMPLE/);
  expect(out).toMatch(new RegExp(`^3 +1 +Sums .* ${sums}`, "m"));
  expect(out).toMatch(new RegExp(`^2 +2 +Broken .* ${last} +lost: `, "m"));
  expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(110);
});

test("by task the elements of one task are one; by model what was asked for, or who was", async () => {
  await ran(MODEL);
  expect(await causes("--by", "task")).toMatchObject([
    { cause: "sums/each", count: 2 },
    { cause: "sums/sum", count: 1 },
  ]);
  await ran(
    "name: Asks\ntasks:\n  - {id: a, method: mcp/tool.multiply, params: {a: 9007199254740991, b: 10, model: small}}\n",
  );
  expect(await causes("--by", "model")).toMatchObject([{ cause: "none", count: 2 }, { count: 1 }]);
});

test("where nothing has failed it says so", async () => {
  await ran(ECHO);
  expect(await here().gleitzeit(["failures"])).toMatchObject({ exit: 0, out: "" });
  expect((await here().gleitzeit(["failures"])).err).toMatch(/^nothing has failed in sqlite:/);
});
