// Events of endpoints as bytes and back, and endpoints as the log tells them.
import {
  type Actor,
  type Endpoint,
  evolveEndpoint,
  firstEndpoint,
  GleitzeitError,
  jcs,
  parseJson,
  type RecordedWebhookEvent,
  readWebhookEvent,
  type StreamName,
  WEBHOOK_EVENT_VERSION,
  type WebhookEvent,
} from "../../domain/index.ts";
import { recordedIn } from "../log/decode.ts";
import { storedIn } from "../log/stored-in.ts";
import {
  type EventStore,
  lastOf,
  type NewEvent,
  plainEvent,
  type Recording,
  type SealedPlace,
  type SealKey,
  type StoredEvent,
} from "../ports/index.ts";
import { webhookStreamsIn } from "./listed.ts";

const PAGE = 500;
const utf8 = new TextDecoder("utf-8", { fatal: true });

export const recordable = (
  { type, data }: WebhookEvent,
  { clock, random }: Omit<Recording, "actor">,
  actor: Actor,
): NewEvent => plainEvent({ type, data: { ...data } }, WEBHOOK_EVENT_VERSION, { actor, clock, random });

/** The same with its values sealed for the place where it will stand; with a key that is destroyed, without any. */
export function sealedAt(
  recorded: NewEvent,
  { type, data: { values, ...control } }: WebhookEvent,
  key: SealKey | "erased",
  place: Pick<SealedPlace, "tenant" | "stream" | "revision">,
): NewEvent {
  const sealed = values &&
    key !== "erased" && { sealed: key.seal(bytesOf(jcs({ ...values })), { ...place, type }) };
  return { ...recorded, data: bytesOf(jcs({ ...control, ...sealed })) };
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export function webhookEventIn(stored: StoredEvent): RecordedWebhookEvent {
  const { type, schemaVersion, stream, revision } = stored;
  const event = readWebhookEvent(type, schemaVersion, parseJson(utf8.decode(stored.data)));
  if (!event) throw unreadable(stored);
  const { at, actor } = recordedIn(stored);
  return { stream, revision, recordedAt: at, actor, event };
}

const unreadable = ({ type, stream, revision }: StoredEvent): GleitzeitError =>
  new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `event ${type} (${stream}, revision ${revision}) cannot be read: written by a newer version?`,
  );

/** Every event of an endpoint, in order. */
export async function* webhookEvents(
  events: EventStore,
  stream: StreamName,
  from = 0,
): AsyncGenerator<RecordedWebhookEvent> {
  for await (const stored of storedIn(events, stream, from)) yield webhookEventIn(stored);
}

/** Undefined where there is none. A long stream is read from where it says how the endpoint stood. */
export async function endpointIn(events: EventStore, stream: StreamName): Promise<Endpoint | undefined> {
  let endpoint: Endpoint | undefined;
  for await (const recorded of webhookEvents(events, stream, await foldedAt(events, stream))) {
    if (endpoint) evolveEndpoint(endpoint, recorded);
    else endpoint = firstEndpoint(recorded);
    if (!endpoint) throw new Error(`${stream} does not begin with WebhookCreated`);
  }
  return endpoint;
}

/** The last revision from which folding may begin. */
async function foldedAt(events: EventStore, stream: StreamName): Promise<number> {
  if ((await events.read(stream, PAGE, 1)).length === 0) return 0;
  for (let end = ((await lastOf(events, stream))?.revision ?? 0) + 1; end > 0; ) {
    const from = Math.max(0, end - PAGE);
    const page = await events.read(stream, from, end - from);
    const found = page.findLast(({ type }) => type === "WebhookFolded");
    if (found) return found.revision;
    end = from;
  }
  return 0;
}

export async function endpointsIn(events: EventStore, tenant: string): Promise<readonly Endpoint[]> {
  const streams = await webhookStreamsIn(events, tenant);
  const all = await Promise.all(streams.map((stream) => endpointIn(events, stream)));
  return all.filter((one) => one !== undefined).filter(({ status }) => status !== "deleted");
}
