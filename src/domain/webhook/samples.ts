// A body of each type of the catalogue, as it would be sent.
import { EventId } from "../ids.ts";
import { Instant } from "../instant.ts";
import { isObject, type JsonObject } from "../json.ts";
import { parseJson } from "../json-codec.ts";
import type { Actor } from "../run/index.ts";
import { bodyText } from "./body.ts";
import type { WebhookType } from "./event-types.ts";

const RUN = "0199c2f4-5b1e-7c3a-9a1d-3f6c1f2b7a10";
const WEBHOOK = "0199c2f0-1a2b-7c3d-8e4f-5a6b7c8d9e0f";
const SUBJECT = "a1".repeat(32);
const ACTOR: Actor = { type: "cli", id: "5f0e7a7c" };
const ENGINE: Actor = { type: "engine", id: "0199c2f1-0000-7000-8000-000000000001" };

const ofRun = (actor: Actor): JsonObject => ({
  runId: RUN,
  workflow: { id: "nightly-report", name: "Nightly report", version: "3", hash: `sha256-${"0".repeat(64)}` },
  actor: { ...actor },
  link: `/v1/runs/${RUN}`,
});
const run = (status: string, more: JsonObject = {}, actor = ENGINE) => ({ ...ofRun(actor), status, ...more });
const task = (status: string, more: JsonObject = {}) =>
  run(status, { taskId: "summarise", attempt: 1, ...more });
const error = { code: "TASK_TIMEOUT", message: "task summarise took longer than 30 s", retryable: true };
const ofWebhook = { webhookId: WEBHOOK, actor: { ...ENGINE }, link: `/v1/webhooks/${WEBHOOK}` };

const DATA: Readonly<Record<WebhookType, JsonObject>> = {
  "run.submitted": run("pending", { reason: "month end" }, ACTOR),
  "run.started": run("running"),
  "run.paused": run("paused", { reason: "maintenance" }, ACTOR),
  "run.resumed": run("running", {}, ACTOR),
  "run.succeeded": run("succeeded", { outputs: { pages: 12 } }),
  "run.failed": run("failed", { error }),
  "run.cancelled": run("cancelled"),
  "task.started": task("running"),
  "task.succeeded": task("succeeded", { result: { text: "All is well." } }),
  "task.failed": task("retrying", { error }),
  "task.retrying": task("retrying", { attempt: 2, dueAt: "2026-11-26T04:00:05.000Z" }),
  "task.skipped": run("skipped", { taskId: "publish", reason: "dependency-failed" }),
  "task.cancelled": task("cancelled"),
  "approval.requested": run("waiting", { taskId: "sign-off", message: "Send it?" }),
  "approval.decided": run(
    "waiting",
    { taskId: "sign-off", decision: "approved", reason: "looks right" },
    ACTOR,
  ),
  "signal.received": { ...ofRun(ACTOR), signal: "go", payload: { by: "hand" } },
  "webhook.parked": { ...ofWebhook, delivery: RUN, eventType: "run.failed", attempts: 8 },
  "webhook.disabled": { ...ofWebhook, reason: "gone" },
  "webhook.recovered": ofWebhook,
  "webhook.test": { ...ofWebhook, actor: { ...ACTOR } },
  "webhook.challenge": { ...ofWebhook, actor: { ...ACTOR }, challenge: "0f".repeat(16) },
  "subject.erased": {
    subject: SUBJECT,
    request: "0199c2f9-77aa-7d11-8c3b-2b1a09f8e7d6",
    counts: { runs: 2, events: 31, failed: 0 },
    actor: { ...ACTOR },
  },
};

const SUBJECTS: Readonly<Record<string, string>> = { webhook: WEBHOOK, subject: SUBJECT };

export function samplesOf(type: WebhookType): JsonObject {
  const text = bodyText(
    {
      id: EventId.parse("0199c2f4-5b2a-7000-8000-000000000007"),
      time: Instant.parse("2026-11-26T04:00:00.000Z"),
      revision: 7,
      source: "gleitzeit:example",
      subject: SUBJECTS[type.split(".")[0] ?? ""] ?? RUN,
      recipe: { format: 1, type, payload: "full", ...(type !== "run.submitted" && { previous: 4 }) },
    },
    DATA[type],
  );
  const body = parseJson(text);
  if (!isObject(body)) throw new Error(`${type} has no sample`);
  return body;
}
