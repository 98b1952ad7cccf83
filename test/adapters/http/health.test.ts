// Whether it lives, whether it can work, and what it counts.
import { expect, test } from "vitest";
import { HELLO, served, server } from "./rig.ts";

const here = server();

test("a server that cannot do its work says so, part by part, and lives all the same", async () => {
  expect((await here().ask("GET", "/readyz")).json).toMatchObject({
    status: "ready",
    parts: { log: { status: "ok" } },
  });
  const broken = await served();
  const { store } = await broken.parts.reading();
  await store.close();
  const { status, json } = await broken.ask("GET", "/readyz");
  expect(status).toBe(503);
  expect(json).toMatchObject({
    status: "not ready",
    parts: { log: { status: "failed" }, server: { status: "ok" } },
  });
  expect((await broken.ask("GET", "/livez")).json).toEqual({ status: "live" });
  await broken.close();
});

test("requests are counted by route and status, never by what was sent", async () => {
  await here().ask("POST", "/v1/runs?wait=20", { body: { workflow: HELLO, id: "very private" } });
  await here().ask("GET", "/v1/runs/very%20private");
  const { text } = await here().ask("GET", "/metrics");
  expect(text).toMatch(
    /gleitzeit_http_requests_total\{method="GET",route="\/v1\/runs\/:id",status="200"\} 1/,
  );
  expect(text).toMatch(/gleitzeit_runs\{status="succeeded"\} 1/);
  expect(text).not.toContain("private");
});

test("each request has a line in the log, with the id that its answer has, and nothing that was sent", async () => {
  const { headers } = await here().ask("GET", "/v1/runs/very%20private");
  const id = headers.get("x-request-id") ?? "";
  const line = here().logged.find((one) => one.includes(id));
  expect(line).toContain('"route":"/v1/runs/:id"');
  expect(here().logged.join("")).not.toContain("private");
});
