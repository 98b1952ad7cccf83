// Streams that break off, clients that do not read, keys that are revoked meanwhile.

import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { gleitzeitClient } from "../../../src/client.ts";
import { text } from "../cli/rig.ts";
import { ordeal } from "./killed-streams.ts";
import { HELLO, server } from "./rig.ts";
import { listen } from "./stream.ts";

const here = server();

test("a client cut off again and again, and a server that restarts: exactly the log, in order", async () => {
  const { seen, log, reconnected } = await ordeal({ kills: 10, restarts: 1, writers: 4, perWriter: 5 });
  expect(log.length).toBeGreaterThanOrEqual(100);
  expect(seen).toEqual(log.slice(0, seen.length));
  expect(log.length - seen.length).toBeLessThan(5);
  expect(reconnected).toBeGreaterThan(10);
});

test("the client of programs follows a run to its end, and types what it asks", async () => {
  const client = gleitzeitClient({ url: here().url });
  const { data, response } = await client.POST("/v1/runs", {
    body: { workflow: HELLO },
    params: { query: { wait: 20 } },
  });
  expect(response.status).toBe(201);
  const types: string[] = [];
  for await (const { type } of client.runEvents(data?.runId ?? "", { retryMs: 10 })) types.push(type);
  expect(types).toEqual(["RunSubmitted", "RunStarted", "TaskScheduled", "TaskSucceeded", "RunSucceeded"]);
  const { error } = await client.GET("/v1/runs/{id}", { params: { path: { id: "nobody" } } });
  expect(error?.code).toBe("RUN_NOT_FOUND");
});

test("a client that reads nothing costs a page, not the log", async () => {
  const workflow = `name: Big\ntasks:\n${Array.from({ length: 40 }, (_, i) => `  - {id: t${i}, method: echo/echo, params: {message: "${"x".repeat(50_000)}"}}\n`).join("")}`;
  const { json } = await here().ask("POST", "/v1/runs?wait=60", {
    raw: JSON.stringify({ workflow: workflow.slice(0, 900_000).replace(/\n[^\n]*$/, "\n") }),
  });
  expect(json.status).toBe("succeeded");
  const { hostname, port } = new URL(here().url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  socket.write(`GET /v1/events/stream?after=start HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`);
  await once(socket, "readable");
  socket.pause();
  const other = await here().ask("GET", "/v1/runs");
  expect(other.status).toBe(200);
  socket.destroy();
});

test("a stream ends when its key is revoked", async () => {
  const admin = await here().key("admin");
  const made = await here().ask("POST", "/v1/admin/keys", { key: admin, body: { role: "viewer" } });
  const stream = await listen(`${here().url}/v1/events/stream`, { key: text(made.json, "key") });
  expect((await stream.next())?.event).toBe("caught-up");
  await here().ask("POST", `/v1/admin/keys/${text(made.json, "id")}/revoke`, { key: admin, body: {} });
  await here().ask("POST", "/v1/runs", { key: admin, body: { workflow: HELLO } });
  expect(await stream.next()).toBeUndefined();
});
