// When things happened in a run, as `--json` prints it. Other programs read this: add, never rename.
import { z } from "zod";
import { task, usage } from "./runs.ts";
import * as v from "./values.ts";

const { maybe } = v;

const attempt = z
  .strictObject({
    attempt: v.count,
    startedAt: v.instant,
    endedAt: maybe(v.instant),
    durationMs: maybe(v.millis),
    provider: z.string(),
    instance: maybe(z.string()).describe("Which one it was, where its provider has several."),
    outcome: z.enum(["running", "succeeded", "failed", "lost", "cancelled"]),
    code: maybe(v.code),
  })
  .meta({ id: "AttemptSpan" });

const span = { from: v.instant, to: v.instant, durationMs: v.millis };

const gap = z
  .strictObject({
    ...span,
    for: z.enum(["dependency", "place", "retry", "loss", "signal", "approval", "time"]),
    task: maybe(v.task).describe("The one that it waited for."),
    signal: maybe(z.string()),
  })
  .meta({ id: "WaitSpan" });

export const oneTask = z
  .strictObject({
    runId: v.runId,
    status: v.runStatus,
    task: task.extend({
      id: v.task,
      params: v.any.describe("As it was called; null when it was not."),
      timeline: z.strictObject({ attempts: z.array(attempt), waits: z.array(gap) }),
    }),
  })
  .meta({ id: "OneTask" });

export const timeline = z
  .strictObject({
    runId: v.runId,
    workflow: z.strictObject({ name: z.string() }),
    status: v.runStatus,
    ...span,
    criticalPath: z
      .array(z.strictObject({ task: v.task, ...span }))
      .describe("What made the run take its time."),
    pauses: z.array(z.strictObject(span)),
    tasks: z.array(
      z.strictObject({
        id: v.task,
        name: z.string(),
        status: v.taskStatus,
        critical: z.boolean(),
        readyAt: maybe(v.instant),
        waitedFor: maybe(v.task).describe("The last of its dependencies to end."),
        endedAt: maybe(v.instant),
        runMs: v.millis,
        waitMs: v.millis,
        attempts: z.array(attempt),
        waits: z.array(gap),
        model: maybe(z.string()).describe("The model that answered."),
        usage: maybe(usage),
      }),
    ),
    usage: maybe(usage).describe("What models counted in all, runs inside this one left out."),
  })
  .meta({ id: "Timeline" });
