// What was sent to an endpoint, and what came of it, as its stream tells.
import {
  type EventId,
  GleitzeitError,
  type Instant,
  type Recipe,
  runOfStream,
  type Told,
  type WebhookEventOf,
} from "../../domain/index.ts";
import { textIn } from "../reading/text-in.ts";
import { webhookNamed } from "./changed.ts";
import type { WebhookKit } from "./kit.ts";
import { webhookEvents } from "./records.ts";

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
};

export type PastDelivery = {
  /** `webhook-id`. */
  readonly id: string;
  readonly event: EventId;
  readonly type: string;
  readonly runId: string | null;
  readonly sequence: string;
  readonly status: "pending" | "delivered" | "failed" | "parked";
  readonly begunAt: Instant;
  readonly dueAt: Instant | null;
  readonly attempts: readonly PastAttempt[];
};

export type DeliveriesAsked = {
  readonly status?: PastDelivery["status"];
  readonly limit: number;
  /** Older than that one, as `nextCursor` said. */
  readonly before?: number;
};

type Kept = {
  told: Told;
  recipe: Recipe;
  begunAt: Instant;
  at: number;
  status: PastDelivery["status"];
  dueAt: Instant | undefined;
  attempts: PastAttempt[];
};

/** The newest first. */
export async function pastDeliveries(
  kit: Pick<WebhookKit, "store" | "tenant">,
  id: string,
  { status, limit, before = Number.POSITIVE_INFINITY }: DeliveriesAsked,
): Promise<{ readonly items: readonly PastDelivery[]; readonly next: number | undefined }> {
  const all = [...(await kept(kit, id)).values()]
    .filter((one) => one.at < before && (status === undefined || one.status === status))
    .toSorted((a, b) => b.at - a.at);
  const page = all.slice(0, limit);
  return {
    items: page.map((one) => shown(one, id)),
    next: all.length > limit ? page.at(-1)?.at : undefined,
  };
}

/** `text`: a delivery's id or its event's. */
export async function pastDelivery(
  kit: Pick<WebhookKit, "store" | "tenant">,
  id: string,
  text: string,
): Promise<{ readonly told: Told; readonly recipe: Recipe; readonly shown: PastDelivery }> {
  const event = text.split("_")[0] ?? "";
  const found = [...(await kept(kit, id)).values()].find(({ told }) => told.event === event);
  if (found) return { told: found.told, recipe: found.recipe, shown: shown(found, id) };
  throw new GleitzeitError(
    "WEBHOOK_NOT_FOUND",
    `webhook ${id} has no delivery ${text}; \`gleitzeit webhooks deliveries ${id}\` lists them`,
  );
}

const shown = ({ told, recipe, status, begunAt, dueAt, attempts }: Kept, id: string): PastDelivery => ({
  id: `${told.event}_${id}`,
  event: told.event,
  type: recipe.type,
  runId: runOfStream(told.stream) ?? null,
  sequence: String(told.revision),
  status,
  begunAt,
  dueAt: dueAt ?? null,
  attempts,
});

async function kept({ store, tenant }: Pick<WebhookKit, "store" | "tenant">, id: string) {
  const { stream } = await webhookNamed({ store, tenant }, id);
  const found = new Map<EventId, Kept>();
  for await (const { event, recordedAt, revision } of webhookEvents(store.events, stream)) {
    const { type, data } = event;
    if (type === "WebhookDeliveryBegun" || type === "WebhookRedeliveryRequested")
      begin(found, data, recordedAt, revision);
    if (type === "WebhookAttempted") attempt(found, data, recordedAt);
    const parked = type === "WebhookParked" ? found.get(data.event) : undefined;
    if (parked) parked.status = "parked";
  }
  return found;
}

type Begun = Omit<WebhookEventOf<"WebhookDeliveryBegun">["data"], "values" | "replay">;

function begin(found: Map<EventId, Kept>, data: Begun, begunAt: Instant, at: number): void {
  const { event, stream, revision, position, format, type, payload, previous, checkpoint } = data;
  const before = found.get(event);
  const more = { ...(previous !== undefined && { previous }), ...(checkpoint && { checkpoint }) };
  found.set(event, {
    told: { event, stream, revision, position: BigInt(position) },
    recipe: before?.recipe ?? { format, type, payload, ...more },
    begunAt: before?.begunAt ?? begunAt,
    at: before?.at ?? at,
    status: before?.status === "delivered" ? "delivered" : "pending",
    dueAt: undefined,
    attempts: before?.attempts ?? [],
  });
}

function attempt(
  found: Map<EventId, Kept>,
  data: WebhookEventOf<"WebhookAttempted">["data"],
  at: Instant,
): void {
  const one = found.get(data.event);
  if (!one) return;
  const { outcome, durationMs, values } = data;
  one.attempts.push({
    attempt: data.attempt,
    at,
    outcome,
    status: data.status ?? null,
    code: data.code ?? null,
    message: textIn(values, "message") ?? null,
    durationMs,
    address: data.address ?? null,
    response: textIn(values, "response") ?? null,
  });
  if (one.status !== "delivered") one.status = outcome;
  one.dueAt = data.dueAt;
}
