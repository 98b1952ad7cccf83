// Between events and what the server keeps of them: `data` as it is, everything else in one JSON object.
//
// 1. Data go as bytes that are not JSON to the client, which would write JSON anew in an order of its own.
// 2. Metadata stand in the object as an object, readable on the server, if that gives back their very bytes; else
//    as base64. A reader tells the two apart by their kind.
import { type BinaryEventData, binaryEvent, type RecordedEvent } from "@eventstore/db-client";
import { type EventId, isObject, type Json, jcs, parseJson, type StreamName } from "../../../domain/index.ts";
import type { NewEvent, StoredEvent } from "../../../engine/ports/index.ts";

const utf8 = new TextEncoder();
const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function eventDataOf({ id, type, data, ...event }: NewEvent): BinaryEventData {
  const { metadata, salt, recordedAt, schemaVersion } = event;
  const beside = {
    metadata: asObject(metadata) ?? base64Of(metadata),
    salt: base64Of(salt),
    recordedAt,
    schemaVersion,
  };
  return binaryEvent({ id, type, data, metadata: utf8.encode(jcs(beside)) });
}

/** Undefined for what no writer of ours can have left. */
export function storedOf(
  event: RecordedEvent,
  stream: StreamName,
  position: bigint,
): StoredEvent | undefined {
  const { id, type, revision, data, metadata: beside } = event;
  if (!(data instanceof Uint8Array) || !isRecord(beside)) return undefined;
  const { metadata, salt, recordedAt, schemaVersion } = beside;
  const metadataBytes =
    typeof metadata === "string"
      ? bytesOf(metadata)
      : isRecord(metadata)
        ? utf8.encode(jcs(metadata as Json))
        : undefined;
  if (
    metadataBytes === undefined ||
    typeof salt !== "string" ||
    typeof recordedAt !== "string" ||
    typeof schemaVersion !== "number"
  ) {
    return undefined;
  }
  return {
    position,
    stream,
    revision: Number(revision),
    id: id as EventId,
    type,
    schemaVersion,
    recordedAt,
    metadata: metadataBytes,
    data,
    salt: bytesOf(salt),
  };
}

/** What these bytes mean, if it leads back to them. */
function asObject(bytes: Uint8Array): Json | undefined {
  try {
    const written = text.decode(bytes);
    const value = parseJson(written);
    return isObject(value) && jcs(value) === written ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

const base64Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
const bytesOf = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, "base64"));
