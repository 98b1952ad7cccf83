// The catalogue of what receivers are told: a schema for each type, with a sample. Receivers are written against them: a
// member that stands in one stays, and means the same; more may come.
import { z } from "zod";
import { Instant } from "../instant.ts";
import type { JsonObject } from "../json.ts";
import { Actor } from "../run/index.ts";
import { schemaJson } from "../schema-json.ts";
import { schemaOf } from "./body.ts";
import { WEBHOOK_TYPES, type WebhookType } from "./event-types.ts";
import { Checkpoint, Place } from "./parts.ts";
import { samplesOf } from "./samples.ts";

const ErrorData = z.looseObject({
  code: z.string(),
  retryable: z.boolean(),
  message: z.string().optional().describe("Absent where the payload is thin."),
});
const OfRun = {
  runId: z.uuid(),
  workflow: z.looseObject({
    id: z.string(),
    name: z.string(),
    version: z.string().optional(),
    hash: z.string(),
  }),
  actor: Actor.loose(),
  link: z.string().describe("Where the run is found, on the server that sent this."),
  subject: z
    .string()
    .optional()
    .describe("A pseudonym of whom the run is about; absent where the payload is thin."),
};
const OfTask = { ...OfRun, taskId: z.string(), attempt: z.int() };
const status = (...one: readonly [string, ...string[]]) => ({ status: z.enum(one) });
const reason = { reason: z.string().optional() };
const OfWebhook = { webhookId: z.string(), actor: Actor.loose(), link: z.string() };

type Described = { readonly about: string; readonly data: z.ZodRawShape };

const TYPES: Readonly<Record<WebhookType, Described>> = {
  "run.submitted": { about: "A run was asked for.", data: { ...OfRun, ...status("pending"), ...reason } },
  "run.started": { about: "A process drives it.", data: { ...OfRun, ...status("running") } },
  "run.paused": { about: "Nothing new is started.", data: { ...OfRun, ...status("paused"), ...reason } },
  "run.resumed": { about: "It goes on.", data: { ...OfRun, ...status("running"), ...reason } },
  "run.succeeded": {
    about: "It ended, and everything it was to do is done.",
    data: { ...OfRun, ...status("succeeded"), outputs: z.json().optional() },
  },
  "run.failed": {
    about: "It ended with an error.",
    data: { ...OfRun, ...status("failed"), error: ErrorData },
  },
  "run.cancelled": { about: "It was stopped.", data: { ...OfRun, ...status("cancelled") } },
  "task.started": { about: "An attempt began.", data: { ...OfTask, ...status("running") } },
  "task.succeeded": {
    about: "A task is done.",
    data: { ...OfTask, ...status("succeeded"), result: z.json().optional() },
  },
  "task.failed": {
    about: "An attempt failed; `retrying` where another one follows.",
    data: { ...OfTask, ...status("failed", "retrying"), error: ErrorData },
  },
  "task.retrying": {
    about: "Another attempt is due.",
    data: { ...OfTask, ...status("retrying"), dueAt: Instant },
  },
  "task.skipped": {
    about: "It is not done.",
    data: { ...OfRun, taskId: z.string(), ...status("skipped"), reason: z.string() },
  },
  "task.cancelled": { about: "An attempt was stopped.", data: { ...OfTask, ...status("cancelled") } },
  "approval.requested": {
    about: "Somebody has to decide.",
    data: { ...OfRun, taskId: z.string(), ...status("waiting"), message: z.json().optional() },
  },
  "approval.decided": {
    about: "Somebody has decided.",
    data: {
      ...OfRun,
      taskId: z.string(),
      ...status("waiting"),
      decision: z.enum(["approved", "rejected"]),
      ...reason,
    },
  },
  "signal.received": {
    about: "A run was sent a signal.",
    data: { ...OfRun, signal: z.string(), payload: z.json().optional(), ...reason },
  },
  "webhook.parked": {
    about: "Another endpoint's delivery was given up.",
    data: { ...OfWebhook, delivery: z.uuid(), eventType: z.string(), attempts: z.int() },
  },
  "webhook.disabled": {
    about: "Another endpoint gets nothing any longer.",
    data: { ...OfWebhook, reason: z.enum(["gone", "failing", "request"]) },
  },
  "webhook.recovered": { about: "Another endpoint, which failed, works again.", data: OfWebhook },
  "webhook.test": { about: "Somebody wanted to see a delivery arrive.", data: OfWebhook },
  "webhook.challenge": {
    about:
      "Somebody asks that this address is told what happens: it is, if this is answered with the challenge.",
    data: {
      ...OfWebhook,
      challenge: z.string().describe("To be the answer, as text or as `challenge` of a JSON object."),
    },
  },
  "subject.erased": {
    about:
      "Somebody's data were erased here, some of which this endpoint was sent: they are to be erased there too.",
    data: {
      subject: z.string().describe("As in the data of each delivery about that person."),
      request: z.uuid().describe("The same however often it is carried out."),
      counts: z.looseObject({ runs: z.int(), events: z.int(), failed: z.int() }),
      actor: Actor.loose(),
    },
  },
};

const bodySchema = (type: string, data: z.ZodRawShape) =>
  z.looseObject({
    specversion: z.literal("1.0"),
    id: z.uuid().describe("Of the event: the same at every endpoint and attempt."),
    source: z.string(),
    type: z.literal(type),
    subject: z.string(),
    time: Instant,
    datacontenttype: z.literal("application/json"),
    dataschema: z.literal(schemaOf(type)),
    sequence: Place.describe("Place of the event in its run."),
    previous: Place.nullable().describe("Of the event told before it, of the same run; null at the first."),
    checkpoint: Checkpoint.loose().optional(),
    data: z.looseObject(data),
  });

export type CataloguedType = {
  readonly type: WebhookType;
  readonly about: string;
  readonly schema: JsonObject;
  readonly sample: JsonObject;
};

const catalogued = (type: WebhookType): CataloguedType => {
  const { about, data } = TYPES[type];
  const sample = samplesOf(type);
  const schema = schemaJson(bodySchema(type, data));
  return { type, about, sample, schema: { $id: schemaOf(type), title: type, description: about, ...schema } };
};

export const webhookCatalogue = (): readonly CataloguedType[] => WEBHOOK_TYPES.map(catalogued);

/** Whether a body is what its type says. */
export const fitsCatalogue = (type: WebhookType, body: unknown): boolean =>
  bodySchema(type, TYPES[type].data).safeParse(body).success;
