// Runs and their tasks, as `--json` prints them. Other programs read this: add, never rename.
import { z } from "zod";
import { Priority } from "../../../domain/index.ts";
import * as v from "./values.ts";

const { maybe } = v;

const waiting = {
  kind: z.enum(["time", "signal", "approval"]),
  since: v.instant,
  dueAt: maybe(v.instant).describe("The end of a time, or the instant at which it is too late."),
  signal: maybe(z.string()),
  min: maybe(v.count).describe("How many approvals it takes."),
  approvals: maybe(v.count).describe("How many there are."),
  message: maybe(v.any).describe("What is asked."),
  approvers: maybe(z.array(z.string())).describe("Who may decide, as the document names them."),
  notBy: maybe(z.array(z.string())).describe("Who may not."),
};
const wait = z.strictObject(waiting).meta({ id: "Wait" });

export const usage = z
  .strictObject({
    inputTokens: maybe(v.count),
    outputTokens: maybe(v.count),
    costMicros: maybe(v.count).describe("Millionths of the currency in which the configuration has prices."),
  })
  .meta({ id: "Usage" });

export const task = z
  .strictObject({
    name: z.string(),
    method: z.string(),
    status: v.taskStatus,
    attempts: v.count.describe("How often it was started."),
    result: v.any.describe("Null until it has succeeded."),
    error: v.error.nullable().describe("Of its last failure."),
    durationMs: v.millis.nullable().describe("Of its last attempt."),
    skipped: maybe(
      z.strictObject({
        reason: z.enum(["condition", "dependency-failed", "dependency-skipped"]),
        because: maybe(v.task).describe("The task that it needed."),
      }),
    ),
    elements: maybe(v.count).describe("Of a repeated task: how many there are."),
    child: maybe(v.runId).describe("The run that its latest attempt is."),
    reused: maybe(v.earlier).describe("The result was taken over from there."),
    cached: maybe(v.earlier).describe("The result was recorded there for the same call."),
    model: maybe(z.string()).describe("The model that answered."),
    modelDigest: maybe(z.string()).describe("What the model's name stood for."),
    usage: maybe(usage).describe("What the model counted."),
    fellBack: maybe(v.count).describe("How many of its fallbacks were taken."),
    given: maybe(z.literal(true)).describe("The result was given by whoever resumed the run."),
    compensates: maybe(v.task).describe("This undoes what that task did."),
    undone: maybe(z.literal(true)).describe("What it did was undone."),
    dueAt: maybe(v.instant).describe("When its next attempt or the end of its wait comes."),
    waitsFor: maybe(wait),
  })
  .meta({ id: "Task" });

export const run = z
  .strictObject({
    runId: v.runId,
    name: maybe(z.string()).describe("Given with `--id`."),
    workflow: v.workflow,
    status: v.runStatus,
    submittedAt: v.instant,
    startedAt: maybe(v.instant),
    endedAt: maybe(v.instant),
    durationMs: v.millis.nullable().describe("Null until it is over."),
    forkedFrom: maybe(v.earlier).describe("The run that this one repeats, and up to where."),
    parent: maybe(z.strictObject({ run: v.runId, task: v.task, attempt: v.count })).describe(
      "The attempt of a task that this run is.",
    ),
    compensation: maybe(
      z.strictObject({
        outcome: z.enum(["failed", "cancelled"]),
        tasks: v.count,
        succeeded: v.count,
        failed: v.count,
      }),
    ).describe("What is undone, because the run ends with that outcome."),
    tasks: z.record(v.task, task).describe("By id."),
    outputs: v.any,
    error: v.error.nullable(),
    events: v.count.describe("Length of the run's own stream."),
    head: v.position.describe("Position of its last event."),
    position: v.position.describe("How far the log had come when this was read."),
  })
  .meta({ id: "Run" });

/** What cannot be told of a run without reading its values is not in lists. */
export const row = z
  .strictObject({
    runId: v.runId,
    workflow: v.workflow,
    status: v.runStatus,
    priority: Priority,
    tags: z.array(z.string()),
    submittedAt: v.instant,
    startedAt: maybe(v.instant),
    endedAt: maybe(v.instant),
    durationMs: v.millis.nullable(),
    error: z.strictObject({ code: v.code, task: maybe(v.task) }).nullable(),
    forkedFrom: maybe(v.earlier),
    waitsFor: maybe(z.array(z.strictObject({ task: v.task, ...waiting }))).describe("Of a run that goes on."),
    parent: maybe(z.strictObject({ run: v.runId, task: v.task })),
  })
  .meta({ id: "Row" });

export const interrupted = z.strictObject({
  error: v.error,
  runId: v.runId,
  status: v.runStatus.describe("`gleitzeit resume` goes on from there."),
});

export const retried = z
  .strictObject({
    items: z.array(z.strictObject({ runId: v.runId, retryOf: v.runId, status: v.runStatus })),
    succeeded: v.count,
    failed: v.count,
  })
  .meta({ id: "Retried" });

/** A line for each run that ends. */
export const ended = z.strictObject({ runId: v.runId, status: v.runStatus });
