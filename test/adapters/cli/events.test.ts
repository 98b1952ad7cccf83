import { expect, test } from "vitest";
import { RunId, runStream } from "../../../src/domain/index.ts";
import { BROKEN, ECHO, rig, text } from "./rig.ts";

const here = rig();

async function ran(document: string): Promise<string> {
  const flow = await here().file("flow.yaml", document);
  return text((await here().gleitzeit(["run", flow, "--json", "--quiet"])).json, "runId");
}

test("events --json is one event a line, as other programs know them", async () => {
  const run = await ran(ECHO);
  const { exit, lines } = await here().gleitzeit(["events", run, "--json"]);
  expect(exit).toBe(0);
  expect(lines.map(({ revision }) => revision)).toEqual(lines.map((_, i) => i));
  expect(Object.keys(lines[0] ?? {})).toEqual([
    "position",
    "stream",
    "revision",
    "id",
    "type",
    "schemaVersion",
    "recordedAt",
    "metadata",
    "data",
  ]);
  expect(lines[0]).toMatchObject({
    position: "1",
    stream: runStream(RunId.parse(run)),
    type: "RunSubmitted",
    metadata: { tenant: "main", actor: { type: "cli", id: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    data: { workflow: { name: "Small talk" }, values: { inputs: {} } },
  });
  const scheduled = lines.find(({ type }) => type === "TaskScheduled");
  expect(scheduled?.data).toMatchObject({
    task: "hello",
    attempt: 1,
    values: { params: { message: "hello" } },
  });
});

test("the user's own keys come back as they were written", async () => {
  const run = await ran(
    'name: Keys\ntasks:\n  - {id: a, method: echo/echo, params: {message: {"$blob": "x", "$$sealed": 1}}}\n',
  );
  const { lines } = await here().gleitzeit(["events", run, "--json", "--type", "TaskSucceeded"]);
  expect(lines).toHaveLength(1);
  expect(lines[0]?.data).toMatchObject({ values: { result: { message: { $blob: "x", $$sealed: 1 } } } });
});

test("values up to 64 KiB are shown, larger ones stay references; show has them all", async () => {
  const long = "x".repeat(70_000);
  const run = await ran(`name: Long\ntasks:\n  - {id: a, method: echo/echo, params: {message: ${long}}}\n`);
  const { lines } = await here().gleitzeit(["events", run, "--json", "--type", "TaskSucceeded"]);
  expect(lines[0]?.data).toMatchObject({
    values: { result: { $blob: expect.stringMatching(/^sha256-/), kind: "json" } },
  });
  expect((await here().gleitzeit(["show", run, "--json"])).json).toMatchObject({
    outputs: { a: { message: long } },
  });
});

test("by type, with * for anything, several types at once", async () => {
  const run = await ran(BROKEN);
  const types = async (...args: readonly string[]) =>
    (await here().gleitzeit(["events", run, "--json", ...args])).lines.map(({ type }) => type);
  expect(await types("--type", "TaskFailed")).toEqual(["TaskFailed"]);
  expect(await types("--type", "Run*")).toEqual(["RunSubmitted", "RunStarted", "RunFailed"]);
  expect(await types("--type", "TaskSkipped", "--type", "*Failed")).toEqual([
    "TaskFailed",
    "TaskSkipped",
    "RunFailed",
  ]);
  expect(await types("--type", "Task.ailed")).toEqual([]);
});

test("after a position there is only what came later", async () => {
  const run = await ran(ECHO);
  const { lines } = await here().gleitzeit(["events", run, "--json"]);
  const third = text(lines[2] ?? {}, "position");
  expect((await here().gleitzeit(["events", run, "--json", "--after", third])).lines).toEqual(lines.slice(3));
  expect((await here().gleitzeit(["events", run, "--json", "--after", "start"])).lines).toEqual(lines);
  expect((await here().gleitzeit(["events", run, "--json", "--after", "now"])).lines).toEqual([]);
});

test("--all is the whole log in its order", async () => {
  const runs = [await ran(ECHO), await ran(BROKEN)];
  const { lines } = await here().gleitzeit(["events", "--all", "--json"]);
  const single = await Promise.all(runs.map((run) => here().gleitzeit(["events", run, "--json"])));
  expect(lines).toEqual(single.flatMap((one) => one.lines));
});

test("as text one line each, and --all says of which run", async () => {
  const run = await ran(ECHO);
  const { out } = await here().gleitzeit(["events", run], { columns: 100 });
  expect(out).toMatch(/^\S+Z +0 {2}RunSubmitted {2}/);
  expect(out).toMatch(/TaskSucceeded {2}task=hello attempt=1/);
  expect((await here().gleitzeit(["events", "--all"])).out.split("\n")[0]).toContain(run);
});

test("--follow ends with the run, and shows what came meanwhile", async () => {
  const run = await ran(ECHO);
  const { exit, lines } = await here().gleitzeit(["events", run, "--json", "--follow"]);
  expect(exit).toBe(0);
  expect(lines.at(-1)?.type).toBe("RunSucceeded");
});

test("--follow of everything ends when nobody reads any more, or at an interrupt", async () => {
  await ran(ECHO);
  for (const name of ["gone", "interrupted"] as const) {
    const stop = new AbortController();
    const following = here().gleitzeit(["events", "--all", "--json", "--follow"], { [name]: stop.signal });
    const another = await ran(ECHO);
    expect(another).not.toBe("");
    stop.abort();
    expect((await following).exit).toBe(name === "gone" ? 0 : 130);
  }
});

test("logs: what each attempt wrote, by task and attempt", async () => {
  const run = await ran(BROKEN);
  const { exit, lines } = await here().gleitzeit(["logs", run, "--json"]);
  expect(exit).toBe(0);
  expect(lines).toEqual([
    {
      task: "fine",
      attempt: 1,
      status: "succeeded",
      at: expect.any(String),
      durationMs: expect.any(Number),
      response: "ok",
    },
    {
      task: "lost",
      attempt: 0,
      status: "failed",
      at: expect.any(String),
      durationMs: 0,
      error: expect.objectContaining({ code: "TASK_PARAMETER_ERROR" }),
    },
  ]);
  expect((await here().gleitzeit(["logs", run, "--json", "--task", "fine"])).lines).toHaveLength(1);
  expect((await here().gleitzeit(["logs", run, "--json", "--attempt", "0"])).lines).toHaveLength(1);
  const { out } = await here().gleitzeit(["logs", run]);
  expect(out).toMatch(/✓ fine {2}attempt 1, succeeded after .*\nok\n/);
  expect(out).toContain("TASK_PARAMETER_ERROR");
});
