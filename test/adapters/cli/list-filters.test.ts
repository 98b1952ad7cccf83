// Runs by what happens in them.
import { expect, test } from "vitest";
import { isList, isObject } from "../../../src/domain/index.ts";
import { elsewhere } from "./elsewhere.ts";
import { at, BROKEN, ECHO, rig, text } from "./rig.ts";

const here = rig({ withImages: true });

async function ran(document: string): Promise<string> {
  const flow = await here().file("flow.yaml", document);
  return text((await here().gleitzeit(["run", flow, "--json", "--quiet"])).json, "runId");
}

async function found(...args: readonly string[]): Promise<readonly unknown[]> {
  const { items } = (await here().gleitzeit(["list", "--json", ...args])).json;
  return isList(items) ? items.map((item) => at(item, "runId")) : [];
}

test("by error, which is a failed task's own, by task, and by both", async () => {
  const broken = await ran(BROKEN);
  await ran(ECHO);
  const late = await ran(
    "name: Late\ntimeout: 0.05\ntasks:\n  - {id: a, method: python/execute, params: {code: 'while True: pass'}}\n",
  );
  expect(await found("--error", "TASK_PARAMETER_ERROR")).toEqual([broken]);
  expect(await found("--error", "task_parameter_error", "--task", "lost")).toEqual([broken]);
  expect(await found("--error", "TASK_PARAMETER_ERROR", "--task", "fine")).toEqual([]);
  expect(await found("--task", "lost")).toEqual([broken]);
  expect(await found("--error", "WORKFLOW_TIMEOUT")).toEqual([late]);
});

test("elements of a task are found by the task", async () => {
  const each = await ran(
    "name: Each\ntasks:\n  - {id: each, method: echo/echo, for_each: [1, 2], params: {message: '${item.no}'}}\n",
  );
  expect(await found("--task", "each", "--error", "TASK_PARAMETER_ERROR")).toEqual([each]);
  const { exit, json } = await here().gleitzeit(["list", "--task", "each[1]", "--json"]);
  expect([exit, at(json, "error.message")]).toEqual([2, expect.stringContaining("name each, not each[1]")]);
});

test("filters narrow one another down, page by page", async () => {
  const broken = [
    await ran(`tags: [nightly]\n${BROKEN}`),
    await ran(BROKEN),
    await ran(`tags: [nightly]\n${BROKEN}`),
  ];
  await ran(`tags: [nightly]\n${ECHO}`);
  const asked = ["--tag", "nightly", "--error", "TASK_PARAMETER_ERROR", "--status", "failed"];
  expect(await found(...asked, "--workflow", "Broken")).toEqual([broken[2], broken[0]]);
  expect(await found(...asked, "--workflow", "Other")).toEqual([]);
  expect(await found(...asked, "--status", "running")).toEqual([broken[2], broken[0]]);
  const first = (await here().gleitzeit(["list", "--json", ...asked, "--limit", "1"])).json;
  expect(isList(first.items) && at(first.items[0], "runId")).toBe(broken[2]);
  expect(await found(...asked, "--cursor", text(first, "nextCursor"))).toEqual([broken[0]]);
});

test("by tag, of those that the document has", async () => {
  const tagged = await ran(`tags: [nightly, sums]\n${ECHO}`);
  await ran(ECHO);
  expect(await found("--tag", "sums")).toEqual([tagged]);
  expect(await found("--tag", "sum")).toEqual([]);
});

test("those that wait for their next attempt, and those that have not moved for a while", async () => {
  await ran(ECHO);
  const { started } = await elsewhere(here());
  expect(await found("--retrying")).toEqual([started.run]);
  expect(await found("--task", "much")).toEqual([started.run]);
  expect(await found("--stuck", "1h")).toEqual([]);
  expect(await found("--stuck", "0.001")).toEqual([started.run]);
  await here().gleitzeit(["cancel", started.run]);
  expect(await found("--retrying")).toEqual([]);
  expect(await found("--stuck", "0.001")).toEqual([]);
});

test("retry --all repeats each run that failed with the code, once", async () => {
  const broken = [await ran(BROKEN), await ran(BROKEN)];
  const sums = await ran(
    "name: S\ntasks:\n  - {id: a, method: mcp/tool.multiply, params: {a: 9007199254740991, b: 10}}\n",
  );
  const { exit, json } = await here().gleitzeit([
    "retry",
    "--all",
    "--error",
    "TASK_PARAMETER_ERROR",
    "--json",
  ]);
  expect(exit).toBe(1);
  const items = isList(json.items) ? json.items.filter(isObject) : [];
  expect(items.map(({ retryOf }) => retryOf).toSorted()).toEqual(broken.toSorted());
  expect(json).toMatchObject({ succeeded: 0, failed: 2 });
  const again = await here().gleitzeit(["retry", "--all", "--error", "TASK_PARAMETER_ERROR", "--json"]);
  expect(items.map(({ runId }) => runId).toSorted()).toEqual(
    (isList(again.json.items) ? again.json.items : []).map((item) => at(item, "retryOf")).toSorted(),
  );
  expect(await found("--error", "TASK_RESULT_INVALID")).toEqual([sums]);
});

test("nothing to retry is no failure", async () => {
  await ran(ECHO);
  const { exit, json } = await here().gleitzeit(["retry", "--all", "--error", "TASK_TIMEOUT", "--json"]);
  expect({ exit, json }).toEqual({ exit: 0, json: { items: [], succeeded: 0, failed: 0 } });
  const { err } = await here().gleitzeit(["retry", "--all", "--error", "TASK_TIMEOUT"]);
  expect(err).toContain("no failed run with TASK_TIMEOUT is left that was not retried or forked already");
});
