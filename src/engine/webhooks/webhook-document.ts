// An endpoint as every JSON shows it: settings and how it stands; never a secret, and of headers the names only.
import {
  type Endpoint,
  heldIn,
  instantOf,
  isObject,
  type JsonObject,
  MOST_HELD,
  placeOf,
  webhookOfStream,
} from "../../domain/index.ts";
import { certificateIn, headersAbout } from "./attempt.ts";
import type { WebhookKit } from "./kit.ts";

export function webhookDocument(endpoint: Endpoint, { keys }: Pick<WebhookKit, "keys">): JsonObject {
  const { settings, stream, secrets, headers, certificate, failingSince, disabled } = endpoint;
  const held = heldIn(endpoint);
  const opened = headers ? keys.open(headers, headersAbout(stream)) : {};
  const [newest] = secrets;
  const before = secrets[1]?.until;
  return {
    id: webhookOfStream(stream),
    url: endpoint.url,
    description: endpoint.description ?? null,
    events: settings.events ? [...settings.events] : null,
    filter: settings.filter ? { ...settings.filter } : null,
    ordered: settings.ordered,
    payload: settings.payload,
    maxRate: settings.maxRate ?? null,
    headers: isObject(opened) ? Object.keys(opened).toSorted() : [],
    clientCertificate: certificate
      ? { ...keys.certificateFacts(certificateIn(keys, certificate, stream)) }
      : null,
    challenge: settings.challenge ?? false,
    status: endpoint.status === "active" && held >= MOST_HELD ? "paused" : endpoint.status,
    disabled: disabled ? { ...disabled } : null,
    createdAt: endpoint.createdAt,
    position: placeOf(endpoint.mark),
    held,
    failures: endpoint.failures,
    failingSince: failingSince === undefined ? null : instantOf(failingSince),
    lastDeliveredAt: endpoint.lastDeliveredAt ?? null,
    delivered: endpoint.delivered,
    parked: endpoint.parked,
    replays: endpoint.replays.size,
    secrets: (newest ? 1 : 0) + (before === undefined ? 0 : 1),
    oldSecretUntil: before === undefined ? null : instantOf(before),
  };
}
