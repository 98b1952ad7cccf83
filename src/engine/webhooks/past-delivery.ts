// One delivery as it is shown: folded from what its endpoint's stream says of it, in that order.
import {
  type EventId,
  type Instant,
  type Recipe,
  type RecordedWebhookEvent,
  recipeIn,
  runOfStream,
  type Told,
  type WebhookEvent,
  type WebhookEventOf,
  webhookStream,
} from "../../domain/index.ts";
import { isErased, openValues } from "../log/decode.ts";
import type { StoredEvent } from "../ports/index.ts";
import { textIn } from "../reading/text-in.ts";
import type { WebhookKit } from "./kit.ts";

export type PastAttempt = {
  readonly attempt: number;
  readonly at: Instant;
  readonly outcome: "delivered" | "failed";
  readonly status: number | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly durationMs: number;
  readonly address: string | null;
  readonly response: string | null;
  /** What was said is of somebody whose data were erased. */
  readonly erased: boolean;
};

export type PastDelivery = {
  /** `webhook-id`. */
  readonly id: string;
  readonly event: EventId;
  readonly type: string;
  readonly runId: string | null;
  readonly sequence: string;
  readonly status: "pending" | "delivered" | "failed" | "parked";
  /** Of the replay that it is a part of. */
  readonly replay: EventId | null;
  readonly begunAt: Instant;
  readonly dueAt: Instant | null;
  readonly attempts: readonly PastAttempt[];
};

const TYPES = [
  "WebhookDeliveryBegun",
  "WebhookRedeliveryRequested",
  "WebhookAttempted",
  "WebhookParked",
] as const;
type OfDelivery = WebhookEventOf<(typeof TYPES)[number]>;

/** An event that says something of a delivery. */
export type Happened = Pick<RecordedWebhookEvent, "revision" | "recordedAt"> & { readonly event: OfDelivery };

const NAMES: ReadonlySet<string> = new Set(TYPES);

export const mayBeOfDelivery = ({ type }: Pick<StoredEvent, "type">): boolean => NAMES.has(type);
export const isOfDelivery = (event: WebhookEvent): event is OfDelivery => NAMES.has(event.type);

type Attempt = Pick<RecordedWebhookEvent, "revision" | "recordedAt"> & {
  readonly event: WebhookEventOf<"WebhookAttempted">;
};

export type Kept = {
  readonly told: Told;
  readonly recipe: Recipe;
  readonly replay: EventId | undefined;
  readonly begunAt: Instant;
  /** The revision at which it began. */
  readonly at: number;
  readonly attempts: readonly Attempt[];
  readonly status: PastDelivery["status"];
  readonly dueAt: Instant | undefined;
};

/** `begun` and what came of it, the oldest first. */
export const keptOf = (
  begun: WebhookEventOf<"WebhookDeliveryBegun">["data"],
  at: Omit<Happened, "event">,
  then: readonly Happened[],
): Kept => {
  const { event, stream, revision, position, replay } = begun;
  return then.reduce<Kept>(after, {
    told: { event, stream, revision, position: BigInt(position) },
    recipe: recipeIn(begun),
    replay,
    begunAt: at.recordedAt,
    at: at.revision,
    attempts: [],
    status: "pending",
    dueAt: undefined,
  });
};

function after(kept: Kept, { event, ...place }: Happened): Kept {
  const isDelivered = kept.status === "delivered";
  switch (event.type) {
    case "WebhookDeliveryBegun":
    case "WebhookRedeliveryRequested":
      return { ...kept, status: isDelivered ? "delivered" : "pending", dueAt: undefined };
    case "WebhookParked":
      return { ...kept, status: "parked" };
    case "WebhookAttempted": {
      const { outcome, dueAt } = event.data;
      const attempts = [...kept.attempts, { ...place, event }];
      return { ...kept, attempts, status: isDelivered ? "delivered" : outcome, dueAt };
    }
  }
}

export async function shown(
  { told, recipe, attempts, ...kept }: Kept,
  id: string,
  kit: Pick<WebhookKit, "store" | "tenant">,
): Promise<PastDelivery> {
  return {
    id: `${told.event}_${id}`,
    event: told.event,
    type: recipe.type,
    runId: runOfStream(told.stream) ?? null,
    sequence: String(told.revision),
    status: kept.status,
    replay: kept.replay ?? null,
    begunAt: kept.begunAt,
    dueAt: kept.dueAt ?? null,
    attempts: await Promise.all(attempts.map((attempt) => attemptShown(attempt, id, kit))),
  };
}

async function attemptShown(
  { event, revision, recordedAt }: Attempt,
  id: string,
  { store, tenant }: Pick<WebhookKit, "store" | "tenant">,
): Promise<PastAttempt> {
  const { attempt, outcome, status, code, durationMs, address } = event.data;
  const values = await openValues({ stream: webhookStream(id, tenant), revision, event }, tenant, store);
  return {
    attempt,
    at: recordedAt,
    outcome,
    status: status ?? null,
    code: code ?? null,
    message: textIn(values, "message") ?? null,
    durationMs,
    address: address ?? null,
    response: textIn(values, "response") ?? null,
    erased: isErased(values),
  };
}
