// What is told of runs that are compared, run again or forked, as `--json` prints it. Other programs read this: add,
// never rename.
import { z } from "zod";
import { RUN_STATUSES } from "../../../domain/index.ts";
import * as v from "./values.ts";

const { maybe } = v;

const side = z
  .strictObject({
    runId: v.runId,
    workflow: z.strictObject({ name: z.string(), version: maybe(z.string()), hash: v.hash }),
    status: v.runStatus,
  })
  .meta({ id: "DiffSide" });

const difference = z
  .strictObject({
    task: v.task.nullable().describe("Null for the run itself; `task/task` inside a run that is a task."),
    kind: z.string().describe("`params`, `result`, `status`, `model` … ; new ones may come."),
    path: maybe(z.string()).describe("Inside the value."),
    a: maybe(v.any).describe("Absent where there was nothing."),
    b: maybe(v.any),
    unknown: maybe(z.literal(true)).describe("Erased or missing on a side: no difference that counts."),
  })
  .meta({ id: "Difference" });

export const diff = z
  .strictObject({
    a: side,
    b: side,
    same: z.boolean(),
    first: difference.nullable().describe("Where they begin to differ."),
    differences: z.array(difference),
  })
  .meta({ id: "Diff" });

const divergence = z
  .strictObject({
    task: v.task.nullable().describe("Null for the run itself; `task/task` inside a run that is a task."),
    event: z.uuid().nullable().describe("Of the record: the one that should have been otherwise."),
    revision: v.count.nullable(),
    type: z.string().nullable(),
    kind: z
      .string()
      .describe("`params`, `call-not-recorded`, `not-called`, `skipped`, `end` … ; new ones may come."),
    path: maybe(z.string()),
    expected: v.any,
    actual: v.any,
  })
  .meta({ id: "Divergence" });

const replayStatus = z.enum(RUN_STATUSES).describe("As the replay ended; `absent` when it could not begin.");

export const stubReplay = z.strictObject({
  runId: v.runId,
  mode: z.literal("stub"),
  divergences: z.array(divergence),
  unknown: z
    .array(divergence)
    .describe("What depends on erased or missing values: no difference that counts."),
  status: replayStatus,
  outputs: v.any,
  events: v.count.describe("Of the record, with the runs inside."),
});

export const viewReplay = z.strictObject({
  runId: v.runId,
  mode: z.literal("view"),
  divergences: z.array(divergence).length(0),
  status: v.runStatus,
  outputs: v.any,
  transitions: z.array(
    z.strictObject({
      revision: v.count,
      at: v.instant,
      id: z.uuid(),
      type: z.string(),
      changes: z.array(z.strictObject({ task: v.task.nullable(), from: z.string(), to: z.string() })),
    }),
  ),
});

export const replayedAll = z.strictObject({
  mode: z.literal("stub"),
  runs: v.count,
  same: v.count,
  different: v.count,
  unknown: v.count.describe("Of those that are the same, where something cannot be seen any more."),
  failed: v.count.describe("Could not be replayed."),
  events: v.count,
  causes: z.array(
    z.strictObject({
      workflow: z.string(),
      kind: z.string(),
      task: v.task.nullable(),
      path: maybe(z.string()),
      runs: v.count.describe("In which it stands first."),
      example: z.strictObject({ runId: v.runId, event: z.uuid().nullable(), expected: v.any, actual: v.any }),
    }),
  ),
  results: z.array(
    z.strictObject({
      runId: v.runId,
      workflow: z.string(),
      status: replayStatus,
      divergences: z.array(divergence),
      unknown: v.count,
      events: v.count,
      error: maybe(v.error),
    }),
  ),
});

export const forkPlan = z
  .strictObject({
    runId: v.runId,
    dryRun: z.literal(true),
    forkedFrom: v.earlier,
    reused: z.array(z.strictObject({ task: v.task, revision: v.count })),
    given: z.array(v.task).describe("Results that were set."),
    again: z.array(
      z.strictObject({
        task: v.task,
        method: z.string(),
        was: maybe(v.taskStatus).describe("In the earlier run; absent where there was none."),
      }),
    ),
  })
  .meta({ id: "ForkPlan" });
