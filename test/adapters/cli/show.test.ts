import { expect, test } from "vitest";
import { at, BROKEN, ECHO, rig, text } from "./rig.ts";

const here = rig();

async function ran(document: string, ...args: readonly string[]): Promise<string> {
  const flow = await here().file("flow.yaml", document);
  return text((await here().gleitzeit(["run", flow, "--json", "--quiet", ...args])).json, "runId");
}

test("show --json is what run --json was", async () => {
  const flow = await here().file("flow.yaml", ECHO);
  const first = (await here().gleitzeit(["run", flow, "--json"])).json;
  const { exit, json } = await here().gleitzeit(["show", text(first, "runId"), "--json"]);
  expect(exit).toBe(0);
  expect(json).toEqual({ ...first, position: json.position });
  expect(Number(json.position)).toBeGreaterThanOrEqual(Number(first.position)); // the log was signed meanwhile
});

test("a run is found by its id, the beginning of it, and its own name", async () => {
  const run = await ran(ECHO, "--id", "harvest 1");
  for (const name of [run, run.toUpperCase(), run.slice(0, 8), "harvest 1"]) {
    expect((await here().gleitzeit(["show", name, "--json"])).json.runId).toBe(run);
  }
});

test("a beginning that is too short, or of nothing, is no run; one of several is told so", async () => {
  const runs = [await ran(ECHO), await ran(ECHO)];
  const common = runs[0]?.slice(0, 6) ?? "";
  expect(runs[1]).toContain(common);
  const several = await here().gleitzeit(["show", common, "--json"]);
  expect(several.exit).toBe(2);
  for (const run of runs) expect(at(several.json, "error.message")).toContain(run);
  for (const name of [common.slice(0, 5), "ffffff", "nobody", "00000000-0000-7000-8000-000000000000"]) {
    const { exit, json } = await here().gleitzeit(["show", name, "--json"]);
    expect({ exit, code: at(json, "error.code") }).toEqual({ exit: 4, code: "RUN_NOT_FOUND" });
  }
});

test("--at shows the run as it stood after that event, and no later", async () => {
  const run = await ran(BROKEN);
  const stood = async (revision: number) =>
    (await here().gleitzeit(["show", run, "--at", String(revision), "--json"])).json;
  expect(await stood(0)).toMatchObject({ status: "pending", events: 1, error: null, outputs: {} });
  const last = Number((await here().gleitzeit(["show", run, "--json"])).json.events) - 1;
  expect(await stood(last)).toMatchObject({ status: "failed" });
  expect(await stood(last - 1)).toMatchObject({ status: "running", events: last, durationMs: null });
  const { exit, json } = await here().gleitzeit(["show", run, "--at", String(last + 1), "--json"]);
  expect({ exit, code: at(json, "error.code") }).toEqual({ exit: 4, code: "RUN_NOT_FOUND" });
  expect(at(json, "error.message")).toContain(`its last is ${last}`);
});

test("--task shows its params, attempts and what it waited for", async () => {
  const run = await ran(ECHO);
  const { exit, json } = await here().gleitzeit(["show", run, "--task", "reply", "--json"]);
  expect(exit).toBe(0);
  expect(json).toMatchObject({
    runId: run,
    task: {
      id: "reply",
      status: "succeeded",
      params: { strings: ["hello", "yourself"] },
      result: { result: "hello yourself" },
      timeline: { attempts: [{ attempt: 1, outcome: "succeeded", provider: "mcp" }] },
    },
  });
  const { out } = await here().gleitzeit(["show", run, "--task", "reply"]);
  expect(out).toMatch(/✓ reply succeeded {2}mcp\/tool\.concat/);
  expect(out).toMatch(/attempt 1 by mcp \(builtin\): succeeded/);
  expect(out).toMatch(/params\nstrings:\n/);
});

test("a task that is not there is exit 4, and those that are are named", async () => {
  const run = await ran(ECHO);
  const { exit, json } = await here().gleitzeit(["show", run, "--task", "nobody", "--json"]);
  expect({ exit, code: at(json, "error.code") }).toEqual({ exit: 4, code: "TASK_NOT_FOUND" });
  expect(at(json, "error.message")).toContain("hello, reply");
});

test("as text: who, when, how long, the tasks and the outputs", async () => {
  const run = await ran(ECHO, "--id", "nightly");
  const { out } = await here().gleitzeit(["show", run]);
  expect(out).toMatch(/^Small talk\nrun +[0-9a-f-]{36}\nname +nightly\nstatus +✓ succeeded\n/);
  expect(out).toMatch(/submitted +\S+Z by tester\n/);
  expect(out).toMatch(/hello +✓ succeeded +1 +/);
  expect(out).toContain("said: hello yourself");
});

test("of a failed run the reasons", async () => {
  const { out } = await here().gleitzeit(["show", await ran(BROKEN)]);
  expect(out).toContain("TASK_PARAMETER_ERROR");
  expect(out).toContain("not run because of it: after");
});

test("what a document is called cannot paint over the screen", async () => {
  const esc = String.fromCharCode(27);
  const flow = ECHO.replace("Small talk", '"Small\\e[2J talk"').replace(
    "message: hello",
    'message: "\\e]0;owned\\a"',
  );
  const run = await ran(flow);
  for (const command of ["show", "list", "events", "logs"]) {
    const { out } = await here().gleitzeit(command === "list" ? ["list"] : [command, run]);
    expect(out).not.toContain(esc);
  }
});

test("a name that was erased leaves the actor's kind and the beginning of its id", async () => {
  const run = await ran(ECHO);
  const { readdir, rm } = await import("node:fs/promises");
  const folder = `${here().home}/keys/gleitzeit.db/names`;
  for (const name of await readdir(folder)) await rm(`${folder}/${name}`);
  expect((await here().gleitzeit(["show", run])).out).toMatch(/by cli [0-9a-f]{8}\n/);
});

test("runs stay readable when the key is gone, only names of runs are not found; nothing new is submitted", async () => {
  const run = await ran(ECHO, "--id", "nightly");
  const { rm } = await import("node:fs/promises");
  await rm(`${here().home}/keys`, { recursive: true });
  expect((await here().gleitzeit(["show", run, "--json"])).exit).toBe(0);
  expect((await here().gleitzeit(["show", "nightly", "--json"])).exit).toBe(5);
  const flow = await here().file("flow.yaml", ECHO);
  const refused = await here().gleitzeit(["run", flow, "--json"]);
  expect(refused.exit).toBe(5);
  expect(at(refused.json, "error.message")).toContain("main.key is missing");
});
