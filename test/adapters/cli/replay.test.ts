import childProcess from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withNothingOutside } from "./nothing-outside.ts";
import { at, BROKEN, ECHO, rig, text } from "./rig.ts";

const here = rig();

async function ran(document: string, name = "flow.yaml", ...more: readonly string[]): Promise<string> {
  const flow = await here().file(name, document);
  return text((await here().gleitzeit(["run", flow, ...more, "--json", "--quiet"])).json, "runId");
}

const SCRIPTS = `name: Scripts
tasks:
  - id: count
    method: javascript/execute
    params: {code: "result = context.n + 1", context: {n: 2}}
  - id: said
    method: echo/echo
    params: {message: "\${count.result}"}
  - id: call
    workflow: ./inner.yaml
    dependencies: [said]
`;

test("view: every event in order, when it was, and what it changed", async () => {
  const run = await ran(BROKEN);
  const { exit, out } = await here().gleitzeit(["replay", run]);
  expect(exit).toBe(0);
  expect(out).toMatch(/^ {4}0 {2}\+0 ms.*RunSubmitted$/m);
  expect(out).toContain("· fine: waiting → running");
  expect(out).toContain("· after: waiting → skipped");
  expect(out).toMatch(/lost: failed, TASK_PARAMETER_ERROR: /);
  expect(out).toMatch(/· run: running → failed/);
  const { json } = await here().gleitzeit(["replay", run, "--mode", "view", "--json"]);
  expect(json).toMatchObject({ runId: run, mode: "view", status: "failed", divergences: [] });
  expect(at(json, "transitions")).toHaveLength(
    Number(at((await here().gleitzeit(["show", run, "--json"])).json, "events")),
  );
});

test("stub: decided again when scripts, documents and everything else are gone, and nothing reaches outside", async () => {
  await here().file("inner.yaml", ECHO.replace("Small talk", "Inner"));
  const run = await ran(SCRIPTS);
  await rm(here().folder, { recursive: true });
  const store = await readFile(join(here().home, "gleitzeit.db"));
  const { value, tried } = await withNothingOutside(() =>
    here().gleitzeit(["replay", run, "--mode", "stub", "--json"]),
  );
  expect({ tried, err: value.err }).toEqual({ tried: [], err: "" });
  expect(value.json).toMatchObject({
    runId: run,
    mode: "stub",
    divergences: [],
    unknown: [],
    status: "succeeded",
  });
  expect(at(value.json, "events")).toBeGreaterThan(15);
  expect(await readFile(join(here().home, "gleitzeit.db"))).toEqual(store);
});

test("can fail: what reaches outside is noticed", async () => {
  const { tried } = await withNothingOutside(async () => {
    expect(() => childProcess.spawnSync("true")).toThrow("reaches outside");
  });
  expect(tried).toEqual(["spawnSync"]);
});

test("against another document: exit 3, and what is otherwise is named by task, event and cause", async () => {
  const run = await ran(ECHO);
  const other = await here().file("other.yaml", ECHO.replace('"yourself"', '"everybody"'));
  const { exit, out } = await here().gleitzeit(["replay", run, "--against", other], { columns: 90 });
  expect(exit).toBe(3);
  expect(out).toContain("reply is called with other params: strings[1]  at event");
  expect(out).toMatch(/expected yourself\n {4}actual {3}everybody/);
  const { json } = await here().gleitzeit(["replay", run, "--against", other, "--json"]);
  expect(json.divergences).toEqual([
    {
      task: "reply",
      event: expect.any(String),
      revision: expect.any(Number),
      type: "TaskScheduled",
      kind: "params",
      path: "strings[1]",
      expected: "yourself",
      actual: "everybody",
    },
  ]);
});

test("all recorded runs against a folder of documents, as text, JUnit and Markdown", async () => {
  for (let i = 0; i < 3; i += 1) await ran(ECHO);
  await ran(BROKEN);
  await here().file("new/flow.yaml", ECHO.replace('"yourself"', '"<you> & me"'));
  await here().file("new/broken.yaml", BROKEN);
  const folder = join(here().folder, "new");
  const gate = (...more: readonly string[]) =>
    here().gleitzeit(["replay", "--all", "--against", folder, ...more]);
  const { exit, out } = await gate();
  expect(exit).toBe(3);
  expect(out).toContain("4 runs replayed, 1 the same, 3 otherwise");
  expect(out).toContain("3 × reply is called with other params: strings[]");
  const junit = (await gate("--format", "junit")).out;
  expect(junit).toContain('<testsuites name="gleitzeit replay" tests="4" failures="3" errors="0">');
  expect(junit).toContain("actual &lt;you&gt; &amp; me");
  expect((await gate("--format", "markdown")).out).toMatch(
    /^### ✗ Replay: .*\n\n\| Runs \|[^\n]+\n[^\n]+\n\| 3 \| Small talk \| `reply` \|/,
  );
  expect((await gate("--json")).json).toMatchObject({ runs: 4, same: 1, different: 3, failed: 0 });
  const same = await here().gleitzeit(["replay", "--all", "--workflow", "broken"]);
  expect(same).toMatchObject({ exit: 0, out: "1 run replayed, 1 the same\n" });
});

test("what makes no sense is wrong usage, and what is not there is not found", async () => {
  const run = await ran(ECHO);
  for (const wrong of [
    [],
    [run, "--all"],
    [run, "--mode", "twice"],
    [run, "--mode", "view", "--against", "x.yaml"],
    [run, "--format", "junit"],
  ]) {
    expect((await here().gleitzeit(["replay", ...wrong, "--json"])).exit, wrong.join(" ")).toBe(2);
  }
  expect((await here().gleitzeit(["replay", "nobody", "--json"])).exit).toBe(4);
  expect((await here().gleitzeit(["replay", run, "--against", "no.yaml", "--json"])).exit).toBe(4);
  expect((await here().gleitzeit(["replay", "--all", "--workflow", "no", "--json"])).exit).toBe(4);
});
