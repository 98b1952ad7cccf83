import { expect, test } from "vitest";
import { isList } from "../../../src/domain/index.ts";
import { at, BROKEN, ECHO, rig, text } from "./rig.ts";

const here = rig();

/** Two that succeed, one that fails, in this order. */
async function three(): Promise<readonly string[]> {
  const echo = await here().file("echo.yaml", ECHO);
  const broken = await here().file("broken.yaml", BROKEN);
  const runs: string[] = [];
  for (const flow of [echo, broken, echo]) {
    runs.push(text((await here().gleitzeit(["run", flow, "--json", "--quiet"])).json, "runId"));
  }
  return runs;
}

test("runs, newest first, as one document", async () => {
  const [first, second, third] = await three();
  const { exit, json, err } = await here().gleitzeit(["list", "--json"]);
  expect({ exit, err }).toEqual({ exit: 0, err: "" });
  expect(json).toMatchObject({
    nextCursor: null,
    items: [
      { runId: third, status: "succeeded", error: null, workflow: { id: "small-talk", name: "Small talk" } },
      { runId: second, status: "failed", error: { code: "WORKFLOW_EXECUTION_FAILED", task: "lost" } },
      { runId: first, status: "succeeded", durationMs: expect.any(Number), priority: "normal", tags: [] },
    ],
  });
});

test("filters by status, workflow and age", async () => {
  const [first, second, third] = await three();
  const found = async (...args: readonly string[]): Promise<readonly unknown[]> => {
    const { items } = (await here().gleitzeit(["list", "--json", ...args])).json;
    return isList(items)
      ? items.map((item) => (typeof item === "object" && item && "runId" in item ? item.runId : item))
      : [];
  };
  expect(await found("--status", "failed")).toEqual([second]);
  expect(await found("--status", "failed", "--status", "succeeded")).toEqual([third, second, first]);
  expect(await found("--workflow", "Small talk")).toEqual([third, first]);
  expect(await found("--workflow", "broken")).toEqual([second]);
  expect(await found("--since", "1h")).toHaveLength(3);
  expect(await found("--since", "2100-01-01")).toEqual([]);
});

test("pages join: the cursor of one is the beginning of the next", async () => {
  await three();
  const whole = (await here().gleitzeit(["list", "--json"])).json.items;
  const first = (await here().gleitzeit(["list", "--json", "--limit", "2"])).json;
  const second = (
    await here().gleitzeit(["list", "--json", "--limit", "2", "--cursor", text(first, "nextCursor")])
  ).json;
  expect([first.items, second.items].flat()).toEqual(whole);
  expect(second.nextCursor).toBeNull();
});

test("as a table that fits the terminal", async () => {
  const [, second] = await three();
  const { out } = await here().gleitzeit(["list"], { columns: 80 });
  const lines = out.trimEnd().split("\n");
  expect(lines[0]).toMatch(/^RUN +STATUS +.*WORK/);
  expect(lines[2]).toContain(`${second}  failed`);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("a page that is not the last says how to go on", async () => {
  await three();
  expect((await here().gleitzeit(["list", "--limit", "1"])).err).toMatch(/^more: --cursor v1\.\d+\n$/);
});

test("where nothing ever ran there is nothing, and nothing is made", async () => {
  const { exit, json } = await here().gleitzeit(["list", "--json"]);
  expect({ exit, json }).toEqual({ exit: 0, json: { items: [], nextCursor: null } });
  expect((await here().gleitzeit(["list"])).err).toMatch(
    /^there is no store at sqlite:\S+ yet; --store names/,
  );
  const none = await here().gleitzeit(["show", "monday"]);
  expect([none.exit, none.err]).toEqual([4, expect.stringContaining("there is no store at sqlite:")]);
  expect((await here().gleitzeit(["status", "--json"])).json).toMatchObject({
    head: "start",
    runs: {},
    last: [],
  });
});

test("status counts, shows the last runs and where they are kept", async () => {
  const [, , third] = await three();
  const { exit, json } = await here().gleitzeit(["status", "--json"]);
  expect(exit).toBe(0);
  expect(json).toMatchObject({
    store: `sqlite:${here().home}/gleitzeit.db`,
    head: expect.stringMatching(/^\d+$/),
    runs: { succeeded: 2, failed: 1 },
    due: [],
    unattended: [],
  });
  expect(isList(json.last) && json.last[0]).toMatchObject({ runId: third });
  const { out } = await here().gleitzeit(["status"]);
  expect(out).toContain("2 succeeded, 1 failed");
});

test("a store that was about to be made holds no runs; a place where none can be is refused, not empty", async () => {
  const empty = await here().file("empty.db", "");
  const { exit, json } = await here().gleitzeit(["list", "--json", "--store", `sqlite:${empty}`]);
  expect({ exit, json }).toEqual({ exit: 0, json: { items: [], nextCursor: null } });
  for (const command of ["list", "status"]) {
    const refused = await here().gleitzeit([command, "--json", "--store", `sqlite:${empty}/log.db`]);
    expect([refused.exit, at(refused.json, "error.code")]).toEqual([3, "CONFIGURATION_ERROR"]);
  }
});
