// The bytes of what is said of persons and of holds, and of sealed values, kept for ever: test/domain/run/golden.test.ts
// says what that means.
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import {
  DELIVERIES_REMOVED_VERSION,
  ERASURE_EVENT_VERSION,
  type ErasureEvent,
  HOLD_EVENT_VERSION,
  type HoldEvent,
  type Json,
  jcs,
  lift,
  parseJson,
  RETENTION_EVENT_VERSION,
  RunId,
  readDeliveriesRemoved,
  readErasureEvent,
  readHoldEvent,
  readRetentionEvent,
  readSubjectEvent,
  SUBJECT_EVENT_VERSION,
  type SubjectEvent,
} from "../../../src/domain/index.ts";

const folder = new URL("../../golden/", import.meta.url);
const subject = "a1".repeat(32);
const request = "01a215d1-1e34-700e-9dc4-987e6501dfe6";
const run = RunId.parse("01a215d1-1e34-700e-9dc4-987e6501dfe7");

const ERASED: Extract<SubjectEvent, { type: "SubjectErased" }> = {
  type: "SubjectErased",
  data: {
    subject,
    request,
    keys: [`${subject}.0123456789abcdef`],
    counts: { runs: 2, events: 31, failed: 1 },
    values: { reason: "request of 1 March" },
  },
};
const NAMED = {
  subject,
  request,
  name: "01a215d1-1e34-400e-9dc4-987e6501dfe9",
  values: { reason: "request of 1 March" },
};
const SUBJECTS: readonly (readonly [string, SubjectEvent])[] = [
  ["SubjectErased", ERASED],
  [
    "SubjectErased-told",
    { ...ERASED, data: { ...ERASED.data, endpoints: ["01a215d1-1e34-700e-9dc4-987e6501dfe8"] } },
  ],
  [
    "ErasureDeferred",
    { type: "ErasureDeferred", data: { subject, request, values: { reason: "request of 1 March" } } },
  ],
  ["ErasureDeferred-named", { type: "ErasureDeferred", data: NAMED }],
];
const ERASURES: readonly (readonly [string, ErasureEvent])[] = [
  [
    "ErasureRequested",
    { type: "ErasureRequested", data: { subject, request, values: { reason: "request of 1 March" } } },
  ],
  ["ErasureRequested-named", { type: "ErasureRequested", data: NAMED }],
  ["ErasureFinished", { type: "ErasureFinished", data: { subject, request } }],
];
const HOLDS: readonly (readonly [string, HoldEvent])[] = [
  ["HoldPlaced", { type: "HoldPlaced", data: { target: { subject }, values: { reason: "case 12" } } }],
  ["HoldPlaced-run", { type: "HoldPlaced", data: { target: { run } } }],
  ["HoldReleased", { type: "HoldReleased", data: { target: { subject } } }],
];

const BARE = {
  webhook: "01a215d1-1e34-700e-9dc4-987e6501dfe8",
  first: 12,
  before: 1012,
  from: "2026-03-01T12:00:00.000Z",
  to: "2026-03-04T12:00:00.000Z",
  events: 1000,
  deliveries: 498,
  attempts: 502,
  size: "70044",
  root: "a0da0532ff7b2ee56f4067110fc964e9f27b5959f9527bfff3fa501aa7584deaf3",
};
const REMOVED = {
  ...BARE,
  subjects: [subject],
  changes: [
    {
      revision: 14,
      type: "WebhookDisabled",
      at: "2026-03-02T12:00:00.000Z",
      actor: { type: "cli", id: "0a0b" },
    },
  ],
  values: { reasons: { "14": "moves" } },
};

async function stored(name: string, data: Json): Promise<Json> {
  const file = new URL(`${name}.v1.json`, folder);
  const bytes = `${jcs(data)}\n`;
  const mayWrite = process.env.GLEITZEIT_WRITE_GOLDEN === "new";
  if (mayWrite && !existsSync(file)) await writeFile(file, bytes, { flag: "wx" });
  expect(bytes).toBe(await readFile(file, "utf8"));
  return parseJson(bytes);
}

describe("golden bytes", () => {
  test.each(SUBJECTS)("of a person: %s", async (name, event) => {
    const data = await stored(name, event.data);
    expect(readSubjectEvent(event.type, SUBJECT_EVENT_VERSION, data)).toEqual(event);
    expect(readSubjectEvent(event.type, 2, data)).toBeUndefined();
    expect(readSubjectEvent("SubjectForgotten", 1, data)).toBeUndefined();
  });

  test.each(ERASURES)("of an erasure that is under way: %s", async (name, event) => {
    const data = await stored(name, event.data);
    expect(readErasureEvent(event.type, ERASURE_EVENT_VERSION, data)).toEqual(event);
    expect(readErasureEvent(event.type, 2, data)).toBeUndefined();
    expect(readHoldEvent(event.type, HOLD_EVENT_VERSION, data)).toBeUndefined();
  });

  test.each(HOLDS)("of a hold: %s", async (name, event) => {
    const data = await stored(name, event.data);
    expect(readHoldEvent(event.type, HOLD_EVENT_VERSION, data)).toEqual(event);
    expect(readHoldEvent(event.type, 2, data)).toBeUndefined();
  });

  test("of a retention that came to its end", async () => {
    const data = { upTo: "4711", runs: 3, events: 61, blobs: 7 };
    const read = await stored("RetentionRan", data);
    expect(readRetentionEvent("RetentionRan", RETENTION_EVENT_VERSION, read)).toEqual({
      type: "RetentionRan",
      data,
    });
    expect(readRetentionEvent("RetentionRan", 2, read)).toBeUndefined();
    expect(readRetentionEvent("RetentionBegan", 1, read)).toBeUndefined();
  });

  test.each([
    ["WebhookDeliveriesRemoved", REMOVED],
    ["WebhookDeliveriesRemoved-bare", BARE],
  ])("of records of deliveries that have left: %s", async (name, data) => {
    const read = await stored(name, data);
    expect(readDeliveriesRemoved("WebhookDeliveriesRemoved", DELIVERIES_REMOVED_VERSION, read)).toEqual({
      type: "WebhookDeliveriesRemoved",
      data,
    });
    expect(readDeliveriesRemoved("WebhookDeliveriesRemoved", 2, read)).toBeUndefined();
    expect(readDeliveriesRemoved("RetentionRan", 1, read)).toBeUndefined();
  });

  test("of sealed values that refer to blobs, which are named in clear", async () => {
    const blobs = [{ $blob: `sha256-${"ab".repeat(32)}`, size: 70_044, kind: "json" }];
    const sealed = {
      v: 1,
      keyId: `${subject}.0123456789abcdef`,
      nonce: "AAAAAAAAAAAAAAAA",
      ciphertext: "q83vEjRWeJCrze8SNFZ4kA==",
      blobs,
    };
    const data = { durationMs: 12, sealed };
    const read = await stored("RunSucceeded-sealedblobs", data);
    expect(lift("RunSucceeded", 1, read)).toEqual({ ok: true, event: { type: "RunSucceeded", data } });
  });

  test("of sealed values, in the place of those in clear", async () => {
    const sealed = {
      v: 1,
      keyId: `${subject}.0123456789abcdef`,
      nonce: "AAAAAAAAAAAAAAAA",
      ciphertext: "q83vEjRWeJCrze8SNFZ4kA==",
    };
    const data = { durationMs: 12, sealed };
    const read = await stored("RunSucceeded-sealed", data);
    expect(lift("RunSucceeded", 1, read)).toEqual({ ok: true, event: { type: "RunSucceeded", data } });
  });
});
