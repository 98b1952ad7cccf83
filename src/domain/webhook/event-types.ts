// Under which name a stored event is told to receivers: one of the catalogue, or, for those who ask, its own.
import type { RunEvent } from "../run/index.ts";
import type { SubjectEvent } from "../subject/index.ts";
import { anyMatches } from "./glob.ts";
import type { WebhookEvent } from "./webhook-events.ts";

/** Names of the catalogue: other programs rely on them. */
export const WEBHOOK_TYPES = [
  "run.submitted",
  "run.started",
  "run.paused",
  "run.resumed",
  "run.succeeded",
  "run.failed",
  "run.cancelled",
  "task.started",
  "task.succeeded",
  "task.failed",
  "task.retrying",
  "task.skipped",
  "task.cancelled",
  "approval.requested",
  "approval.decided",
  "signal.received",
  "webhook.parked",
  "webhook.disabled",
  "webhook.recovered",
  "webhook.test",
  "webhook.challenge",
  "subject.erased",
] as const;
export type WebhookType = (typeof WEBHOOK_TYPES)[number];

/** What stands in the log and may be told. */
export type TellableEvent = RunEvent | WebhookEvent | SubjectEvent;

const NAMES: Partial<Record<TellableEvent["type"], WebhookType>> = {
  RunSubmitted: "run.submitted",
  RunStarted: "run.started",
  RunPaused: "run.paused",
  RunResumed: "run.resumed",
  RunSucceeded: "run.succeeded",
  RunFailed: "run.failed",
  RunCancelled: "run.cancelled",
  TaskStarted: "task.started",
  TaskSucceeded: "task.succeeded",
  TaskFailed: "task.failed",
  TaskRetryScheduled: "task.retrying",
  TaskSkipped: "task.skipped",
  TaskCancelled: "task.cancelled",
  ApprovalRequested: "approval.requested",
  ApprovalDecided: "approval.decided",
  SignalReceived: "signal.received",
  WebhookParked: "webhook.parked",
  WebhookDisabled: "webhook.disabled",
  WebhookRecovered: "webhook.recovered",
  SubjectErased: "subject.erased",
};

/** A task that is scheduled with a claim in the same event has started with it. */
const webhookTypeOf = ({ type, data }: TellableEvent): WebhookType | undefined =>
  type === "TaskScheduled" && data.claim ? "task.started" : NAMES[type];

/** Whether a stored event of that type, whatever it says, may be told. */
export const mayBeTold = (stored: string, globs: readonly string[] | undefined): boolean =>
  stored === "TaskScheduled" ||
  Object.hasOwn(NAMES, stored) ||
  (globs !== undefined && anyMatches(globs, `${STORED}${stored}`));

/** What receivers of `event.<Type>` get: everything of runs. */
const STORED = "event.";

/** Undefined where nobody asked for it. One event is told once, under the catalogue's name if that was asked for. */
export function toldAs(event: TellableEvent, globs: readonly string[] | undefined): string | undefined {
  const name = webhookTypeOf(event);
  if (!globs) return name;
  if (name !== undefined && anyMatches(globs, name)) return name;
  const stored = `${STORED}${event.type}`;
  return !NOT_OF_RUNS.test(event.type) && anyMatches(globs, stored) ? stored : undefined;
}

const NOT_OF_RUNS = /^(?:Webhook|Subject|Erasure)/;

export const isStoredType = (type: string): boolean => type.startsWith(STORED);

/** Whether a glob can match anything at all: one that cannot is a typing error. */
export const isKnownGlob = (glob: string, stored: readonly string[]): boolean =>
  WEBHOOK_TYPES.some((type) => anyMatches([glob], type)) ||
  stored.some((type) => anyMatches([glob], `${STORED}${type}`));
