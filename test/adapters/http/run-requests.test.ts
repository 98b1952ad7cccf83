// What is asked of a run over HTTP, and registered workflows.
import { expect, test } from "vitest";
import { outputs } from "../../../src/adapters/cli/json/shapes.ts";
import { at, text } from "../cli/rig.ts";
import { HELLO, server } from "./rig.ts";

const here = server();
const post = (path: string, body: Parameters<ReturnType<typeof here>["ask"]>[2] = { body: {} }) =>
  here().ask("POST", path, body);
const waiting = async (): Promise<string> =>
  text((await post("/v1/runs", { body: { workflow: WAITS } })).json, "runId");

const WAITS = `name: Waits
tasks:
  - {id: paid, wait: {signal: paid}}
  - {id: ask, dependencies: [paid], approval: {message: "Really?"}}
`;

test("a run is paused, resumed, signalled and decided on, each as the one who asked", async () => {
  const run = await waiting();
  expect((await post(`/v1/runs/${run}/pause`, { body: { reason: "lunch" } })).json).toMatchObject({
    status: "paused",
  });
  expect((await post(`/v1/runs/${run}/resume`)).json).toMatchObject({ status: "running" });
  const unknown = await post(`/v1/runs/${run}/signals/nothing`);
  expect(unknown.json).toMatchObject({ status: 422, code: "INVALID_REQUEST" });
  expect((await post(`/v1/runs/${run}/signals/paid`, { body: { data: { sum: 7 } } })).status).toBe(200);
  const decision = { decision: "approved", reason: "fine" };
  expect((await post(`/v1/runs/${run}/tasks/nobody/decision`, { body: decision })).status).toBe(404);
  const decided = await post(`/v1/runs/${run}/tasks/ask/decision`, { body: decision });
  expect(decided.status).toBe(200);
  const ended = await here().ask("GET", `/v1/events?wait=20&type=RunSucceeded&stream=run-main.${run}`);
  expect(ended.json.items).toHaveLength(1);
  const after = await here().ask("GET", `/v1/runs/${run}`);
  expect(at(after.json, "tasks.paid.result")).toEqual({ sum: 7 });
  expect((await post(`/v1/runs/${run}/pause`)).json).toMatchObject({
    status: 409,
    code: "WORKFLOW_INVALID_STATE",
  });
});

test("a run is cancelled, once", async () => {
  const run = await waiting();
  const cancelled = await post(`/v1/runs/${run}/cancel`);
  expect(cancelled.json).toMatchObject({ runId: run, status: "cancelled" });
  expect(outputs.run.safeParse(cancelled.json).error).toBeUndefined();
  expect((await post(`/v1/runs/${run}/cancel`, { raw: "[]" })).status).toBe(422);
});

test("a failed run is retried as a linked one; its timeline is told", async () => {
  const workflow =
    "name: Fails\ntasks:\n  - {id: a, method: echo/echo, params: {message: x}}\n  - {id: b, method: echo/echo, params: {message: '${a.nowhere}'}}\n";
  const failed = await post("/v1/runs?wait=20", { body: { workflow } });
  expect(failed.json).toMatchObject({ status: "failed", error: { code: "WORKFLOW_EXECUTION_FAILED" } });
  const run = text(failed.json, "runId");
  const again = await post(`/v1/runs/${run}/retry`);
  expect(again.status).toBe(201);
  expect(at(again.json, "forkedFrom.run")).toBe(run);
  const timeline = await here().ask("GET", `/v1/runs/${run}/timeline`);
  expect(outputs.timeline.safeParse(timeline.json).error).toBeUndefined();
  expect((await here().ask("GET", "/v1/runs/nobody/timeline")).status).toBe(404);
});

test("a workflow is registered once, shown, and run by its name", async () => {
  const workflow = `version: "2"\n${HELLO}`;
  const first = await post("/v1/workflows", { body: { workflow, file: "hello.yaml" } });
  expect(first.json).toMatchObject({ created: true, name: "Hello", version: "2" });
  expect(outputs.registered.safeParse(first.json).error).toBeUndefined();
  expect((await post("/v1/workflows", { body: { workflow, file: "hello.yaml" } })).status).toBe(200);
  const list = await here().ask("GET", "/v1/workflows");
  expect(outputs.workflows.safeParse(list.json).error).toBeUndefined();
  const shown = await here().ask("GET", "/v1/workflows/hello");
  expect(outputs.workflow.safeParse(shown.json).error).toBeUndefined();
  expect(shown.json).toMatchObject({ source: workflow });
  expect((await here().ask("GET", "/v1/workflows/hello/versions/2")).status).toBe(200);
  expect((await here().ask("GET", "/v1/workflows/hello/versions/3")).json).toMatchObject({
    code: "WORKFLOW_NOT_FOUND",
  });
  const run = await post("/v1/runs?wait=20", { body: { name: "Hello", version: "2" } });
  expect(run.json).toMatchObject({ status: "succeeded", workflow: { version: "2" } });
});

test("a document is checked without being run", async () => {
  const good = await post("/v1/validate", { body: { workflow: HELLO, file: "a.yaml" } });
  expect(good.json).toEqual({ valid: true, files: [{ file: "a.yaml", valid: true }], problems: [] });
  const bad = await post("/v1/validate", { body: { workflow: "name: X\ntasks: []\n", file: "b.yaml" } });
  expect(outputs.validated.safeParse(bad.json).error).toBeUndefined();
  expect(bad.json).toMatchObject({ valid: false, problems: [{ file: "b.yaml" }] });
});

test("providers and usage are told", async () => {
  const providers = await here().ask("GET", "/v1/providers");
  expect(outputs.providers.safeParse(providers.json).error).toBeUndefined();
  expect((await here().ask("GET", "/v1/usage")).json).toMatchObject({ items: [] });
});
