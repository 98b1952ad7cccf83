// Endpoints are made, changed and ended by events in their own streams, by whoever may, beside the process that sends.
import {
  type Actor,
  type Endpoint,
  type Expressions,
  firstEndpoint,
  GleitzeitError,
  instantOf,
  type JsonObject,
  type Millis,
  type Position,
  placeOf,
  type WebhookEvent,
  type WebhookPatch,
  type WebhookRequest,
  webhookStream,
} from "../../domain/index.ts";
import type { SecretKind } from "../ports/index.ts";
import { headersAbout, secretAbout } from "./attempt.ts";
import { changed, webhookNamed } from "./changed.ts";
import type { WebhookKit } from "./kit.ts";
import { listWebhook } from "./listed.ts";
import { recordable } from "./records.ts";

export type Created = { readonly endpoint: Endpoint; readonly secret: string };

type Condition = () => Promise<Pick<Expressions, "problem">>;

export async function createWebhook(
  kit: WebhookKit,
  { url, events, filter, headers, description, ...request }: WebhookRequest,
  from: Position | "start",
  condition: Condition,
  actor: Actor,
): Promise<Created> {
  await checkCondition(filter?.cel, condition);
  const webhook = kit.random.eventId();
  const stream = webhookStream(webhook, kit.tenant);
  const { secret, shown } = kit.keys.newSecret(request.signature ?? "v1");
  const event: WebhookEvent = {
    type: "WebhookCreated",
    data: {
      ordered: request.ordered ?? true,
      payload: request.payload ?? "full",
      ...(events && { events }),
      ...(filter && { filter }),
      ...(request.max_rate !== undefined && { maxRate: request.max_rate }),
      from: from === "start" ? from : placeOf(from),
      values: {
        url,
        secret: { ...kit.keys.seal(secret, secretAbout(stream)) },
        ...(description !== undefined && { description }),
        ...(headers && { headers: { ...kit.keys.seal(headers, headersAbout(stream)) } }),
      },
    },
  };
  const recorded = recordable(event, kit, actor);
  await listWebhook(kit, webhook, actor);
  await kit.store.events.append(stream, "none", [recorded]);
  const recordedAt = instantOf(kit.clock.now());
  const endpoint = firstEndpoint({ stream, revision: 0, recordedAt, actor, event });
  if (!endpoint) throw new Error("an endpoint was made and is none");
  return { endpoint, secret: shown };
}

async function checkCondition(cel: string | undefined, condition: Condition): Promise<void> {
  const problem = cel === undefined ? undefined : (await condition()).problem(cel);
  if (problem !== undefined) throw new GleitzeitError("INVALID_PARAMS", `filter.cel: ${problem}`);
}

export async function updateWebhook(
  kit: WebhookKit,
  id: string,
  patch: WebhookPatch,
  condition: Condition,
  actor: Actor,
): Promise<Endpoint> {
  await checkCondition(patch.filter?.cel, condition);
  return changed(kit, id, actor, (endpoint) => [updatedEvent(kit, endpoint, patch)]);
}

function updatedEvent({ keys }: WebhookKit, endpoint: Endpoint, patch: WebhookPatch): WebhookEvent {
  const { settings, stream } = endpoint;
  const events = patch.events === undefined ? settings.events : patch.events;
  const filter = patch.filter === undefined ? settings.filter : patch.filter;
  const maxRate = patch.max_rate === undefined ? settings.maxRate : patch.max_rate;
  const description = patch.description === undefined ? endpoint.description : patch.description;
  const sealed = (headers: JsonObject) => keys.seal(headers, headersAbout(stream));
  const headers = patch.headers === undefined ? endpoint.headers : patch.headers && sealed(patch.headers);
  return {
    type: "WebhookUpdated",
    data: {
      ordered: patch.ordered ?? settings.ordered,
      payload: patch.payload ?? settings.payload,
      ...(events && { events: [...events] }),
      ...(filter && { filter }),
      ...(maxRate !== undefined && maxRate !== null && { maxRate }),
      values: {
        url: patch.url ?? endpoint.url,
        ...(description !== undefined && description !== null && { description }),
        ...(headers && { headers: { ...headers } }),
      },
    },
  };
}

/** The secret before signs beside the new one for so long. */
export async function rotateSecret(
  kit: WebhookKit,
  id: string,
  overlapMs: Millis,
  actor: Actor,
  kind?: SecretKind,
): Promise<Created> {
  const endpoint = await webhookNamed(kit, id);
  const { secret, shown } = kit.keys.newSecret(kind ?? kindOf(kit, endpoint));
  const sealed = { ...kit.keys.seal(secret, secretAbout(endpoint.stream)) };
  const until = instantOf(kit.clock.now() + overlapMs);
  const after = await changed(kit, id, actor, () => [
    { type: "WebhookSecretRotated", data: { until, values: { secret: sealed } } },
  ]);
  return { endpoint: after, secret: shown };
}

function kindOf({ keys }: WebhookKit, { secrets: [newest], stream }: Endpoint): SecretKind {
  const secret = newest ? keys.open(newest.sealed, secretAbout(stream)) : "";
  return typeof secret === "string" && secret.startsWith("whsk_") ? "v1a" : "v1";
}
