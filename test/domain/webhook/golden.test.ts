// The bytes of what happens at endpoints, kept for ever: test/domain/run/golden.test.ts says what that means.
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import {
  jcs,
  parseJson,
  readWebhookEvent,
  readWebhookListed,
  WEBHOOK_EVENT_VERSION,
  WebhookEvent,
} from "../../../src/domain/index.ts";
import { SAMPLES } from "./samples.ts";

const folder = new URL("../../golden/", import.meta.url);
/** `WebhookDeliveriesRemoved` is the tenant's, and has its sample with what else it removes. */
const OWN = /^Webhook(?!DeliveriesRemoved)/;
/** In the stream of the tenant. */
const LISTED = "WebhookListed.v1.json";

describe("golden bytes of endpoints' events", () => {
  test.each(SAMPLES.map((sample) => [sample.name, sample.event] as const))("%s", async (name, event) => {
    const file = new URL(`${name}.v${WEBHOOK_EVENT_VERSION}.json`, folder);
    const bytes = `${jcs({ ...event.data })}\n`;
    const mayWrite = process.env.GLEITZEIT_WRITE_GOLDEN === "new";
    if (mayWrite && !existsSync(file)) await writeFile(file, bytes, { flag: "wx" });
    expect(bytes).toBe(await readFile(file, "utf8"));
    expect(readWebhookEvent(event.type, WEBHOOK_EVENT_VERSION, parseJson(bytes))).toEqual(event);
  });

  test("there is a sample of every type, and of every file", async () => {
    const types = WebhookEvent.options.map((option) => option.shape.type.value);
    expect([...new Set(SAMPLES.map(({ event }) => event.type))].toSorted()).toEqual(types.toSorted());
    const files = (await readdir(folder)).filter((name) => OWN.test(name) && name !== LISTED);
    expect(files.toSorted()).toEqual(SAMPLES.map(({ name }) => `${name}.v1.json`).toSorted());
  });

  test("that an endpoint is listed", async () => {
    const file = new URL(LISTED, folder);
    const data = { webhook: "0199c2f0-1a2b-7c3d-8e4f-5a6b7c8d9e0f" };
    const mayWrite = process.env.GLEITZEIT_WRITE_GOLDEN === "new";
    if (mayWrite && !existsSync(file)) await writeFile(file, `${jcs(data)}\n`, { flag: "wx" });
    const read = parseJson(await readFile(file, "utf8"));
    expect(readWebhookListed("WebhookListed", 1, read)).toEqual({ type: "WebhookListed", data });
    expect(readWebhookListed("WebhookListed", 2, read)).toBeUndefined();
    expect(readWebhookListed("HoldPlaced", 1, read)).toBeUndefined();
  });

  test("what is of another version, another type or another shape is not read", () => {
    expect(readWebhookEvent("WebhookRecovered", 2, {})).toBeUndefined();
    expect(readWebhookEvent("WebhookSlept", 1, {})).toBeUndefined();
    expect(readWebhookEvent("WebhookAdvanced", 1, { mark: "-1" })).toBeUndefined();
  });
});
