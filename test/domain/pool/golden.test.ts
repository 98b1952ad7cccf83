// The bytes of what happens to instances, kept for ever: test/domain/run/golden.test.ts says what that means.
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import {
  Instant,
  type Json,
  jcs,
  POOL_EVENT_VERSION,
  type PoolEvent,
  readPoolEvent,
} from "../../../src/domain/index.ts";
import { PoolEvent as Schema } from "../../../src/domain/pool/pool-events.ts";

const folder = new URL("../../golden/", import.meta.url);
const instance = "http://10.0.0.7:11434";
const until = Instant.parse("2026-03-01T12:01:00.000Z");

const SAMPLES: readonly (readonly [string, PoolEvent])[] = [
  ["InstanceAdded", { type: "InstanceAdded", data: { instance, protocol: "llm/v1", endpoint: instance } }],
  ["InstanceAdded-bare", { type: "InstanceAdded", data: { instance, protocol: "tools/v1" } }],
  ["InstanceRemoved", { type: "InstanceRemoved", data: { instance } }],
  ["InstanceDraining", { type: "InstanceDraining", data: { instance, values: { reason: "new disks" } } }],
  ["InstanceResumed", { type: "InstanceResumed", data: { instance } }],
  [
    "InstanceUnhealthy",
    { type: "InstanceUnhealthy", data: { instance, values: { detail: "nothing listens there" } } },
  ],
  ["InstanceHealthy", { type: "InstanceHealthy", data: { instance } }],
  [
    "BreakerOpened",
    { type: "BreakerOpened", data: { instance, failures: 5, code: "CONNECTION_LOST", until } },
  ],
  ["BreakerHalfOpened", { type: "BreakerHalfOpened", data: { instance } }],
  ["BreakerClosed", { type: "BreakerClosed", data: { instance } }],
];

describe("golden bytes of what happens to instances", () => {
  test.each(SAMPLES)("%s", async (name, { type, data }) => {
    const file = new URL(`${name}.v${POOL_EVENT_VERSION}.json`, folder);
    const bytes = `${jcs(data)}\n`;
    const mayWrite = process.env.GLEITZEIT_WRITE_GOLDEN === "new";
    if (mayWrite && !existsSync(file)) await writeFile(file, bytes, { flag: "wx" });
    expect(bytes).toBe(await readFile(file, "utf8"));
    const stored: Json = JSON.parse(bytes);
    expect(readPoolEvent(type, POOL_EVENT_VERSION, stored)).toEqual({ type, data });
  });

  test("there is a sample of every type", () => {
    const types = Schema.options.map((option) => option.shape.type.value);
    expect([...new Set(SAMPLES.map(([, { type }]) => type))].toSorted()).toEqual(types.toSorted());
  });

  test("what is of another version, another type or another shape is not read; unknown fields are kept", () => {
    expect(readPoolEvent("InstanceHealthy", 2, { instance })).toBeUndefined();
    expect(readPoolEvent("InstanceSlept", 1, { instance })).toBeUndefined();
    expect(readPoolEvent("InstanceHealthy", 1, { instance: "" })).toBeUndefined();
    expect(readPoolEvent("InstanceHealthy", 1, { instance, later: 1 })?.data).toMatchObject({ later: 1 });
  });
});
