// Keys as the log has them: read into a map, each event folded once, however often it comes.
import {
  evolveKey,
  GleitzeitError,
  Instant,
  isMetadata,
  type Json,
  type Key,
  type KeyId,
  keyOfStream,
  keysOf,
  parseJson,
  type Revision,
  readKeyEvent,
} from "../../domain/index.ts";
import type { EventStore, StoredEvent } from "../../engine/ports/index.ts";

export type KnownKey = { readonly key: Key; readonly revision: Revision };
export type KnownKeys = Map<KeyId, KnownKey>;

const PAGE = 500;
const utf8 = new TextDecoder();

export function learn(known: KnownKeys, stored: StoredEvent): void {
  const id = keyOfStream(stored.stream);
  if (id === undefined) return;
  const before = known.get(id);
  if (before && before.revision >= stored.revision) return;
  const event = readKeyEvent(stored.type, stored.schemaVersion, parseJson(utf8.decode(stored.data)));
  const metadata: Json = parseJson(utf8.decode(stored.metadata));
  const at = Instant.safeParse(stored.recordedAt);
  if (!event || !isMetadata(metadata) || !at.success) throw unreadable(stored);
  const key = evolveKey(before?.key, { id, at: at.data, actor: metadata.actor, event });
  if (key) known.set(id, { key, revision: stored.revision });
}

/** All there are, by reading the log once. */
export async function keysIn(events: EventStore, tenant: string): Promise<KnownKeys> {
  const known: KnownKeys = new Map();
  for (let page = await events.readAll("start", PAGE, keysOf(tenant)); ; ) {
    for (const stored of page.events) learn(known, stored);
    if (page.atHead) return known;
    page = await events.readAll(page.next, PAGE, keysOf(tenant));
  }
}

const unreadable = ({ type, stream, revision }: StoredEvent): GleitzeitError =>
  new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `event ${type} (${stream}, revision ${revision}) cannot be read: written by a newer version?`,
  );
