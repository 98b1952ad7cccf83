// Endpoints are made, changed and ended by events in their own streams, by whoever may, beside the process that sends.
import {
  type Actor,
  type ClientCertificate,
  type Endpoint,
  type Expressions,
  evolveEndpoint,
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
import { certificateAbout, headersAbout, secretAbout, type Target } from "./attempt.ts";
import { changed, webhookNamed } from "./changed.ts";
import type { WebhookKit } from "./kit.ts";
import { listWebhook } from "./listed.ts";
import { recordable } from "./records.ts";

export type Created = { readonly endpoint: Endpoint; readonly secret: string };

type Condition = () => Promise<Pick<Expressions, "problem">>;
/** Rejects where an address does not say that it wants to receive. */
type Challenge = (target: Target, actor: Actor) => Promise<void>;
export type Asking = { readonly condition: Condition; readonly challenge: Challenge };

export async function createWebhook(
  kit: WebhookKit,
  { url, events, filter, headers, description, client_certificate: shownThere, ...request }: WebhookRequest,
  from: Position | "start",
  { condition, challenge }: Asking,
  actor: Actor,
): Promise<Created> {
  await checkCondition(filter?.cel, condition);
  checkCertificate(kit, url, shownThere);
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
      ...(request.challenge && { challenge: true }),
      from: from === "start" ? from : placeOf(from),
      values: {
        url,
        secret: { ...kit.keys.seal(secret, secretAbout(stream)) },
        ...(description !== undefined && { description }),
        ...(headers && { headers: { ...kit.keys.seal(headers, headersAbout(stream)) } }),
        ...(shownThere && { certificate: { ...kit.keys.seal(shownThere, certificateAbout(stream)) } }),
      },
    },
  };
  const recorded = recordable(event, kit, actor);
  const recordedAt = instantOf(kit.clock.now());
  const endpoint = firstEndpoint({ stream, revision: 0, recordedAt, actor, event });
  if (!endpoint) throw new Error("an endpoint was made and is none");
  if (request.challenge) await challenge(endpoint, actor);
  await listWebhook(kit, webhook, actor);
  await kit.store.events.append(stream, "none", [recorded]);
  return { endpoint, secret: shown };
}

function checkCertificate({ keys }: WebhookKit, url: string, given: ClientCertificate | undefined): void {
  if (!given) return;
  keys.certificateFacts(given);
  if (!/^https:/i.test(url))
    throw new GleitzeitError("INVALID_PARAMS", "client_certificate: only an https: address asks for one");
}

async function checkCondition(cel: string | undefined, condition: Condition): Promise<void> {
  const problem = cel === undefined ? undefined : (await condition()).problem(cel);
  if (problem !== undefined) throw new GleitzeitError("INVALID_PARAMS", `filter.cel: ${problem}`);
}

export async function updateWebhook(
  kit: WebhookKit,
  id: string,
  patch: WebhookPatch,
  { condition, challenge }: Asking,
  actor: Actor,
): Promise<Endpoint> {
  await checkCondition(patch.filter?.cel, condition);
  const before = await webhookNamed(kit, id);
  const isAsked = patch.challenge ?? before.settings.challenge ?? false;
  const isNew = (patch.url ?? before.url) !== before.url || !before.settings.challenge;
  if (isAsked && isNew) {
    const after = { ...before };
    const recordedAt = instantOf(kit.clock.now());
    const event = updatedEvent(kit, before, patch);
    evolveEndpoint(after, { stream: before.stream, revision: before.head + 1, recordedAt, actor, event });
    await challenge(after, actor);
  }
  return changed(kit, id, actor, (endpoint) => [updatedEvent(kit, endpoint, patch)]);
}

function updatedEvent(kit: WebhookKit, endpoint: Endpoint, patch: WebhookPatch): WebhookEvent {
  const { keys } = kit;
  const { settings, stream } = endpoint;
  const events = patch.events === undefined ? settings.events : patch.events;
  const filter = patch.filter === undefined ? settings.filter : patch.filter;
  const maxRate = patch.max_rate === undefined ? settings.maxRate : patch.max_rate;
  const description = patch.description === undefined ? endpoint.description : patch.description;
  const sealed = (headers: JsonObject) => keys.seal(headers, headersAbout(stream));
  const headers = patch.headers === undefined ? endpoint.headers : patch.headers && sealed(patch.headers);
  const url = patch.url ?? endpoint.url;
  const given = patch.client_certificate;
  if (given) checkCertificate(kit, url, given);
  const certificate =
    given === undefined ? endpoint.certificate : given && keys.seal(given, certificateAbout(stream));
  return {
    type: "WebhookUpdated",
    data: {
      ordered: patch.ordered ?? settings.ordered,
      payload: patch.payload ?? settings.payload,
      ...(events && { events: [...events] }),
      ...(filter && { filter }),
      ...(maxRate !== undefined && maxRate !== null && { maxRate }),
      ...((patch.challenge ?? settings.challenge) && { challenge: true }),
      values: {
        url,
        ...(description !== undefined && description !== null && { description }),
        ...(headers && { headers: { ...headers } }),
        ...(certificate && { certificate: { ...certificate } }),
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
