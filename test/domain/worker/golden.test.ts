// The bytes of what processes say of themselves, kept for ever: test/domain/run/golden.test.ts says what that means.
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import {
  type Json,
  jcs,
  readWorkerEvent,
  WORKER_EVENT_VERSION,
  type WorkerEvent,
} from "../../../src/domain/index.ts";

const folder = new URL("../../golden/", import.meta.url);

const SAMPLES: readonly WorkerEvent[] = [
  { type: "WorkerStarted", data: { leaseMs: 15_000 } },
  { type: "WorkerLeaseExtended", data: { leaseMs: 15_000 } },
  { type: "WorkerStopped", data: {} },
];

describe("golden bytes of workers' events", () => {
  test.each(SAMPLES.map((sample) => [sample.type, sample] as const))("%s", async (type, sample) => {
    const file = new URL(`${type}.v${WORKER_EVENT_VERSION}.json`, folder);
    const bytes = `${jcs(sample.data)}\n`;
    const mayWrite = process.env.GLEITZEIT_WRITE_GOLDEN === "new";
    if (mayWrite && !existsSync(file)) await writeFile(file, bytes, { flag: "wx" });
    expect(bytes).toBe(await readFile(file, "utf8"));
    const data: Json = JSON.parse(bytes);
    expect(readWorkerEvent(type, WORKER_EVENT_VERSION, data)).toEqual(sample);
  });

  test("there is a sample of every file", async () => {
    const files = (await readdir(folder)).filter((name) => name.startsWith("Worker"));
    expect(files.toSorted()).toEqual(SAMPLES.map(({ type }) => `${type}.v1.json`).toSorted());
  });

  test("what is of another version, another type or another shape is not read", () => {
    expect(readWorkerEvent("WorkerStarted", 2, { leaseMs: 1 })).toBeUndefined();
    expect(readWorkerEvent("WorkerSlept", 1, {})).toBeUndefined();
    expect(readWorkerEvent("WorkerStarted", 1, { leaseMs: -1 })).toBeUndefined();
  });
});
