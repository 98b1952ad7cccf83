// Runs and failures in lists, as `--json` prints them. Other programs read this: add, never rename.
import { z } from "zod";
import { row } from "./runs.ts";
import * as v from "./values.ts";

const { maybe } = v;

export const list = z
  .strictObject({
    items: z.array(row).describe("The newest first."),
    nextCursor: z.string().nullable().describe("For `--cursor`; null at the end."),
  })
  .meta({ id: "Runs" });

export const status = z
  .strictObject({
    store: z.string(),
    head: v.position,
    checkpoint: z
      .strictObject({ origin: z.string(), size: v.count, root: z.base64() })
      .nullable()
      .describe("The last one that was signed; null before there is one."),
    runs: z.partialRecord(v.runStatus, v.count).describe("Statuses that no run has are missing."),
    queue: z.strictObject({
      pending: v.count.describe("Runs that nobody has begun."),
      oldestMs: v.millis.describe("How long the oldest of them has waited."),
      overdueMs: v.millis.describe("How late the next timer is."),
    }),
    last: z.array(row),
    due: z.array(z.strictObject({ runId: v.runId, task: v.task, dueAt: v.instant })),
    unattended: z.array(v.runId).describe("Runs that could go on but that nobody drives."),
    switchedOff: z.array(z.string()).describe("Flags that are off; `flags list` says who set them."),
  })
  .meta({ id: "Status" });

export const failures = z
  .strictObject({
    total: v.count.describe("Of causes; `items` holds as many as `--limit` says."),
    by: z.enum(["code", "task", "model", "workflow"]),
    items: z.array(
      z.strictObject({
        cause: z.string(),
        count: v.count,
        runs: v.count,
        last: v.instant,
        example: z.strictObject({
          runId: v.runId,
          workflow: z.strictObject({ id: z.string(), name: z.string() }),
          task: maybe(v.task),
          code: v.code,
          message: maybe(z.string()),
        }),
      }),
    ),
  })
  .meta({ id: "Failures" });
