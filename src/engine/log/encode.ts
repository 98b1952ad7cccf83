// Events → bytes, once: JCS in UTF-8, large values moved to blobs. A retry of an append repeats these bytes.
import {
  type BlobRef,
  instantOf,
  isObject,
  type Json,
  type JsonObject,
  jcs,
  jcsBy,
  jcsOfUserValue,
  type Metadata,
  type Millis,
  type RunEvent,
  schemaVersion,
  WORKFLOW_EVENT_VERSION,
  type WorkflowRegistered,
} from "../../domain/index.ts";
import type { Blob, NewEvent, Random, SealedPlace, SealKey, Sha256 } from "../ports/index.ts";

/** When an event's values exceed this together (bytes), the largest go to blobs. */
const INLINE_VALUES = 64 * 1024;

export type Values = { readonly [name: string]: Json };

export type Encoded = {
  readonly event: NewEvent;
  /** What counts against the append's limit. */
  readonly bytes: number;
};

type Recordable = RunEvent | WorkflowRegistered;

/** Where the event will stand, and how its values are sealed there. Once the key is destroyed they are left out. */
export type SealedIn = Pick<SealedPlace, "stream" | "revision"> & { readonly key: SealKey | "erased" };

/** `extra` are blobs that control fields of the event name, as they are stored. */
export type Encode = (
  event: Recordable,
  metadata: Metadata,
  now: Millis,
  extra?: readonly Blob[],
  sealedIn?: SealedIn,
) => Encoded;

const versionOf = (type: Recordable["type"]): number =>
  type === "WorkflowRegistered" ? WORKFLOW_EVENT_VERSION : schemaVersion(type);

const utf8 = new TextEncoder();
/** Of a unit of UTF-16. */
const MOST_BYTES_OF_A_UNIT = 3;

/**
 * Small texts are encoded one behind the other into a shared piece of memory: asking for a piece of its own costs
 * several times the encoding. Nothing is written twice, so that what was given stays as it is.
 */
const pooled = (() => {
  const size = 64 * 1024;
  let pool = new Uint8Array(0);
  let used = 0;
  return (text: string): Uint8Array => {
    const most = text.length * MOST_BYTES_OF_A_UNIT;
    if (most > size / 4) return utf8.encode(text);
    if (used + most > pool.length) {
      pool = new Uint8Array(size);
      used = 0;
    }
    const start = used;
    used += utf8.encodeInto(text, pool.subarray(start)).written;
    return pool.subarray(start, used);
  };
})();

export function encoder(random: Random, sha256: Sha256): Encode {
  const metadataBytes = lastOne((metadata: Metadata) => pooled(jcs(metadata)));
  const instant = lastOne(instantOf);
  return (event, metadata, now, extra = [], sealedIn) => {
    const blobs = [...extra];
    const { type } = event;
    const keep: Keep = { blobs, sha256 };
    const data = pooled(
      sealedIn
        ? sealedText(event.data, keep, sealedIn.key, { ...sealedIn, tenant: metadata.tenant, type })
        : dataText(event.data, keep),
    );
    const meta = metadataBytes(metadata);
    return {
      bytes: data.length + meta.length,
      event: {
        id: random.eventId(),
        type,
        schemaVersion: versionOf(event.type),
        recordedAt: instant(now),
        metadata: meta,
        data,
        salt: random.salt(),
        ...(blobs.length > 0 && { blobs }),
      },
    };
  };
}

/** The events of one decision share their metadata: it is encoded once. */
function lastOne<A, B>(make: (a: A) => B): (a: A) => B {
  let last: { readonly a: A; readonly b: B } | undefined;
  return (a) => {
    if (last?.a !== a) last = { a, b: make(a) };
    return last.b;
  };
}

/** Members in order of their keys, `values` among them. */
const dataText = (data: Data, keep: Keep): string =>
  jcsBy(data, (key, member) => (key === "values" && isObject(member) ? valuesText(member, keep) : undefined));

type Data = { readonly [key: string]: Json | undefined };

const plainText = (data: Data): string => jcsBy(data, () => undefined);

/** `values` are what they would be in clear, sealed as one text; their blobs are sealed each by itself. */
function sealedText(
  { values, sealed: _, ...control }: Data,
  { blobs, sha256 }: Keep,
  key: SealKey | "erased",
  place: SealedPlace,
): string {
  if (!isObject(values) || key === "erased") return plainText(control);
  const stored = (bytes: Uint8Array): Uint8Array => key.sealBlob(bytes, place.tenant);
  const refs: BlobRef[] = [];
  const text = valuesText(values, { blobs, sha256, stored, refs });
  const sealed = key.seal(utf8.encode(text), place);
  return plainText({ ...control, sealed: { ...sealed, ...(refs.length > 0 && { blobs: refs }) } });
}

/** Where blobs go, and what becomes of their bytes before. */
type Keep = {
  readonly blobs: Blob[];
  readonly sha256: Sha256;
  readonly stored?: (bytes: Uint8Array) => Uint8Array;
  /** Gathers what is referred to. */
  readonly refs?: BlobRef[];
};

/** Most are small; then nothing is taken apart. */
function valuesText(values: Values, keep: Keep): string {
  const whole = jcsBy(values, (_, value) => jcsOfUserValue(value));
  if (whole.length * MOST_BYTES_OF_A_UNIT <= INLINE_VALUES) return whole;
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(values)) texts.set(key, jcsOfUserValue(value));
  moveLargest(texts, values, keep);
  return jcsBy(values, (key) => texts.get(key));
}

/** Replaces the largest texts by references until the rest is small enough to stand in the event. */
function moveLargest(
  texts: Map<string, string>,
  values: Values,
  { blobs, sha256, stored = (one) => one, refs }: Keep,
): void {
  const sizes = [...texts].map(([key, text]) => ({ key, bytes: utf8.encode(text) }));
  let left = sizes.reduce((sum, { bytes }) => sum + bytes.length, 0);
  for (const { key, bytes } of sizes.sort((a, b) => b.bytes.length - a.bytes.length)) {
    if (left <= INLINE_VALUES) return;
    left -= bytes.length;
    const value = values[key];
    const blob = blobOf(stored(typeof value === "string" ? utf8.encode(value) : bytes), sha256);
    const ref = blobRef(blob, typeof value === "string" ? "text" : "json");
    blobs.push(blob);
    refs?.push(ref);
    texts.set(key, jcs(ref));
  }
}

export function blobOf(bytes: Uint8Array, sha256: Sha256): Blob {
  return { hash: `sha256-${sha256(bytes)}`, bytes };
}

export const blobRef = (blob: Blob, kind: BlobRef["kind"]): BlobRef => ({
  $blob: blob.hash,
  size: blob.bytes.length,
  kind,
});

/** A JSON value as a blob of its canonical text. */
export const jsonBlob = (value: Json | JsonObject, sha256: Sha256): Blob =>
  blobOf(utf8.encode(jcs(value)), sha256);
