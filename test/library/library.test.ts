// An engine inside one's own program, through the public door.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { OpenOptions } from "../../src/index.ts";
import { ECHO, gate, rig } from "./rig.ts";

const here = rig();
const open = (options?: OpenOptions) => here().open(options);

const GATED = { name: "Gated", tasks: [{ id: "pass", method: "gate/pass" }] };
const BROKEN = { name: "Broken", tasks: [{ method: "echo/echo", params: { message: "${inputs.no}" } }] };

test("a path is run like a value, and its inputs are checked", async () => {
  const gleitzeit = await open();
  const text =
    "name: F\ninputs: {n: {type: integer}}\ntasks: [{id: a, method: echo/echo, params: {message: '${inputs.n}'}}]\n";
  await writeFile(join(here().folder, "flow.yaml"), text);
  const { outputs, status } = await gleitzeit.run("flow.yaml", { inputs: { n: 4 } });
  expect([status, outputs]).toEqual(["succeeded", { a: { message: 4, response: 4 } }]);
  await expect(gleitzeit.submit("flow.yaml", { inputs: { n: "x" } })).rejects.toMatchObject({
    name: "GleitzeitError",
    code: "WORKFLOW_VALIDATION_FAILED",
  });
  await expect(gleitzeit.submit("none.yaml")).rejects.toMatchObject({ code: "WORKFLOW_NOT_FOUND" });
});

test("a document that is not valid is refused with every place", async () => {
  const gleitzeit = await open();
  await expect(gleitzeit.run(BROKEN)).rejects.toMatchObject({
    code: "WORKFLOW_VALIDATION_FAILED",
    problems: [expect.objectContaining({ path: "tasks[0].params.message" })],
  });
});

test("what a call is given is a value: nothing in it is a reference", async () => {
  const gleitzeit = await open();
  const params = { message: "${inputs.x} $${y} {{z}}", deep: [{ text: "${run.id}" }] };
  expect(await gleitzeit.call("echo/echo", params)).toMatchObject(params);
});

test("a call that fails throws the method's own error, with the run that tells more", async () => {
  const gleitzeit = await open();
  const error = await gleitzeit.call("mcp/tool.multiply", { a: 2 ** 52, b: 8 }).catch((e: unknown) => e);
  expect(error).toMatchObject({ code: "TASK_RESULT_INVALID", details: { runId: expect.any(String) } });
});

test("a batch is a run with a task for each file; a failed item is told in its task", async () => {
  const gleitzeit = await open();
  for (const name of ["b.txt", "a.txt"]) await writeFile(join(here().folder, name), name);
  const template = { method: "echo/echo", params: { message: "read" } };
  const { tasks, status } = await gleitzeit.batch({ directory: ".", pattern: "*.txt", template });
  expect(status).toBe("succeeded");
  expect(Object.keys(tasks)).toEqual(["process-a-txt-0", "process-b-txt-1"]);
});

test("a run is paused, resumed and cancelled by its name", async () => {
  const { provider, begun, release } = gate();
  const gleitzeit = await open({ providers: [provider] });
  const handle = await gleitzeit.submit(
    { ...GATED, tasks: [...GATED.tasks, { id: "b", method: "echo/echo", dependencies: ["pass"] }] },
    { id: "mine" },
  );
  await begun;
  expect((await gleitzeit.pause("mine")).status).toBe("paused");
  release();
  expect((await handle.end()).status).toBe("paused");
  expect((await (await gleitzeit.resume("mine")).end()).status).toBe("succeeded");
  await expect(gleitzeit.cancel("mine")).rejects.toMatchObject({ code: "WORKFLOW_INVALID_STATE" });
  await expect(gleitzeit.get("nobody")).rejects.toMatchObject({ code: "RUN_NOT_FOUND" });
});

test("a cancelled run says so, and running it is an error", async () => {
  const { provider, begun } = gate();
  const gleitzeit = await open({ providers: [provider] });
  const running = gleitzeit.run(GATED, { id: "doomed" });
  const failed = running.catch((error: unknown) => error);
  await begun;
  expect((await gleitzeit.cancel("doomed", { reason: "not wanted" })).status).toBe("cancelled");
  expect(await failed).toMatchObject({ code: "WORKFLOW_CANCELLED" });
});

test("two engines in one process, on stores of their own and on the same", async () => {
  const [a, b] = await Promise.all([open(), open()]);
  await a.run(ECHO, { id: "same" });
  expect((await b.list()).items).toEqual([]);
  const store = `sqlite:${join(here().folder, "both.db")}`;
  const [c, d] = await Promise.all([open({ store }), open({ store })]);
  const runs = await Promise.all([c.run(ECHO), d.run(ECHO), c.run(ECHO, { id: "once" })]);
  expect(new Set(runs.map(({ runId }) => runId)).size).toBe(3);
  expect((await d.get("once")).runId).toBe(runs[2]?.runId);
  expect((await d.submit(ECHO, { id: "once" })).created).toBe(false);
});

test("an engine that closes leaves its runs resumable, and says so to who waits", async () => {
  const store = `sqlite:${join(here().folder, "kept.db")}`;
  const { provider, begun } = gate();
  const first = await open({ store, providers: [provider] });
  const handle = await first.submit(GATED);
  const end = handle.end().catch((error: unknown) => error);
  await begun;
  await first.close();
  expect(await end).toMatchObject({ code: "INTERRUPTED" });
  await expect(first.list()).rejects.toMatchObject({ code: "SYSTEM_SHUTDOWN" });
  const next = gate();
  next.release();
  const second = await open({ store, providers: [next.provider] });
  expect((await (await second.resume(handle.runId)).end()).outputs).toEqual({ pass: "open" });
});
