// Fields that are filled in no sample of their type, mostly because they came later: one more sample for each.
import type { RunEvent } from "../../../src/domain/index.ts";
import { task } from "./graph-of.ts";

const t = task("count");
const error = { code: "TASK_TIMEOUT", retryable: true } as const;
const errorValue = {
  message: "did not end",
  details: { timeoutMs: 1000 },
  cause: { code: "CONNECTION_LOST" },
};

/** Events in which other fields are filled than in the sample of their type. */
export const VARIANTS: readonly (readonly [name: string, event: RunEvent])[] = [
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
];
