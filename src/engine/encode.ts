// Events → bytes, once: JCS in UTF-8, large values moved to blobs. A retry of an append repeats these bytes.
import {
  type BlobRef,
  type EventId,
  instantOf,
  type Json,
  type JsonObject,
  jcs,
  jcsOfUserValue,
  type Metadata,
  type Millis,
  type RunEvent,
  schemaVersion,
} from "../domain/index.ts";
import type { Blob, NewEvent, Random, Sha256 } from "./ports/index.ts";

/** When an event's values exceed this together (bytes), the largest go to blobs. */
export const INLINE_VALUES = 64 * 1024;

export type Values = { readonly [name: string]: Json };

export type Encoded = {
  readonly event: NewEvent;
  /** What counts against the append's limit. */
  readonly bytes: number;
};

export type Encode = (event: RunEvent, metadata: Metadata, now: Millis, extra?: readonly Blob[]) => Encoded;

const utf8 = new TextEncoder();

/** `extra` are blobs that control fields of the event name. */
export function encoder(random: Random, sha256: Sha256): Encode {
  return (event, metadata, now, extra = []) => {
    const { text, blobs } = dataText(event.data, sha256);
    const data = utf8.encode(text);
    const meta = utf8.encode(jcs(metadata));
    const all = [...extra, ...blobs];
    const id: EventId = random.eventId();
    return {
      bytes: data.length + meta.length,
      event: {
        id,
        type: event.type,
        schemaVersion: schemaVersion(event.type),
        recordedAt: instantOf(now),
        metadata: meta,
        data,
        salt: random.salt(),
        ...(all.length > 0 && { blobs: all }),
      },
    };
  };
}

type Members = readonly (readonly [string, Json | undefined])[];

function dataText(data: RunEvent["data"], sha256: Sha256): { text: string; blobs: readonly Blob[] } {
  const members: Members = Object.entries(data);
  const blobs: Blob[] = [];
  const texts = members
    .filter(([, member]) => member !== undefined)
    .sort(byKey)
    .map(([key, member]) => {
      const text = key === "values" ? valuesText(member ?? {}, blobs, sha256) : jcs(member ?? null);
      return `${JSON.stringify(key)}:${text}`;
    });
  return { text: `{${texts.join(",")}}`, blobs };
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

function valuesText(values: Json, blobs: Blob[], sha256: Sha256): string {
  const members: Members = Object.entries(values ?? {});
  const texts = new Map(
    members
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, jcsOfUserValue(value ?? null)]),
  );
  moveLargest(texts, new Map(members), blobs, sha256);
  const sorted = [...texts].sort(byKey).map(([key, text]) => `${JSON.stringify(key)}:${text}`);
  return `{${sorted.join(",")}}`;
}

/** Replaces the largest texts by references until the rest is small enough to stand in the event. */
function moveLargest(
  texts: Map<string, string>,
  values: ReadonlyMap<string, Json | undefined>,
  blobs: Blob[],
  sha256: Sha256,
): void {
  let total = 0;
  for (const text of texts.values()) total += text.length;
  if (total * 3 <= INLINE_VALUES) return; // a UTF-16 unit is at most three bytes
  const sizes = [...texts].map(([key, text]) => ({ key, bytes: utf8.encode(text) }));
  let left = sizes.reduce((sum, { bytes }) => sum + bytes.length, 0);
  for (const { key, bytes } of sizes.sort((a, b) => b.bytes.length - a.bytes.length)) {
    if (left <= INLINE_VALUES) return;
    left -= bytes.length;
    const value = values.get(key);
    const blob = typeof value === "string" ? blobOf(utf8.encode(value), sha256) : blobOf(bytes, sha256);
    blobs.push(blob);
    texts.set(key, jcs(blobRef(blob, typeof value === "string" ? "text" : "json")));
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
