// Runs over HTTP: handed in, looked at, listed.
import { expect, test } from "vitest";
import { outputs } from "../../../src/adapters/cli/json/shapes.ts";
import { text } from "../cli/rig.ts";
import { HELLO, server } from "./rig.ts";

const here = server();

const submit = (body: Parameters<ReturnType<typeof here>["ask"]>[2]) =>
  here().ask("POST", "/v1/runs?wait=20", body);

test("a document is run, and its run told as published", async () => {
  const { status, json, headers } = await submit({ body: { workflow: HELLO, file: "hello.yaml" } });
  expect({ status, state: json.status }).toEqual({ status: 201, state: "succeeded" });
  expect(outputs.run.safeParse(json).error).toBeUndefined();
  expect(headers.get("location")).toBe(`/v1/runs/${text(json, "runId")}`);
  const again = await here().ask("GET", `/v1/runs/${text(json, "runId")}`);
  expect(again.json).toMatchObject({ runId: json.runId, status: "succeeded" });
  const started = await here().ask("GET", `/v1/runs/${text(json, "runId")}?at=1`);
  expect(started.json).toMatchObject({ status: "running", events: 2 });
});

test("so is one that comes as a value, with inputs", async () => {
  const workflow = {
    name: "Given",
    inputs: { who: { type: "string" } },
    tasks: [{ id: "a", method: "echo/echo", params: { message: "hello ${inputs.who}" } }],
  };
  const { status, json } = await submit({ body: { workflow, inputs: { who: "you" } } });
  expect({ status, outputs: json.outputs }).toMatchObject({
    status: 201,
    outputs: { a: { message: "hello you" } },
  });
});

test("an Idempotency-Key names the run: the same again is the same run, another one is refused", async () => {
  const headers = { "idempotency-key": "order 7" };
  const first = await submit({ body: { workflow: HELLO }, headers });
  const second = await submit({ body: { workflow: HELLO }, headers });
  const other = await submit({ body: { workflow: HELLO.replace("hello", "bye") }, headers });
  expect([first.status, second.status, other.status]).toEqual([201, 200, 422]);
  expect(second.json).toMatchObject({ runId: first.json.runId, status: "succeeded", name: "order 7" });
  expect(other.json).toMatchObject({ code: "INVALID_REQUEST", status: 422 });
  expect((await here().ask("GET", "/v1/runs/order%207")).json.runId).toBe(first.json.runId);
  const both = await submit({ body: { workflow: HELLO, id: "order 8" }, headers });
  expect(both.status).toBe(422);
});

test("what is wrong with a document is told with line and column, and nothing is recorded", async () => {
  const workflow = "name: Bad\ntasks:\n  - {id: a, method: nowhere/none}\n";
  const { status, json, headers } = await submit({ body: { workflow, file: "bad.yaml" } });
  expect(status).toBe(422);
  expect(headers.get("content-type")).toContain("application/problem+json");
  expect(json).toMatchObject({
    type: "urn:gleitzeit:error:WORKFLOW_VALIDATION_FAILED",
    code: "WORKFLOW_VALIDATION_FAILED",
    instance: "/v1/runs",
    errors: [{ file: "bad.yaml", line: 3 }],
  });
  expect(json.requestId).toBe(headers.get("x-request-id"));
  expect(JSON.stringify(json)).not.toContain("gleitzeit-posted");
});

test.each([
  ["no JSON", { raw: "{" }, 400, "PARSE_ERROR"],
  ["no UTF-8", { raw: new Uint8Array([0x22, 0xff, 0x22]) }, 400, "PARSE_ERROR"],
  ["nothing", { raw: "" }, 422, "INVALID_PARAMS"],
  ["a prototype", { raw: '{"workflow":{"__proto__":{"x":1}}}' }, 400, "PARSE_ERROR"],
  ["a constructor", { raw: '{"inputs":{"constructor":{"prototype":{}}}}' }, 400, "PARSE_ERROR"],
  ["a number no reader sees alike", { raw: '{"inputs":{"n":9007199254740993}}' }, 422, "INVALID_REQUEST"],
  ["something that there is not", { body: { workflow: HELLO, subjekt: "me" } }, 422, "INVALID_PARAMS"],
  [
    "an actor of its own",
    { body: { workflow: HELLO, actor: { type: "user", id: "root" } } },
    422,
    "INVALID_PARAMS",
  ],
  ["neither document nor name", { body: {} }, 422, "INVALID_REQUEST"],
  ["a name that nothing has", { body: { name: "nothing" } }, 404, "WORKFLOW_NOT_FOUND"],
  ["a file of the server", { body: { name: "/etc/passwd.yaml" } }, 404, "WORKFLOW_NOT_FOUND"],
  ["a way out", { body: { workflow: HELLO, file: "../x.yaml" } }, 422, "INVALID_REQUEST"],
  [
    "a way out for a file",
    { body: { workflow: HELLO, files: [{ path: "/etc/x", base64: "" }] } },
    422,
    "INVALID_REQUEST",
  ],
  ["another content", { body: {}, headers: { "content-type": "text/plain" } }, 415, "INVALID_REQUEST"],
  ["too much", { raw: JSON.stringify({ workflow: "x".repeat(1 << 20) }) }, 413, "RESOURCE_EXHAUSTED"],
] as const)("a body with %s is refused: %j", async (_, asked, status, code) => {
  const answer = await submit(asked);
  expect(answer.json).toMatchObject({ status, code });
  expect(answer.status).toBe(status);
});

test("a document reads no file of this machine, only what came along", async () => {
  const workflow = "name: Reads\ntasks:\n  - {id: a, method: python/execute, params: {file: secret.py}}\n";
  const alone = await submit({ body: { workflow } });
  expect(alone.status).toBe(422);
  const files = [{ path: "secret.py", base64: Buffer.from("result = 1\n").toString("base64") }];
  const along = await here().ask("POST", "/v1/runs", { body: { workflow, files } });
  expect(along.status).toBe(201);
  const events = await here().ask("POST", `/v1/runs/${text(along.json, "runId")}/cancel`, { body: {} });
  expect(events.status).not.toBe(500);
});

test("a run that nobody knows is not found, a revision that it has not neither", async () => {
  const none = await here().ask("GET", "/v1/runs/00000000-0000-7000-8000-000000000000");
  expect(none.json).toMatchObject({ status: 404, code: "RUN_NOT_FOUND" });
  const { json } = await submit({ body: { workflow: HELLO } });
  expect((await here().ask("GET", `/v1/runs/${text(json, "runId")}?at=999`)).status).toBe(404);
  expect((await here().ask("GET", `/v1/runs/${text(json, "runId")}?min_position=99999999`)).status).toBe(503);
});

test("lists are bounded, filtered and continued; a cursor of another log is gone, a malformed one is refused", async () => {
  for (const tag of ["red", "red", "blue"]) {
    const { status } = await submit({
      body: { workflow: `tags: [${tag}]\n${HELLO.replace("Hello", `List ${tag}`)}` },
    });
    expect(status).toBe(201);
  }
  const first = await here().ask("GET", "/v1/runs?tag=red&limit=1");
  expect(outputs.runs.safeParse(first.json).error).toBeUndefined();
  expect(first.json.items).toHaveLength(1);
  const cursor = text(first.json, "nextCursor");
  const second = await here().ask("GET", `/v1/runs?tag=red&limit=1&cursor=${cursor}`);
  expect(second.json).toMatchObject({ items: [{ workflow: { name: "List red" } }], nextCursor: null });
  const found = await here().ask("GET", "/v1/runs?q=list%20BLUE");
  expect(found.json).toMatchObject({ items: [{ tags: ["blue"] }] });
  expect((await here().ask("GET", "/v1/runs?q=hello%20nothing")).json.items).toEqual([]);
  const elsewhere = cursor.replace(/^v1\.[^.]+/, "v1.0000000000000000");
  expect((await here().ask("GET", `/v1/runs?cursor=${elsewhere}`)).json).toMatchObject({ status: 410 });
  expect((await here().ask("GET", "/v1/runs?cursor=nonsense")).json).toMatchObject({ status: 400 });
  expect((await here().ask("GET", "/v1/runs?limit=501")).json).toMatchObject({
    status: 422,
    code: "INVALID_PARAMS",
  });
  expect((await here().ask("GET", "/v1/runs?status=done")).status).toBe(422);
});

test("what does not change any more is sent once to whoever keeps its tag", async () => {
  const { json } = await submit({ body: { workflow: HELLO } });
  const path = `/v1/runs/${text(json, "runId")}`;
  const tag = (await here().ask("GET", path)).headers.get("etag") ?? "";
  const again = await here().ask("GET", path, { headers: { "if-none-match": tag } });
  expect({ status: again.status, text: again.text }).toEqual({ status: 304, text: "" });
  expect((await here().ask("GET", path, { headers: { "if-none-match": 'W/"other"' } })).status).toBe(200);
  const waits = "name: W\ntasks:\n  - {id: a, wait: {signal: never}}\n";
  const open = await here().ask("POST", "/v1/runs", { body: { workflow: waits } });
  const going = await here().ask("GET", `/v1/runs/${text(open.json, "runId")}`);
  expect(going.headers.get("etag")).toBeNull();
});

test("what there is not is told as a problem, too", async () => {
  for (const [method, path] of [
    ["GET", "/v1/nothing"],
    ["DELETE", "/v1/runs"],
    ["GET", "/v1/%ff"],
  ] as const) {
    const { status, headers, json } = await here().ask(method, path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(headers.get("content-type")).toContain("application/problem+json");
    expect(json.requestId).toBe(headers.get("x-request-id"));
  }
});
