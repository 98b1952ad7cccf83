import { execFile } from "node:child_process";
import { lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { at, BROKEN, ECHO, rig, text } from "./rig.ts";

const here = rig();

test("run --json prints the run and nothing else", async () => {
  const flow = await here().file("flow.yaml", ECHO);
  const { exit, json, err } = await here().gleitzeit(["run", flow, "--json", "--quiet"]);
  expect(exit).toBe(0);
  expect(err).toBe("");
  expect(json).toEqual({
    runId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    workflow: { id: "small-talk", name: "Small talk", hash: expect.stringMatching(/^sha256-[0-9a-f]{64}$/) },
    status: "succeeded",
    submittedAt: expect.any(String),
    startedAt: expect.any(String),
    endedAt: expect.any(String),
    durationMs: expect.any(Number),
    tasks: {
      hello: {
        name: "hello",
        method: "echo/echo",
        status: "succeeded",
        attempts: 1,
        result: { response: "hello", message: "hello" },
        error: null,
        durationMs: expect.any(Number),
      },
      reply: expect.objectContaining({ method: "mcp/tool.concat", status: "succeeded" }),
    },
    outputs: { said: "hello yourself" },
    error: null,
    events: expect.any(Number),
    head: expect.stringMatching(/^\d+$/),
    position: expect.stringMatching(/^\d+$/),
  });
  const events = await here().gleitzeit(["events", text(json, "runId"), "--json"]);
  expect(events.lines).toHaveLength(Number(json.events));
  expect(events.lines.at(-1)?.position).toBe(json.head);
});

test("without a terminal each transition is one plain line, and outputs are data", async () => {
  const flow = await here().file("flow.yaml", ECHO);
  const { exit, out, err } = await here().gleitzeit(["run", flow]);
  expect(exit).toBe(0);
  expect(out).toBe("said: hello yourself\n");
  expect(err.split("\n").filter((line) => /^(?:hello|reply): running$/.test(line))).toHaveLength(2);
  expect(err).toMatch(/^run started\n/);
  expect(err).toMatch(/✓ Small talk succeeded in .* \(2 tasks, run [0-9a-f-]{36}\)\n$/);
});

test("--quiet leaves the data", async () => {
  const flow = await here().file("flow.yaml", ECHO);
  expect(await here().gleitzeit(["run", flow, "--quiet"])).toMatchObject({
    out: "said: hello yourself\n",
    err: "",
  });
});

test("a failed run exits 1 and says what failed, why, what was not run because of it and what to do", async () => {
  const flow = await here().file("flow.yaml", BROKEN);
  const { exit, out, err } = await here().gleitzeit(["run", flow]);
  expect(exit).toBe(1);
  expect(out).toBe("");
  expect(err).toContain("✗ Broken failed");
  expect(err).toContain("TASK_PARAMETER_ERROR");
  expect(err).toContain("fine.nowhere");
  expect(err).toContain("echo/echo, never started");
  expect(err).toContain("not run because of it: after");
  expect(err).toContain("→ correct the reference");
  expect(err).toMatch(/gleitzeit retry [0-9a-f-]{36}/);
});

test("its document keeps the first task's error as the cause", async () => {
  const flow = await here().file("flow.yaml", BROKEN);
  const { json } = await here().gleitzeit(["run", flow, "--json"]);
  expect(json).toMatchObject({
    status: "failed",
    outputs: {},
    error: {
      code: "WORKFLOW_EXECUTION_FAILED",
      retryable: false,
      cause: { code: "TASK_PARAMETER_ERROR", details: expect.any(Object) },
    },
    tasks: {
      lost: { status: "failed", attempts: 0, result: null, durationMs: null },
      after: { status: "skipped", error: null, skipped: { reason: "dependency-failed", because: "lost" } },
    },
  });
});

test("--output writes the document whole, and nothing else into its folder", async () => {
  const flow = await here().file("flow.yaml", ECHO);
  const folder = join(here().folder, "out");
  await mkdir(folder);
  const { json } = await here().gleitzeit(["run", flow, "--json", "--output", join(folder, "run.json")]);
  expect(JSON.parse(await readFile(join(folder, "run.json"), "utf8"))).toEqual(json);
  expect(await readdir(folder)).toEqual(["run.json"]);
  const refused = await here().gleitzeit(["run", "nowhere.yaml", "--output", join(folder, "other.json")]);
  expect(refused.exit).toBe(4);
  expect(await readdir(folder)).toEqual(["run.json"]);
});

test("--output writes into a pipe or a device, and through a link, and replaces none of them", async () => {
  const flow = await here().file("flow.yaml", ECHO);
  const [pipe, link, target] = ["pipe", "link.json", "target.json"].map((name) => join(here().folder, name));
  if (!pipe || !link || !target) throw new Error("three names");
  await promisify(execFile)("mkfifo", [pipe]);
  const [piped, read] = await Promise.all([
    here().gleitzeit(["run", flow, "--json", "--output", pipe]),
    readFile(pipe, "utf8"),
  ]);
  expect(JSON.parse(read)).toEqual(piped.json);
  expect((await stat(pipe)).isFIFO()).toBe(true);
  await writeFile(target, "before");
  await symlink("target.json", link);
  const linked = await here().gleitzeit(["run", flow, "--json", "--output", link]);
  expect(JSON.parse(await readFile(target, "utf8"))).toEqual(linked.json);
  expect((await lstat(link)).isSymbolicLink()).toBe(true);
});

test("a document that is not valid runs nothing, makes no store, and exits 3 with every problem", async () => {
  const flow = await here().file(
    "flow.yaml",
    "name: X\ntasks:\n  - {id: a, metod: echo/echo}\n  - {id: b, method: nope/x}\n",
  );
  const { exit, json } = await here().gleitzeit(["run", flow, "--json"]);
  expect(exit).toBe(3);
  expect(json.problems).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ file: flow, line: 3, message: expect.stringContaining("metod") }),
      expect.objectContaining({ line: 4, message: expect.stringContaining("nope") }),
    ]),
  );
  await expect(readdir(here().home)).rejects.toThrow("ENOENT");
  const plain = await here().gleitzeit(["run", flow]);
  expect(plain.out).toBe("");
  expect(plain.err).toContain("flow.yaml:3:");
});

test("a document that is not there is exit 4", async () => {
  const { exit, json } = await here().gleitzeit(["run", "nowhere.yaml", "--json"]);
  expect({ exit, code: at(json, "error.code") }).toEqual({ exit: 4, code: "WORKFLOW_NOT_FOUND" });
});

test("--priority, --timeout and --reason are recorded with the run", async () => {
  const flow = await here().file("flow.yaml", ECHO);
  const args = ["--priority", "1", "--timeout", "1m", "--reason", "because"];
  const { json } = await here().gleitzeit(["run", flow, "--json", ...args]);
  const [submitted] = (await here().gleitzeit(["events", text(json, "runId"), "--json"])).lines;
  expect(submitted?.data).toMatchObject({
    priority: "high",
    timeoutMs: 60_000,
    values: { reason: "because" },
  });
});

test("a store in memory needs no home and leaves nothing behind", async () => {
  const flow = await here().file("flow.yaml", ECHO);
  const { exit } = await here().gleitzeit(["run", flow, "--store", "memory:"]);
  expect(exit).toBe(0);
  expect(await readdir(here().folder)).toEqual(["flow.yaml"]);
});
