// Bytes → events, checked and lifted; values are opened apart, because most readers need control fields only.
import {
  type Actor,
  BlobRef,
  GleitzeitError,
  Instant,
  isMetadata,
  isObject,
  type Json,
  lift,
  Metadata,
  parseJson,
  type RecordedRunEvent,
  readWorkflowEvent,
  runOfStream,
  unescapeKeys,
} from "../../domain/index.ts";
import type { BlobStore, Sealed, SealKey, Seals, StoredEvent } from "../ports/index.ts";
import type { Values } from "./encode.ts";
import { contentsOf } from "./sealing.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** What folding needs: the checked and lifted event, and its place. */
export type FoldableEvent = Pick<RecordedRunEvent, "revision" | "recordedAt" | "event">;

/** Refuses what it cannot read with PERSISTENCE_INTEGRITY_ERROR, naming the place. */
export function decodeForFold(stored: StoredEvent): FoldableEvent {
  const lifted = lift(stored.type, stored.schemaVersion, json(stored, stored.data));
  if (!lifted.ok) throw unreadable(stored, lifted.message);
  const recordedAt = Instant.safeParse(stored.recordedAt);
  if (!recordedAt.success) throw unreadable(stored, "recordedAt is not an instant");
  return { revision: stored.revision, recordedAt: recordedAt.data, event: lifted.event };
}

/** The same with everything a reader may show or filter by. */
export function decode(stored: StoredEvent): RecordedRunEvent {
  const run = runOfStream(stored.stream);
  if (!run) throw unreadable(stored, "its stream is not a run's");
  const { position, stream, revision, id, schemaVersion } = stored;
  const { recordedAt, event } = decodeForFold(stored); // spread into what is made below it would cost as much as parsing
  const metadata = metadataOf(stored);
  return { revision, recordedAt, event, position, stream, run, id, schemaVersion, metadata };
}

/** A version of a registered workflow, as its stream tells it. */
export function decodeRegistered(stored: StoredEvent) {
  const event = readWorkflowEvent(stored.type, stored.schemaVersion, json(stored, stored.data));
  if (!event) throw unreadable(stored, "this version does not know such an event of a workflow");
  return { revision: stored.revision, ...recordedIn(stored), event };
}

/** When, and by whom. */
export function recordedIn(stored: StoredEvent): { readonly at: Instant; readonly actor: Actor } {
  const at = Instant.safeParse(stored.recordedAt);
  if (!at.success) throw unreadable(stored, "recordedAt is not an instant");
  return { at: at.data, actor: metadataOf(stored).actor };
}

/** Checked, then kept as it is: a field that this version does not know stays. */
function metadataOf(stored: StoredEvent): Metadata {
  const metadata: unknown = json(stored, stored.metadata);
  if (isMetadata(metadata)) return metadata;
  const issue = Metadata.safeParse(metadata).error?.issues[0];
  throw unreadable(stored, `metadata: ${issue?.path.join(".") ?? ""} ${issue?.message ?? "does not fit"}`);
}

export function json(stored: StoredEvent, bytes: Uint8Array): Json {
  try {
    return parseJson(utf8.decode(bytes));
  } catch (error) {
    throw unreadable(stored, "its bytes are not JSON", error);
  }
}

const unreadable = ({ position, stream, revision, type }: StoredEvent, why: string, cause?: unknown) =>
  new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `event ${type} at position ${position} (${stream}, revision ${revision}) cannot be read: ${why}`,
    { cause },
  );

/** Where payloads are, and how those that are sealed are opened. */
export type Payloads = { readonly blobs: BlobStore; readonly seals: Seals };

/** An event and its place, which its values are bound to when they are sealed. */
export type Placed = Pick<RecordedRunEvent, "stream" | "revision"> & {
  readonly event: {
    readonly type: string;
    readonly data: { readonly values?: Values; readonly sealed?: Sealed };
  };
};

/** What stands for values that nobody can read any more. */
export const ERASED: Values = { $erased: true };

export const isErased = (values: Values): boolean => values.$erased === true;

/** The user's values of an event: opened, blobs fetched, keys as the user wrote them. */
export async function openValues(placed: Placed, tenant: string, payloads: Payloads): Promise<Values> {
  const stored = await storedValues(placed, tenant, payloads);
  return stored === "erased" ? ERASED : clearValues(stored.values, tenant, stored.blobs);
}

/** As they were before they were sealed, with where the blobs lie that they refer to. */
export async function storedValues(
  { stream, revision, event }: Placed,
  tenant: string,
  { blobs, seals }: Payloads,
): Promise<{ readonly values: Values; readonly blobs: BlobStore } | "erased"> {
  const { sealed, values = {} } = event.data;
  if (!sealed) return { values, blobs };
  const key = await seals.keyOf(tenant, sealed.keyId);
  if (!key) return "erased";
  return {
    values: opened(key, sealed, { tenant, stream, revision, type: event.type }),
    blobs: contentsOf(blobs, key),
  };
}

function opened(key: SealKey, ...sealed: Parameters<SealKey["open"]>): Values {
  const values = parseJson(utf8.decode(key.open(...sealed)));
  if (isObject(values)) return values;
  throw new GleitzeitError("PERSISTENCE_INTEGRITY_ERROR", "what was sealed is no record of values");
}

export async function clearValues(
  stored: Values | undefined,
  tenant: string,
  blobs: BlobStore,
): Promise<Values> {
  const found = await Promise.all(
    Object.entries(stored ?? {}).map(
      async ([name, value]) => [name, await openValue(value, tenant, blobs)] as const,
    ),
  );
  return Object.fromEntries(found);
}

export async function openValue(stored: Json, tenant: string, blobs: BlobStore): Promise<Json> {
  const ref = isObject(stored) && "$blob" in stored ? BlobRef.parse(stored) : undefined;
  if (!ref) return unescapeKeys(stored);
  const text = utf8.decode(await readBlob(ref.$blob, tenant, blobs));
  if (ref.kind === "text") return text;
  return unescapeKeys(parseJson(text));
}

export async function readBlob(hash: string, tenant: string, blobs: BlobStore): Promise<Uint8Array> {
  const bytes = await blobs.get(tenant, hash);
  if (bytes) return bytes;
  throw new GleitzeitError("PERSISTENCE_INTEGRITY_ERROR", `blob ${hash} is named by an event but missing`);
}
