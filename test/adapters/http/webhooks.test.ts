// Endpoints over HTTP, from the first to the last: every route, when all is well, and what it refuses.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { outputs } from "../../../src/adapters/cli/json/shapes.ts";
import { type Json, WEBHOOK_TYPES } from "../../../src/domain/index.ts";
import { type Receiver, receiver } from "../../scenario/webhook-receiver.ts";
import { text } from "../cli/rig.ts";
import { HELLO, server } from "./rig.ts";

const home = await mkdtemp(join(tmpdir(), "gz-http-"));
await writeFile(
  join(home, "gleitzeit.yaml"),
  "webhooks: {retry_schedule: [0.05], allow: {hosts: [127.0.0.1]}}\n",
);
const here = server({ home });
const stop = new AbortController();
let sending: Promise<void> | undefined;
let there: Receiver;
let isDown = false;
beforeAll(async () => {
  there = await receiver((one) => !(isDown && one.body.type === "run.started"));
  sending = here().parts.deliverWebhooks(stop.signal);
});
afterAll(async () => {
  stop.abort(new Error("over"));
  await sending;
  await there.close();
  await rm(home, { recursive: true, force: true });
});

const ask = async (method: string, path: string, body?: Json) => {
  const answer = await here().ask(method, `/v1/webhooks${path}`, body === undefined ? {} : { body });
  return answer;
};
const run = () => here().ask("POST", "/v1/runs?wait=20", { body: { workflow: HELLO } });

test("made, tested, shown, changed, told, sent again, replayed, stopped, started, ended", async () => {
  const made = await ask("POST", "", { url: there.url, events: ["run.*"], headers: { "x-key": "s3cret" } });
  expect(made.status).toBe(201);
  expect(outputs.newWebhook.safeParse(made.json).error).toBeUndefined();
  expect(made.headers.get("cache-control")).toBe("no-store");
  const id = text(made.json, "id");
  there.secrets = [text(made.json, "secret")];

  const tested = await ask("POST", `/${id}/test`, {});
  expect(tested).toMatchObject({ status: 200, json: { outcome: "delivered", status: 204 } });
  expect(outputs.webhookTested.safeParse(tested.json).error).toBeUndefined();
  expect(there.got[0]).toMatchObject({ isVerified: true, body: { type: "webhook.test" } });

  const patched = await ask("PATCH", `/${id}`, { description: "Billing", events: null });
  expect(patched).toMatchObject({
    status: 200,
    json: { description: "Billing", events: null, headers: ["x-key"] },
  });
  const shown = await ask("GET", `/${id}`);
  expect(outputs.webhook.safeParse(shown.json).error).toBeUndefined();
  for (const answer of [shown, await ask("GET", "")]) {
    expect(answer.status).toBe(200);
    expect(answer.text).not.toMatch(/s3cret|whsec_/);
  }

  isDown = true;
  await run();
  await there.until(() => there.got.some(({ body }) => body.type === "run.succeeded"));
  isDown = false;
  const listed = await ask("GET", `/${id}/deliveries?limit=2`);
  expect(outputs.deliveries.safeParse(listed.json).error).toBeUndefined();
  const rest = await ask("GET", `/${id}/deliveries?cursor=${text(listed.json, "nextCursor")}`);
  const parked = await ask("GET", `/${id}/deliveries?status=parked`);
  const { items } = outputs.deliveries.parse(parked.json);
  expect(items.map(({ type }) => type)).toEqual(["run.started"]);
  const seen = [listed, rest].flatMap(({ json }) => outputs.deliveries.parse(json).items);
  expect(new Set(seen.map((one) => one.id)).size).toBe(seen.length);
  expect(seen.map(({ type }) => type)).toContain("run.submitted");

  const delivery = items[0]?.id ?? "";
  const again = await ask("POST", `/${id}/deliveries/${delivery}/redeliver`, { reason: "lost" });
  expect(again).toMatchObject({ status: 202, json: { id: delivery } });
  await there.until(() => there.got.filter((one) => one.id === delivery).length === 2);
  const before = there.got.length;
  const replayed = await ask("POST", `/${id}/replay`, {
    from: "start",
    only: "all",
    types: ["run.succeeded"],
  });
  expect(replayed.status).toBe(202);
  expect(outputs.replay.safeParse(replayed.json).error).toBeUndefined();
  await there.until(() => there.got.length > before);

  const rotated = await ask("POST", `/${id}/rotate-secret`, { overlap: "1h" });
  expect(rotated).toMatchObject({ status: 200, json: { id, secrets: 2 } });
  expect(rotated.json.secret).not.toBe(made.json.secret);
  expect(await ask("POST", `/${id}/disable`, { reason: "holiday" })).toMatchObject({
    status: 200,
    json: { status: "disabled", disabled: { reason: "request" } },
  });
  expect(await ask("POST", `/${id}/enable`, { from: "now" })).toMatchObject({
    status: 200,
    json: { status: "active" },
  });
  expect(await ask("DELETE", `/${id}`)).toMatchObject({ status: 204, text: "" });
  expect((await ask("GET", `/${id}`)).status).toBe(404);
  expect(there.got.filter(({ isVerified }) => !isVerified)).toEqual([]);
});

test("the catalogue has a schema and a sample of every type", async () => {
  const { status, json } = await ask("GET", "/event-types");
  expect(status).toBe(200);
  expect(json.items).toEqual(WEBHOOK_TYPES.map((type) => expect.objectContaining({ type })));
});

test.each<[string, Json]>([
  ["a line break in a header", { url: "https://example.com", headers: { "x-a": "b\r\nwebhook-id: c" } }],
  ["a header of the signature", { url: "https://example.com", headers: { "Webhook-Signature": "v1,AAAA" } }],
  ["a header of framing", { url: "https://example.com", headers: { "Transfer-Encoding": "chunked" } }],
  ["a password in the address", { url: "https://a:b@example.com" }],
  ["another scheme", { url: "file:///etc/passwd" }],
  ["a type that nobody knows", { url: "https://example.com", events: ["run.exploded"] }],
  ["a condition that is none", { url: "https://example.com", filter: { cel: "event.data.(" } }],
  ["a member that nobody knows", { url: "https://example.com", secret: "whsec_mine" }],
])("%s is refused, and no endpoint is made", async (_, body) => {
  const before = await ask("GET", "");
  const { status, json } = await ask("POST", "", body);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(json.code).toBeDefined();
  expect((await ask("GET", "")).text).toBe(before.text);
});
