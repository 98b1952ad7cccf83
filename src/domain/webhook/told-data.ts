// What a delivery says of the event that it tells: ids and outcomes from control fields, and, unless it is to be thin, what
// the run was given and gave.
import type { Json, JsonObject } from "../json.ts";
import type { Actor, RunEvent, WorkflowRef } from "../run/index.ts";
import { errorOf } from "../run/index.ts";
import type { SubjectEvent } from "../subject/index.ts";
import { isStoredType } from "./event-types.ts";
import type { WebhookEvent } from "./webhook-events.ts";

type Values = { readonly [name: string]: Json };

const STATUSES: Partial<Record<RunEvent["type"], string>> = {
  RunSubmitted: "pending",
  RunStarted: "running",
  RunPaused: "paused",
  RunResumed: "running",
  RunSucceeded: "succeeded",
  RunFailed: "failed",
  RunCancelled: "cancelled",
  TaskScheduled: "running",
  TaskStarted: "running",
  TaskSucceeded: "succeeded",
  TaskRetryScheduled: "retrying",
  TaskSkipped: "skipped",
  TaskCancelled: "cancelled",
  ApprovalRequested: "waiting",
  ApprovalDecided: "waiting",
};

export type RunFacts = {
  readonly runId: string;
  readonly workflow: WorkflowRef;
  readonly actor: Actor;
  /** The pseudonym of whom it is about. */
  readonly subject?: string;
};

const link = (runId: string): string => `/v1/runs/${runId}`;

/** Ids, and what happened, without any value. */
export function controlOf(event: RunEvent, { runId, workflow, actor }: RunFacts): JsonObject {
  const { id, name, version, hash } = workflow;
  return {
    runId,
    workflow: { id, name, ...(version !== undefined && { version }), hash },
    ...taskPart(event),
    actor: { ...actor },
    link: link(runId),
  };
}

function taskPart({ type, data }: RunEvent): JsonObject {
  const status = type === "TaskFailed" ? (data.final ? "failed" : "retrying") : STATUSES[type];
  return {
    ...("task" in data && data.task !== undefined && { taskId: data.task }),
    ...("attempt" in data && { attempt: data.attempt }),
    ...(status !== undefined && { status }),
    ...("error" in data && data.error && { error: { ...data.error } }),
    ...(type === "TaskRetryScheduled" && { dueAt: data.dueAt }),
    ...(type === "TaskSkipped" && { reason: data.reason }),
    ...(type === "ApprovalDecided" && { decision: data.decision }),
    ...(type === "SignalReceived" && { signal: data.name }),
  };
}

/** With values; those that were erased say so. */
export function fullOf(event: RunEvent, facts: RunFacts, values: Values, type: string): JsonObject {
  const { subject } = facts;
  const control = { ...controlOf(event, facts), ...(subject !== undefined && { subject }) };
  const { data } = event;
  const isErased = values.$erased === true || isGone(event);
  if (isStoredType(type))
    return { ...control, event: storedOf(event, isErased ? { $erased: true } : values) };
  if (isErased) return { ...control, values: { $erased: true } };
  const { reason, outputs, result, payload, message } = values;
  return {
    ...control,
    ...("error" in data && data.error && { error: { ...errorOf(data.error, values.error) } }),
    ...(outputs !== undefined && { outputs }),
    ...(result !== undefined && event.type === "TaskSucceeded" && { result }),
    ...(payload !== undefined && { payload }),
    ...(message !== undefined && { message }),
    ...(reason !== undefined && { reason }),
  };
}

/** The event itself, as `events --json` shows its data. */
function storedOf({ type, data }: RunEvent, values: Values): JsonObject {
  const control: readonly (readonly [string, Json | undefined])[] = Object.entries(data);
  const kept = control.filter(([name, member]) => member !== undefined && !HIDDEN.has(name));
  const shown: JsonObject = Object.fromEntries(kept.map(([name, member]) => [name, member ?? null]));
  return { type, data: { ...shown, ...(Object.keys(values).length > 0 && { values: { ...values } }) } };
}

const HIDDEN: ReadonlySet<string> = new Set(["values", "sealed"]);

/** Events that are never written without values. */
const TELLING: ReadonlySet<string> = new Set(["RunSucceeded", "RunFailed", "TaskSucceeded", "TaskFailed"]);

const isGone = ({ type, data }: RunEvent): boolean =>
  data.values === undefined && data.sealed === undefined && TELLING.has(type);

/** Of an endpoint that told of itself. */
export function webhookData(event: WebhookEvent, webhookId: string, actor: Actor): JsonObject {
  const about = testData(webhookId, actor);
  if (event.type === "WebhookDisabled") return { ...about, reason: event.data.reason };
  if (event.type !== "WebhookParked") return about;
  const { event: delivery, type, attempts } = event.data;
  return { ...about, delivery, eventType: type, attempts };
}

/** Of somebody whose data the receiver was sent: it knows them by the `subject` of those deliveries. */
export const erasedData = (
  { subject, request, counts }: Extract<SubjectEvent, { type: "SubjectErased" }>["data"],
  actor: Actor,
): JsonObject => ({ subject, request, counts: { ...counts }, actor: { ...actor } });

/** Of a delivery that tells nothing. */
export const testData = (webhookId: string, actor: Actor): JsonObject => ({
  webhookId,
  actor: { ...actor },
  link: `/v1/webhooks/${webhookId}`,
});

/** To an address that is asked whether it wants to be told. */
export const challengeData = (webhookId: string, actor: Actor, challenge: string): JsonObject => ({
  ...testData(webhookId, actor),
  challenge,
});
