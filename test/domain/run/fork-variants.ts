// Samples of what a fork writes.
import type { RunEvent } from "../../../src/domain/index.ts";
import { task } from "./graph-of.ts";
import { hash, run } from "./samples.ts";

const t = task("count");

export const FORK_VARIANTS: readonly (readonly [name: string, event: RunEvent])[] = [
  [
    "RunSubmitted-fork",
    {
      type: "RunSubmitted",
      data: {
        workflow: { id: "oven", name: "Oven", hash, size: 90 },
        priority: "normal",
        forkedFrom: { run, revision: 12, again: [t], params: [t], results: [task("each[2]")] },
        requestHash: "hmac-sha256-00",
        values: {
          inputs: {},
          set: { "tasks.count.params.a": 1, 'tasks["each[2]"].result': { rows: 3 } },
        },
      },
    },
  ],
];
