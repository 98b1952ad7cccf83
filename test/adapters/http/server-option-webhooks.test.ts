// Deliveries that somebody asks for through a server arrive: one that only shows that they do, and one that came before.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server as Receiver } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isList, isObject, type JsonObject } from "../../../src/domain/index.ts";
import { rig, text } from "../cli/rig.ts";
import { HELLO, type Server, served } from "./rig.ts";

type Arrived = { readonly headers: IncomingMessage["headers"]; readonly body: string };

const here = rig();
const stop = new AbortController();
const arrived: Arrived[] = [];
let told = (): void => undefined;
let home: string;
let open: Server;
let receiver: Receiver;
let delivering: Promise<void>;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      arrived.push({ headers: request.headers, body });
      response.writeHead(200).end("thanks");
      told();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  home = await mkdtemp(join(tmpdir(), "gz-hooks-"));
  await writeFile(join(home, "config.yaml"), "webhooks: {allow: {hosts: [127.0.0.1]}}\n");
  open = await served({ home });
  delivering = open.parts.deliverWebhooks(stop.signal);
});
afterAll(async () => {
  stop.abort();
  await delivering;
  await open.close();
  receiver.close();
  await rm(home, { recursive: true, force: true });
});

const through = (...argv: readonly string[]) => here().gleitzeit(["--server", open.url, ...argv]);

async function arrival(n: number): Promise<Arrived> {
  for (;;) {
    const one = arrived[n];
    if (one) return one;
    await new Promise<void>((resolve) => {
      told = resolve;
    });
  }
}

/** What came of it is recorded when the receiver has answered. */
async function delivered(webhook: string): Promise<JsonObject> {
  for (;;) {
    const { json } = await through("webhooks", "deliveries", webhook, "--status", "delivered", "--json");
    const first = isList(json.items) ? json.items.find(isObject) : undefined;
    if (first) return first;
  }
}

test("webhooks test and webhooks redeliver, through a server, reach the receiver", async () => {
  const place = receiver.address();
  const url = `http://127.0.0.1:${typeof place === "object" && place ? place.port : 0}/hook`;
  const made = await through("webhooks", "create", url, "--event", "run.succeeded", "--json");
  const id = text(made.json, "id");

  const tried = await through("webhooks", "test", id);
  expect(tried, tried.err).toMatchObject({ exit: 0 });
  expect(tried.out).toMatch(/answered 200 in \d+ ms\nthanks\n$/);
  expect(JSON.parse((await arrival(0)).body)).toMatchObject({ type: "webhook.test" });

  await open.ask("POST", "/v1/runs?wait=20", { body: { workflow: HELLO } });
  const first = await arrival(1);
  const delivery = await delivered(id);
  expect(delivery).toMatchObject({ type: "run.succeeded" });
  const again = await through("webhooks", "redeliver", id, text(delivery, "id"), "--reason", "lost");
  expect(again, again.err).toMatchObject({ exit: 0 });
  const second = await arrival(2);
  expect(second.body).toBe(first.body);
  expect(second.headers["webhook-id"]).toBe(first.headers["webhook-id"]);
  expect(second.headers["gleitzeit-out-of-order"]).toBe("redelivery");
}, 60_000);
