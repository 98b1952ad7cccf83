// Endpoints of webhooks: what they ask for, what they are told, and how they stand.

export { bodyText, MOST_BODY_BYTES, referenced } from "./body.ts";
export { type CataloguedType, fitsCatalogue, webhookCatalogue } from "./catalogue.ts";
export { ClientCertificate } from "./certificate.ts";
export {
  type DeliveryKey,
  DISABLED_AFTER_MS,
  type Endpoint,
  type EndpointSettings,
  heldIn,
  keyOf,
  MOST_HELD,
  type OpenDelivery,
  type Recipe,
  type Replay,
  recipeIn,
  type SigningSecret,
  type Told,
} from "./endpoint.ts";
export {
  isKnownGlob,
  mayBeTold,
  type TellableEvent,
  toldAs,
  WEBHOOK_TYPES,
  type WebhookType,
} from "./event-types.ts";
export { evolveEndpoint, firstEndpoint, type RecordedWebhookEvent } from "./evolve-endpoint.ts";
export { foldedOf } from "./folded.ts";
export { anyMatches, globMatches } from "./glob.ts";
export { readWebhookListed, type WebhookListed } from "./listed-event.ts";
export { type Checkpoint, placeOf, positionAt, type SealedText, type WebhookFilter } from "./parts.ts";
export { headersProblem, type WebhookPatch, WebhookRequest, WebhookUpdate } from "./request.ts";
export { RETRY_SCHEDULE, retryDelayMs } from "./retry-schedule.ts";
export {
  challengeData,
  controlOf,
  erasedData,
  fullOf,
  type RunFacts,
  testData,
  webhookData,
} from "./told-data.ts";
export {
  readWebhookEvent,
  WEBHOOK_EVENT_VERSION,
  WebhookEvent,
  type WebhookEventOf,
  webhookOfStream,
  webhookStream,
  webhookStreams,
} from "./webhook-events.ts";
