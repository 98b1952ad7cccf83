// The bytes of every event type, kept for ever. A failure here means that stored logs would be read differently:
// raise the schema version and add an upcast instead of changing a file that exists.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { EventId, type Json, lift, RUN_EVENT_TYPES, schemaVersion } from "../../../src/domain/index.ts";
import { encoder } from "../../../src/engine/log/encode.ts";
import { FORK_VARIANTS } from "./fork-variants.ts";
import { SAMPLE_METADATA, SAMPLES } from "./samples.ts";
import { VARIANTS } from "./variants.ts";

const folder = new URL("../../golden/", import.meta.url);
const NOON = Date.parse("2026-03-01T12:00:00.000Z");

const encode = encoder(
  {
    eventId: () => EventId.parse("018f2f4e-0000-7000-8000-0000000000cc"),
    runId: () => {
      throw new Error("no run id is needed here");
    },
    salt: () => new Uint8Array(16),
    fraction: () => 0,
  },
  (bytes) => createHash("sha256").update(bytes).digest("hex"),
);

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const fileOf = (type: string, version: number): URL => new URL(`${type}.v${version}.json`, folder);

/** GLEITZEIT_WRITE_GOLDEN=new writes what is missing; nothing that exists is ever written again. */
async function goldenOf(file: URL, bytes: string): Promise<string> {
  const mayWrite = process.env.GLEITZEIT_WRITE_GOLDEN === "new";
  if (mayWrite && !existsSync(file)) await writeFile(file, bytes, { flag: "wx" });
  return readFile(file, "utf8");
}

/** Beginnings of the types that do not stand in runs; each has its own test of golden bytes. */
const OF_OTHER_STREAMS =
  /^(?:Access|Audit|Breaker|Checkpoint|Erasure|Flag|Hold|Instance|Key|Log|Payload|Quota|Retention|Role|Rollback|Subject|Trail|Webhook|Worker|Workflow)/;

describe("golden bytes", () => {
  test("there is a sample of every event type", () => {
    expect(SAMPLES.map(({ type }) => type).sort()).toEqual([...RUN_EVENT_TYPES].sort());
  });

  test.each(SAMPLES.map((sample) => [sample.type, sample] as const))(
    "%s is written as it always was",
    async (type, sample) => {
      const { event } = encode(sample, SAMPLE_METADATA, NOON);
      const bytes = `${text(event.data)}\n`;
      const file = fileOf(type, schemaVersion(type));
      if (process.env.GLEITZEIT_WRITE_GOLDEN === "new") await writeFile(file, bytes, { flag: "wx" });
      expect(bytes).toBe(await readFile(file, "utf8"));
    },
  );

  test.each(SAMPLES.map((sample) => [sample.type, sample] as const))(
    "%s is read back as it was meant",
    async (type, sample) => {
      const data: Json = JSON.parse(await readFile(fileOf(type, schemaVersion(type)), "utf8"));
      expect(lift(type, schemaVersion(type), data)).toEqual({ ok: true, event: sample });
    },
  );

  test.each([...VARIANTS, ...FORK_VARIANTS])(
    "%s is written as it always was, and read back as it was meant",
    async (name, variant) => {
      const { type } = variant;
      const bytes = `${text(encode(variant, SAMPLE_METADATA, NOON).event.data)}\n`;
      const golden = await goldenOf(fileOf(name, schemaVersion(type)), bytes);
      expect(bytes).toBe(golden);
      const data: Json = JSON.parse(golden);
      expect(lift(type, schemaVersion(type), data)).toEqual({ ok: true, event: variant });
    },
  );

  test("every version ever written is still read", async () => {
    for (const name of await readdir(folder)) {
      const [, type = "", version = ""] = /^(\w+)(?:-\w+)?\.v(\d+)\.json$/.exec(name) ?? [];
      const data: Json = JSON.parse(await readFile(new URL(name, folder), "utf8"));
      if (type === "metadata" || OF_OTHER_STREAMS.test(type)) continue; // worker, registered, pool
      expect(lift(type, Number(version), data), name).toMatchObject({ ok: true });
    }
  });

  test("metadata is written as it always was", async () => {
    const [sample] = SAMPLES;
    if (!sample) throw new Error("no sample");
    const bytes = `${text(encode(sample, SAMPLE_METADATA, NOON).event.metadata)}\n`;
    const file = fileOf("metadata", 1);
    expect(bytes).toBe(await goldenOf(file, bytes));
  });
});

describe("reading", () => {
  test("lifts version 1 of RunPaused, which had no cause", () => {
    expect(lift("RunPaused", 1, { values: { reason: "x" } })).toEqual({
      ok: true,
      event: { type: "RunPaused", data: { cause: "request", values: { reason: "x" } } },
    });
  });

  test("keeps fields that it does not know", () => {
    const data = { durationMs: 1, colour: "blue", values: { outputs: {}, shade: 3 } };
    expect(lift("RunSucceeded", 1, data)).toEqual({ ok: true, event: { type: "RunSucceeded", data } });
  });

  test.each([
    ["an unknown type", "RunExploded", 1, {}, /unknown event type RunExploded/],
    [
      "a version of the future",
      "RunStarted",
      2,
      {},
      /RunStarted has schema version 2; this version reads 1 to 1/,
    ],
    ["version 0", "RunStarted", 0, {}, /schema version 0/],
    ["a missing field", "RunStarted", 1, {}, /owner/],
    ["data that are no object", "RunStarted", 1, [], /not an object/],
  ])("refuses %s", (_, type, version, data, message) => {
    const lifted = lift(type, version, data);
    expect(lifted).toMatchObject({ ok: false });
    expect(lifted.ok ? "" : lifted.message).toMatch(message);
  });

  test("reads an event whose values are sealed or gone", () => {
    const sealed = { v: 1, keyId: "k", nonce: "n", ciphertext: "c" };
    expect(lift("RunSucceeded", 1, { durationMs: 1, sealed })).toMatchObject({ ok: true });
    expect(lift("RunSucceeded", 1, { durationMs: 1 })).toMatchObject({ ok: true });
  });
});
