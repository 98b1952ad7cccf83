// Samples of events of calls that went to one of several instances.
import type { RunEvent } from "../../../src/domain/index.ts";
import { task } from "./graph-of.ts";
import { error, errorValue, run } from "./samples.ts";

const t = task("count");

export const INSTANCE_VARIANTS: readonly (readonly [name: string, event: RunEvent])[] = [
  [
    "TaskScheduled-steer",
    {
      type: "TaskScheduled",
      data: {
        task: t,
        attempt: 1,
        protocol: "llm/v1",
        method: "chat",
        idempotencyKey: `${run}/count`,
        priority: "normal",
        values: { params: {}, steer: { affinity: "tides", hashKey: "customer 7" } },
      },
    },
  ],
  [
    "TaskSucceeded-tried",
    {
      type: "TaskSucceeded",
      data: {
        task: t,
        attempt: 1,
        durationMs: 3,
        provider: "local",
        instance: "http://10.0.0.8:11434",
        tried: [{ instance: "http://10.0.0.7:11434", code: "CONNECTION_REFUSED" }],
        values: { result: 3 },
      },
    },
  ],
  [
    "TaskFailed-tried",
    {
      type: "TaskFailed",
      data: {
        task: t,
        attempt: 1,
        durationMs: 3,
        error,
        final: false,
        provider: "local",
        instance: "http://10.0.0.8:11434",
        tried: [{ instance: "http://10.0.0.7:11434", code: "RATE_LIMIT_EXCEEDED" }],
        values: { error: errorValue },
      },
    },
  ],
];
