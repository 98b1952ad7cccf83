// What happens to an endpoint of webhooks, in its stream `webhook-<tenant>.<id>`: its settings, what is sent there, and how
// far in the log it is. Nothing else is kept of deliveries. STORED FORMAT: add, never rename or narrow.
import { z } from "zod";
import { ErrorCode } from "../errors.ts";
import { EventId, Incarnation, StreamName, TENANT_MAIN } from "../ids.ts";
import { Instant } from "../instant.ts";
import type { Json } from "../json.ts";
import { Count, DurationMs, Value } from "../run/parts.ts";
import { event } from "../run/schema.ts";
import { Delivery, Recipe, Settings, Target } from "./event-parts.ts";
import { WebhookFolded } from "./folded-event.ts";
import { Place } from "./parts.ts";

/** What is appended after `from` is sent. `values.secret` is sealed. */
const WebhookCreated = event(
  "WebhookCreated",
  { ...Settings, from: z.union([z.literal("start"), Place]) },
  { ...Target, secret: Value },
);
/** All settings anew, as they are from here on. */
const WebhookUpdated = event("WebhookUpdated", Settings, Target);
/** Until then deliveries are signed with the secret before, too. */
const WebhookSecretRotated = event("WebhookSecretRotated", { until: Instant }, { secret: Value });
const WebhookDeleted = event("WebhookDeleted", {}, { reason: Value.exactOptional() });
/** `gone`: it answered 410. `failing`: nothing succeeded there for days. */
const WebhookDisabled = event(
  "WebhookDisabled",
  { reason: z.enum(["gone", "failing", "request"]) },
  { reason: Value.exactOptional() },
);
/** With `from`, what stands in the log up to there is not sent; without it, everything since it stopped is. */
const WebhookEnabled = event(
  "WebhookEnabled",
  { from: Place.exactOptional() },
  { reason: Value.exactOptional() },
);

/** From here on this process sends what is due there. */
const WebhookTaken = event("WebhookTaken", { owner: Incarnation, previous: Incarnation.exactOptional() }, {});

/** Appended before the first attempt. */
const WebhookDeliveryBegun = event(
  "WebhookDeliveryBegun",
  { ...Delivery, ...Recipe, replay: EventId.exactOptional() },
  {},
);
/** `dueAt`: when the next attempt is. `values.response` are the first bytes of the answer. */
const WebhookAttempted = event(
  "WebhookAttempted",
  {
    ...Delivery,
    attempt: Count,
    outcome: z.enum(["delivered", "failed"]),
    status: Count.exactOptional(),
    code: ErrorCode.exactOptional(),
    durationMs: DurationMs,
    address: z.string().exactOptional(),
    dueAt: Instant.exactOptional(),
  },
  { response: Value.exactOptional(), message: Value.exactOptional() },
);
/** Given up; what comes behind it in its run goes on. */
const WebhookParked = event("WebhookParked", { ...Delivery, type: z.string(), attempts: Count }, {});
/** A delivery succeeded where they had failed for long, or were parked. */
const WebhookRecovered = event("WebhookRecovered", {}, {});

/** Everything up to `mark` is delivered or parked, or stands behind a delivery of its stream that fails. */
const WebhookAdvanced = event(
  "WebhookAdvanced",
  { mark: Place, released: z.array(StreamName).exactOptional() },
  {},
);

/** Somebody asked that it is sent once more, as it was. */
const WebhookRedeliveryRequested = event(
  "WebhookRedeliveryRequested",
  { ...Delivery, ...Recipe },
  { reason: Value.exactOptional() },
);
/** `only`: all that match, those that were never delivered, or those that were given up. `source`: at that endpoint. */
const WebhookReplayRequested = event(
  "WebhookReplayRequested",
  {
    replay: EventId,
    from: z.union([z.literal("start"), Place]),
    to: Place,
    types: z.array(z.string()).exactOptional(),
    only: z.enum(["all", "missing", "failed"]),
    source: StreamName.exactOptional(),
  },
  { reason: Value.exactOptional() },
);
const WebhookReplayAdvanced = event(
  "WebhookReplayAdvanced",
  { replay: EventId, through: Place, done: z.literal(true).exactOptional() },
  {},
);
/** A delivery that says nothing, sent because somebody wanted to see one arrive. */
const WebhookTested = event(
  "WebhookTested",
  {
    delivery: EventId,
    outcome: z.enum(["delivered", "failed"]),
    status: Count.exactOptional(),
    code: ErrorCode.exactOptional(),
    durationMs: DurationMs,
    address: z.string().exactOptional(),
  },
  { response: Value.exactOptional(), message: Value.exactOptional() },
);

export const WebhookEvent = z.discriminatedUnion("type", [
  WebhookCreated,
  WebhookUpdated,
  WebhookSecretRotated,
  WebhookDeleted,
  WebhookDisabled,
  WebhookEnabled,
  WebhookTaken,
  WebhookDeliveryBegun,
  WebhookAttempted,
  WebhookParked,
  WebhookRecovered,
  WebhookAdvanced,
  WebhookRedeliveryRequested,
  WebhookReplayRequested,
  WebhookReplayAdvanced,
  WebhookTested,
  WebhookFolded,
]);
export type WebhookEvent = z.infer<typeof WebhookEvent>;
export type WebhookEventOf<T extends WebhookEvent["type"]> = Extract<WebhookEvent, { readonly type: T }>;

export const WEBHOOK_EVENT_VERSION = 1;

export const webhookStreams = (tenant: string = TENANT_MAIN): string => `webhook-${tenant}.`;

export const webhookStream = (id: string, tenant: string = TENANT_MAIN): StreamName =>
  StreamName.parse(`${webhookStreams(tenant)}${id}`);

/** Its id, which stands in `webhook-id`. */
export const webhookOfStream = (stream: StreamName): string => stream.slice(stream.indexOf(".") + 1);

/** Undefined for what this version cannot read. */
export function readWebhookEvent(type: string, version: number, data: Json): WebhookEvent | undefined {
  const candidate: unknown = { type, data };
  return version === WEBHOOK_EVENT_VERSION && isWebhookEvent(candidate) ? candidate : undefined;
}

/** Checked, then kept as it is: a reader keeps fields that it does not know. */
const isWebhookEvent = (value: unknown): value is WebhookEvent => WebhookEvent.safeParse(value).success;
