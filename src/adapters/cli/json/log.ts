// Events and what tasks wrote, a line of JSON each. Other programs read this: add, never rename.
import { z } from "zod";
import * as v from "./values.ts";

const { maybe } = v;

export const event = z
  .strictObject({
    position: v.position,
    stream: z.string(),
    revision: v.count,
    id: z.uuid(),
    type: z.string().describe("`TaskSucceeded`; the others are in stored-format.md."),
    schemaVersion: z.int().min(1),
    recordedAt: v.instant,
    metadata: z.strictObject({
      tenant: z.string(),
      actor: v.actor,
      correlationId: maybe(v.runId),
      causationId: maybe(z.uuid()),
      traceparent: maybe(z.string()),
      idempotency: maybe(z.string()),
      worker: maybe(z.uuid()),
    }),
    data: v.map.describe("Control fields as stored; `values` as the user wrote them."),
  })
  .meta({ id: "Event" });

/** Over HTTP, where they come in pages. */
export const events = z
  .strictObject({
    items: z.array(event),
    nextCursor: z.string().describe("For `after`; there is always one."),
  })
  .meta({ id: "Events" });

export const log = z.strictObject({
  task: v.task,
  attempt: v.count,
  status: z.enum(["succeeded", "failed", "retrying"]),
  at: v.instant,
  durationMs: v.millis,
  stdout: maybe(z.string()),
  stderr: maybe(z.string()),
  response: maybe(z.string()).describe("A model's or a tool's answer in words."),
  truncated: maybe(z.literal(true)).describe("More was written than is kept."),
  error: maybe(v.error),
  evidence: maybe(v.any),
});
