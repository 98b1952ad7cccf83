// Folds one event of an endpoint's stream onto how it stands.
import { unreachable } from "../errors.ts";
import type { Revision, StreamName } from "../ids.ts";
import { type Instant, millisOf } from "../instant.ts";
import type { Actor } from "../run/index.ts";
import { type Endpoint, settingsIn, textOf } from "./endpoint.ts";
import { advanced, askedAgain, attempted, begun, over } from "./evolve-deliveries.ts";
import { endpointOf } from "./folded.ts";
import { positionAt, type SealedText, sealedIn } from "./parts.ts";
import type { WebhookEvent, WebhookEventOf } from "./webhook-events.ts";

export type RecordedWebhookEvent = {
  readonly stream: StreamName;
  readonly revision: Revision;
  readonly recordedAt: Instant;
  readonly actor: Actor;
  readonly event: WebhookEvent;
};

/** From where it was made, or was said to stand. Undefined for an event that is neither. */
export function firstEndpoint({ stream, event, ...recorded }: RecordedWebhookEvent): Endpoint | undefined {
  if (event.type === "WebhookFolded") return endpointOf(stream, recorded.revision, event.data);
  if (event.type !== "WebhookCreated") return undefined;
  const { data } = event;
  return {
    stream,
    createdAt: recorded.recordedAt,
    createdBy: recorded.actor,
    head: recorded.revision,
    folded: recorded.revision,
    status: "active",
    disabled: undefined,
    settings: settingsIn(data),
    url: textOf(data.values?.url) ?? "",
    description: textOf(data.values?.description),
    headers: sealedIn(data.values?.headers),
    certificate: sealedIn(data.values?.certificate),
    secrets: [{ sealed: sealedText(data.values?.secret) }],
    owner: undefined,
    mark: positionAt(data.from),
    open: new Map(),
    ahead: new Map(),
    replays: new Map(),
    failures: 0,
    failingSince: undefined,
    isTroubled: false,
    delivered: 0,
    parked: 0,
    lastDeliveredAt: undefined,
  };
}

export function evolveEndpoint(
  endpoint: Endpoint,
  { event, revision, recordedAt }: RecordedWebhookEvent,
): void {
  endpoint.head = revision;
  switch (event.type) {
    case "WebhookCreated":
      throw new Error(`${endpoint.stream} was created twice`);
    case "WebhookUpdated":
      return updated(endpoint, event.data);
    case "WebhookSecretRotated":
      endpoint.secrets = rotated(endpoint, event.data);
      return;
    case "WebhookDeleted":
      endpoint.status = "deleted";
      return;
    case "WebhookDisabled":
      endpoint.status = "disabled";
      endpoint.disabled = { reason: event.data.reason, at: recordedAt };
      endpoint.isTroubled = true;
      return;
    case "WebhookEnabled":
      return enabled(endpoint, event.data);
    case "WebhookTaken":
      endpoint.owner = event.data.owner;
      return;
    case "WebhookDeliveryBegun":
      return begun(endpoint, event.data, event.data.replay !== undefined);
    case "WebhookAttempted":
      return attempted(endpoint, event.data, recordedAt);
    case "WebhookParked":
      endpoint.parked += 1;
      endpoint.isTroubled = true;
      return over(endpoint, event.data);
    case "WebhookRecovered":
      endpoint.isTroubled = false;
      return;
    case "WebhookAdvanced":
      return advanced(endpoint, event.data);
    case "WebhookRedeliveryRequested":
      return askedAgain(endpoint, event.data);
    case "WebhookReplayRequested": {
      const { replay: id, from, to, types, only, source } = event.data;
      const range = { from: positionAt(from), to: positionAt(to), through: positionAt(from) };
      const more = { ...(types && { types }), ...(source !== undefined && { source }) };
      endpoint.replays.set(id, { id, only, ...range, ...more });
      return;
    }
    case "WebhookReplayAdvanced": {
      const { replay, through, done } = event.data;
      const known = endpoint.replays.get(replay);
      if (done) endpoint.replays.delete(replay);
      else if (known) endpoint.replays.set(replay, { ...known, through: positionAt(through) });
      return;
    }
    case "WebhookTested":
      return;
    case "WebhookFolded":
      endpoint.folded = revision; // it says what is known here
      return;
    default:
      return unreachable(event);
  }
}

function updated(endpoint: Endpoint, data: WebhookEventOf<"WebhookUpdated">["data"]): void {
  endpoint.settings = settingsIn(data);
  endpoint.url = textOf(data.values?.url) ?? endpoint.url;
  endpoint.description = textOf(data.values?.description);
  endpoint.headers = sealedIn(data.values?.headers);
  endpoint.certificate = sealedIn(data.values?.certificate);
}

function rotated({ secrets }: Endpoint, { until, values }: WebhookEventOf<"WebhookSecretRotated">["data"]) {
  const [before] = secrets;
  const old = before ? [{ sealed: before.sealed, until: millisOf(until) }] : [];
  return [{ sealed: sealedText(values?.secret) }, ...old];
}

function sealedText(value: Parameters<typeof sealedIn>[0]): SealedText {
  const sealed = sealedIn(value);
  if (!sealed) throw new Error("a webhook without its secret");
  return sealed;
}

function enabled(endpoint: Endpoint, { from }: WebhookEventOf<"WebhookEnabled">["data"]): void {
  endpoint.status = "active";
  endpoint.disabled = undefined;
  endpoint.failures = 0;
  endpoint.failingSince = undefined;
  if (from !== undefined) {
    endpoint.mark = positionAt(from);
    endpoint.open.clear();
    endpoint.ahead.clear();
    return;
  }
  for (const [key, one] of endpoint.open) endpoint.open.set(key, { ...one, attempts: 0, dueAt: 0 });
}
