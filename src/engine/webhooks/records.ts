// Events of endpoints as bytes and back, and endpoints as the log tells them.
import {
  type Actor,
  type Endpoint,
  evolveEndpoint,
  firstEndpoint,
  GleitzeitError,
  Instant,
  Metadata,
  parseJson,
  type RecordedWebhookEvent,
  readWebhookEvent,
  type StreamName,
  WEBHOOK_EVENT_VERSION,
  type WebhookEvent,
  webhookStreams,
} from "../../domain/index.ts";
import { type EventStore, type NewEvent, plainEvent, type StoredEvent } from "../ports/index.ts";
import type { WebhookKit } from "./kit.ts";

const PAGE = 500;
const utf8 = new TextDecoder("utf-8", { fatal: true });

export const recordable = (
  { type, data }: WebhookEvent,
  { clock, random }: Pick<WebhookKit, "clock" | "random">,
  actor: Actor,
): NewEvent => plainEvent({ type, data: { ...data } }, WEBHOOK_EVENT_VERSION, { actor, clock, random });

export function webhookEventIn(stored: StoredEvent): RecordedWebhookEvent {
  const { type, schemaVersion, stream, revision } = stored;
  const event = readWebhookEvent(type, schemaVersion, parseJson(utf8.decode(stored.data)));
  const metadata = Metadata.safeParse(parseJson(utf8.decode(stored.metadata)));
  const recordedAt = Instant.safeParse(stored.recordedAt);
  if (event && metadata.success && recordedAt.success)
    return { stream, revision, recordedAt: recordedAt.data, actor: metadata.data.actor, event };
  throw new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `event ${type} (${stream}, revision ${revision}) cannot be read: written by a newer version?`,
  );
}

/** Every event of an endpoint, in order. */
export async function* webhookEvents(
  events: EventStore,
  stream: StreamName,
  from = 0,
): AsyncGenerator<RecordedWebhookEvent> {
  for (let next = from; ; ) {
    const page = await events.read(stream, next, PAGE);
    for (const stored of page) yield webhookEventIn(stored);
    if (page.length < PAGE) return;
    next += page.length;
  }
}

/** Undefined where there is none. */
export async function endpointIn(events: EventStore, stream: StreamName): Promise<Endpoint | undefined> {
  let endpoint: Endpoint | undefined;
  for await (const recorded of webhookEvents(events, stream)) {
    if (endpoint) evolveEndpoint(endpoint, recorded);
    else endpoint = firstEndpoint(recorded);
    if (!endpoint) throw new Error(`${stream} does not begin with WebhookCreated`);
  }
  return endpoint;
}

/** Streams of a tenant's endpoints, in the order in which they were made, deleted ones too. */
async function webhookStreamsIn(events: EventStore, tenant: string): Promise<readonly StreamName[]> {
  const found = new Set<StreamName>();
  const prefix = webhookStreams(tenant);
  for (let page = await events.readAll("start", PAGE, prefix); ; ) {
    for (const { stream } of page.events) found.add(stream);
    if (page.atHead) return [...found];
    page = await events.readAll(page.next, PAGE, prefix);
  }
}

export async function endpointsIn(events: EventStore, tenant: string): Promise<readonly Endpoint[]> {
  const streams = await webhookStreamsIn(events, tenant);
  const all = await Promise.all(streams.map((stream) => endpointIn(events, stream)));
  return all.filter((one) => one !== undefined).filter(({ status }) => status !== "deleted");
}
