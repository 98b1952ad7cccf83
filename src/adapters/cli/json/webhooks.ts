// Webhooks as `--json` prints them; the HTTP API answers the same. Other programs read this: add, never rename.
import { z } from "zod";
import * as v from "./values.ts";

export const webhook = z
  .strictObject({
    id: z.string().describe("Also in `webhook-id`, behind the event's."),
    url: z.string(),
    description: z.string().nullable(),
    events: z.array(z.string()).nullable().describe("Null: all of the catalogue."),
    filter: v.map.nullable(),
    ordered: z.boolean(),
    payload: z.enum(["full", "thin"]),
    maxRate: z.number().nullable().describe("Deliveries a second."),
    headers: z.array(z.string()).describe("Names only."),
    clientCertificate: z
      .strictObject({
        subject: z.string(),
        fingerprint: z.string().describe("SHA-256, in hex."),
        expiresAt: v.instant,
      })
      .nullable()
      .describe("Shown to the receiver; its key never is."),
    challenge: z.boolean().describe("An address has to answer a challenge before it is taken."),
    status: z.enum(["active", "paused", "disabled"]).describe("`paused`: too many runs are held up."),
    disabled: z.strictObject({ reason: z.enum(["gone", "failing", "request"]), at: v.instant }).nullable(),
    createdAt: v.instant,
    position: v.position.describe("Up to there everything was sent, parked, or is held up."),
    held: v.count.describe("Deliveries that have failed and are tried again."),
    failures: v.count.describe("In a row."),
    failingSince: v.instant.nullable(),
    lastDeliveredAt: v.instant.nullable(),
    delivered: v.count,
    parked: v.count,
    replays: v.count.describe("Under way."),
    secrets: v.count,
    oldSecretUntil: v.instant.nullable(),
  })
  .meta({ id: "Webhook" });

export const list = z.strictObject({ items: z.array(webhook) }).meta({ id: "Webhooks" });

export const made = z
  .strictObject({
    ...webhook.shape,
    secret: z.string().describe("Shown this once: what deliveries are verified with."),
  })
  .meta({ id: "NewWebhook" });

export const removed = z.strictObject({ id: z.string(), deleted: z.literal(true) });

const outcome = {
  outcome: z.enum(["delivered", "failed"]),
  status: z.int().nullable().describe("Of the answer."),
  code: v.code.nullable(),
  message: z.string().nullable(),
  durationMs: v.millis,
  address: z.string().nullable(),
  response: z.string().nullable().describe("The first 8 kB."),
};

export const tested = z
  .strictObject({ id: z.string(), url: z.string(), ...outcome })
  .meta({ id: "WebhookTest" });

const delivery = z
  .strictObject({
    id: z.string().describe("`webhook-id`."),
    event: z.uuid(),
    type: z.string(),
    runId: v.runId.nullable(),
    sequence: z.string(),
    status: z.enum(["pending", "delivered", "failed", "parked"]),
    replay: z.uuid().nullable().describe("The replay that it is a part of."),
    begunAt: v.instant,
    dueAt: v.instant.nullable(),
    attempts: z.array(
      z.strictObject({
        attempt: v.count,
        at: v.instant,
        ...outcome,
        erased: z.boolean().describe("What was answered is of somebody whose data were erased."),
      }),
    ),
  })
  .meta({ id: "Delivery" });

export const deliveries = z
  .strictObject({
    items: z.array(delivery).describe("The newest first."),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: "Deliveries" });

export const redelivery = delivery;

export const replay = z
  .strictObject({ id: z.string(), replay: z.uuid(), from: v.position, to: v.position })
  .meta({ id: "WebhookReplay" });

export const received = z.strictObject({
  at: v.instant,
  id: z.string().nullable(),
  verified: z.boolean(),
  problem: z.string().nullable(),
  body: v.any,
});
