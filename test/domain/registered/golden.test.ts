// The bytes of what stands in the streams of registered workflows, kept for ever: test/domain/run/golden.test.ts says
// what that means.
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import {
  type Json,
  jcs,
  readWorkflowEvent,
  WORKFLOW_EVENT_VERSION,
  type WorkflowRegistered,
} from "../../../src/domain/index.ts";

const folder = new URL("../../golden/", import.meta.url);
const hash = (digit: string): string => `sha256-${digit.repeat(64)}`;

const SAMPLES: readonly (readonly [string, WorkflowRegistered])[] = [
  [
    "WorkflowRegistered",
    {
      type: "WorkflowRegistered",
      data: {
        workflow: { id: "tariff", name: "Tariff", version: "2", hash: hash("a"), size: 310 },
        contentHash: `hmac-${hash("b")}`,
        source: { hash: hash("c"), size: 420 },
        files: [{ hash: hash("d"), size: 12, shared: true }],
        workflows: [{ workflow: { id: "inner", name: "Inner", hash: hash("e"), size: 90 } }],
        values: {
          source: "tariff.yaml",
          files: ["lib/round.js"],
          folders: { document: "/home/ada/tariffs", working: "/home/ada" },
          workflows: [{ source: "inner.yaml", calls: {} }],
          calls: { "inner.yaml": 0 },
          reason: "new season",
        },
      },
    },
  ],
  [
    "WorkflowRegistered-bare",
    {
      type: "WorkflowRegistered",
      data: { workflow: { id: "t", name: "T", hash: hash("a"), size: 31 }, contentHash: `hmac-${hash("b")}` },
    },
  ],
];

describe("golden bytes of registered workflows", () => {
  test.each(SAMPLES)("%s", async (name, sample) => {
    const file = new URL(`${name}.v${WORKFLOW_EVENT_VERSION}.json`, folder);
    const bytes = `${jcs(sample.data)}\n`;
    const mayWrite = process.env.GLEITZEIT_WRITE_GOLDEN === "new";
    if (mayWrite && !existsSync(file)) await writeFile(file, bytes, { flag: "wx" });
    expect(bytes).toBe(await readFile(file, "utf8"));
    const data: Json = JSON.parse(bytes);
    expect(readWorkflowEvent(sample.type, WORKFLOW_EVENT_VERSION, data)).toEqual(sample);
  });

  test("there is a sample of every file", async () => {
    const files = (await readdir(folder)).filter((name) => name.startsWith("Workflow"));
    expect(files.toSorted()).toEqual(SAMPLES.map(([name]) => `${name}.v1.json`).toSorted());
  });

  test("what is of another version, another type or another shape is not read; unknown fields stay", () => {
    const [, sample] = SAMPLES[1] ?? [];
    const data: Json = JSON.parse(jcs(sample?.data ?? {}));
    expect(readWorkflowEvent("WorkflowRegistered", 2, data)).toBeUndefined();
    expect(readWorkflowEvent("WorkflowRetired", 1, data)).toBeUndefined();
    expect(readWorkflowEvent("WorkflowRegistered", 1, {})).toBeUndefined();
    const more: Json = { ...JSON.parse(jcs(data)), colour: "blue" };
    expect(readWorkflowEvent("WorkflowRegistered", 1, more)?.data).toEqual(more);
  });
});
