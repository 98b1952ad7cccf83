// Too many, too large, from elsewhere; and how a server ends.
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Json } from "../../../src/domain/index.ts";
import { at } from "../cli/rig.ts";
import { HELLO, type Server, served, server } from "./rig.ts";
import { listen } from "./stream.ts";

const here = server({ env: { GLEITZEIT_SERVER__REQUESTS_PER_MINUTE: "20", GLEITZEIT_SERVER__BODY: "2KiB" } });

test("more requests than a key may make are turned away, with when to come again; others are not", async () => {
  const mine = await here().key("viewer");
  const other = await here().key("viewer");
  const answers = [];
  for (let i = 0; i < 25; i += 1) answers.push(await here().ask("GET", "/v1/providers", { key: mine }));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(5);
  expect(refused[0]?.json).toMatchObject({ code: "RATE_LIMIT_EXCEEDED" });
  expect(refused[0]?.headers.get("retry-after")).toMatch(/^\d+$/);
  expect(answers[0]?.headers.get("ratelimit-limit")).toBe("20");
  expect((await here().ask("GET", "/v1/providers", { key: other })).status).toBe(200);
  expect((await here().ask("GET", "/livez")).status).toBe(200);
});

test("a body beyond the limit is too large", async () => {
  const key = await here().key("operator");
  const answer = await here().ask("POST", "/v1/runs", { key, body: { workflow: "x".repeat(3000) } });
  expect(answer.json).toMatchObject({ status: 413, code: "RESOURCE_EXHAUSTED" });
});

test("without keys no foreign page is answered, whatever name it comes under", async () => {
  const open = await served();
  try {
    const { port } = new URL(open.url);
    expect((await open.ask("GET", "/v1/runs", { headers: { origin: "https://evil.example" } })).status).toBe(
      403,
    );
    expect(
      (await open.ask("GET", "/v1/runs", { headers: { origin: `http://127.0.0.1:${port}` } })).status,
    ).toBe(200);
    const { request } = await import("node:http");
    const status = await new Promise<number>((resolve, reject) => {
      const asked = request(
        `${open.url}/v1/runs`,
        { headers: { host: "evil.example" } },
        ({ statusCode = 0 }) => resolve(statusCode),
      );
      asked.on("error", reject);
      asked.end();
    });
    expect(status).toBe(403);
  } finally {
    await open.close();
  }
});

test("a server without keys listens on this machine alone, and says what to do", async () => {
  const open = await served();
  try {
    await expect(open.parts.serve({ host: "0.0.0.0", port: 0 })).rejects.toMatchObject({
      code: "CONFIGURATION_ERROR",
      message: expect.stringContaining("gleitzeit keys create"),
    });
  } finally {
    await open.close();
  }
});

test("closing ends streams and what waits, and hands back what runs", async () => {
  const open = await served();
  const workflow = "name: Waits\ntasks:\n  - {id: a, wait: {signal: never}}\n";
  const stream = await listen(`${open.url}/v1/events/stream`);
  const waiting = open.ask("POST", "/v1/runs?wait=60", { body: { workflow } });
  const polling = open.ask("GET", "/v1/events?after=now&type=Nothing&wait=60");
  for (let message = await stream.next(); message && message.event !== "WaitStarted"; )
    message = await stream.next();
  await open.close();
  expect((await waiting).json).toMatchObject({ status: "running" });
  expect((await polling).json).toMatchObject({ items: [] });
  expect(await stream.next()).toBeUndefined();
});

test("who is turned away is counted by key or address, not kept: one event for the minute", async () => {
  const home = await mkdtemp(join(tmpdir(), "gz-denied-"));
  const options = { home, store: `sqlite:${join(home, "log.db")}` };
  try {
    const open = await served(options);
    const key = await open.key("viewer");
    for (let i = 0; i < 5; i += 1) await open.ask("POST", "/v1/runs", { body: { workflow: HELLO } });
    for (let i = 0; i < 3; i += 1) await open.ask("POST", "/v1/runs", { key, body: { workflow: HELLO } });
    const denied = async (server: Server) => {
      const { store } = await server.parts.reading();
      return (await store.events.readAll("start", 500, "access-")).events;
    };
    expect(await denied(open)).toEqual([]);
    await open.close();
    const again = await served(options);
    const events = await denied(again);
    expect(events.map(({ type }) => type)).toEqual(["AccessDenied"]);
    const data: Json = JSON.parse(Buffer.from(events[0]?.data ?? []).toString());
    expect(at(data, "denials")).toEqual([
      { address: expect.stringMatching(/^[0-9a-f]{32}$/), code: "AUTHENTICATION_FAILED", count: 5 },
      { key: key.split("_")[1], code: "AUTHORIZATION_FAILED", count: 3 },
    ]);
    expect(JSON.stringify(data)).not.toContain("127.0.0.1");
    await again.close();
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});

test("a client that does not read costs the server one event, however far behind it is", async () => {
  const open = await served();
  const much = "x".repeat(30_000);
  const params = { message: "${inputs.text}" };
  const tasks = Array.from({ length: 150 }, (_, i) => ({ id: `t${i}`, method: "echo/echo", params }));
  const { port } = new URL(open.url);
  const stalled = connect(Number(port), "127.0.0.1");
  const gauge = async (name: string): Promise<number> => {
    const { text: body } = await open.ask("GET", "/metrics");
    return Number(new RegExp(`^${name} (\\d+)$`, "m").exec(body)?.[1]);
  };
  try {
    await new Promise<void>((resolve) => stalled.once("connect", resolve));
    stalled.pause();
    stalled.write("GET /v1/events/stream?after=start HTTP/1.1\r\nhost: localhost\r\n\r\n");
    const workflow = { name: "Much", inputs: { text: { type: "string" } }, tasks };
    // More than the buffers of two sockets hold.
    await open.ask("POST", "/v1/runs", { body: { workflow, inputs: { text: much } } });
    const reader = await listen(`${open.url}/v1/events/stream?after=start`);
    let bytes = 0;
    for (let one = await reader.next(); one && one.event !== "RunSucceeded"; one = await reader.next()) {
      bytes += one.data.length;
    }
    reader.stop();
    expect(bytes).toBeGreaterThan(10_000_000);
    expect(await gauge("gleitzeit_event_streams")).toBeGreaterThan(0);
    const waiting = await gauge("gleitzeit_event_stream_buffered_bytes");
    expect(waiting).toBeGreaterThan(0);
    expect(waiting).toBeLessThan(400_000);
  } finally {
    stalled.destroy();
    await open.close();
  }
}, 180_000);
