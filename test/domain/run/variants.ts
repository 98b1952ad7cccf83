// Samples of events in which other fields are filled than in the sample of their type.
import type { RunEvent } from "../../../src/domain/index.ts";
import { task } from "./graph-of.ts";
import { INSTANCE_VARIANTS } from "./instance-variants.ts";
import { blob, error, errorValue, file, hash, run } from "./samples.ts";

const t = task("count");

const captured = {
  workflow: { id: "oven", name: "Oven", hash, size: 90 },
  source: file,
  files: [file],
  batch: { count: 2, list: blob },
};

export const VARIANTS: readonly (readonly [name: string, event: RunEvent])[] = [
  [
    "RunSubmitted-child",
    {
      type: "RunSubmitted",
      data: {
        workflow: captured.workflow,
        priority: "normal",
        parent: { run, task: t, attempt: 1, depth: 2 },
        workflows: [captured],
        requestHash: "child-00",
        values: {
          inputs: {},
          calls: { "oven.yaml": 0 },
          workflows: [{ source: "oven.yaml", files: ["knead.py"], calls: {} }],
        },
      },
    },
  ],
  [
    "RunSubmitted-many",
    {
      type: "RunSubmitted",
      data: {
        workflow: captured.workflow,
        priority: "low",
        workflows: blob,
        requestHash: "hmac-sha256-00",
        values: { inputs: {} },
      },
    },
  ],
  [
    "RunCompensating-error",
    {
      type: "RunCompensating",
      data: { outcome: "failed", error, task: t, values: { error: errorValue } },
    },
  ],
  [
    "TasksAdded-agent",
    {
      type: "TasksAdded",
      data: {
        template: t,
        count: 3,
        steps: [
          { kind: "approval", tool: 1 },
          { kind: "call", tool: 1 },
          { kind: "call", tool: 0 },
        ],
        values: {
          items: [
            { call: 0, arguments: { a: 1 } },
            { call: 0, arguments: { a: 1 } },
            { call: 2, arguments: {} },
          ],
          refused: [{ call: 1, code: "METHOD_NOT_SUPPORTED", message: "there is no tool `ad`" }],
        },
      },
    },
  ],
  [
    "TasksAdded-begins",
    {
      type: "TasksAdded",
      data: {
        template: t,
        count: 1,
        steps: [{ kind: "turn" }],
        values: {
          params: { prompt: "count", tools: ["mcp/tool.add"] },
          tools: [{ name: "add", description: "Adds.", parameters: { type: "object" } }],
        },
      },
    },
  ],
  [
    "TaskScheduled-cache",
    {
      type: "TaskScheduled",
      data: {
        task: t,
        attempt: 1,
        protocol: "echo/v1",
        method: "echo",
        idempotencyKey: `${run}/count`,
        priority: "normal",
        cacheKey: "hmac-sha256-00",
        values: { params: {} },
      },
    },
  ],
  [
    "TaskScheduled-secrets",
    {
      type: "TaskScheduled",
      data: {
        task: t,
        attempt: 1,
        protocol: "http/v1",
        method: "request",
        idempotencyKey: `${run}/count`,
        priority: "normal",
        values: {
          params: { url: "https://shop.example/", headers: { authorization: "Bearer ${secret.SHOP_KEY}" } },
          secrets: [{ path: ["headers", "authorization"], at: 7, name: "SHOP_KEY" }],
        },
      },
    },
  ],
  [
    "TaskSucceeded-cache",
    {
      type: "TaskSucceeded",
      data: { task: t, attempt: 1, durationMs: 3, cacheKey: "hmac-sha256-00", values: { result: 3 } },
    },
  ],
  [
    "TaskScheduled-child",
    {
      type: "TaskScheduled",
      data: {
        task: t,
        attempt: 1,
        protocol: "workflow/v1",
        method: "run",
        idempotencyKey: `${run}/count`,
        priority: "normal",
        values: { params: { workflow: "oven.yaml", inputs: {} } },
      },
    },
  ],
  [
    "RunResumed-set",
    {
      type: "RunResumed",
      data: {
        inputs: true,
        params: [t],
        results: [task("sum")],
        values: { set: { "inputs.x": 1, "tasks.count.params.a": [2], "tasks.sum.result": 3 } },
      },
    },
  ],
  [
    "TaskSucceeded-given",
    { type: "TaskSucceeded", data: { task: t, attempt: 3, durationMs: 12, given: 9, values: { result: 3 } } },
  ],
  [
    "TaskFailed-elements",
    {
      type: "TaskFailed",
      data: {
        task: t,
        attempt: 0,
        durationMs: 12,
        error,
        final: true,
        values: { error: errorValue, result: [{ words: 3 }, null] },
      },
    },
  ],
  [
    "ApprovalDecided-actor",
    {
      type: "ApprovalDecided",
      data: { task: t, decision: "rejected", by: "hmac-02", values: { reason: "no" } },
    },
  ],
  [
    "ApprovalRequested-ids",
    {
      type: "ApprovalRequested",
      data: {
        task: t,
        min: 1,
        approvers: ["hmac-02"],
        notBy: ["hmac-00"],
        values: { message: "ok?", approvers: ["anna"] },
      },
    },
  ],
  ...INSTANCE_VARIANTS,
];
