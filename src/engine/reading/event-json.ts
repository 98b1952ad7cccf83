// An event as JSON shows it everywhere: control fields as stored, values as the user wrote them.
import {
  type EventId,
  type Instant,
  isObject,
  type Json,
  type JsonObject,
  type Metadata,
  type RecordedRunEvent,
  type RunEvent,
} from "../../domain/index.ts";
import { openValue } from "../decode.ts";
import type { Reading } from "./reading.ts";

/** Larger blobs stay references. */
const LARGEST = 64 * 1024;

export type EventJson = {
  readonly position: string;
  readonly stream: string;
  readonly revision: number;
  readonly id: EventId;
  readonly type: RunEvent["type"];
  readonly schemaVersion: number;
  readonly recordedAt: Instant;
  readonly metadata: Metadata;
  readonly data: JsonObject;
};

export async function eventJson(recorded: RecordedRunEvent, reading: Reading): Promise<EventJson> {
  const { position, stream, revision, id, schemaVersion, recordedAt, metadata, event } = recorded;
  return {
    position: String(position),
    stream,
    revision,
    id,
    type: event.type,
    schemaVersion,
    recordedAt,
    metadata: { ...metadata, actor: { ...metadata.actor } },
    data: await dataJson(event.data, reading),
  };
}

async function dataJson(data: object, reading: Reading): Promise<JsonObject> {
  const members: readonly (readonly [string, Json | undefined])[] = Object.entries(data);
  const shown: [string, Json][] = [];
  for (const [name, member] of members) {
    if (member === undefined) continue;
    shown.push([name, name === "values" ? await valuesJson(member, reading) : member]);
  }
  return Object.fromEntries(shown);
}

async function valuesJson(values: Json, { store, tenant }: Reading): Promise<Json> {
  if (!isObject(values)) return values;
  const opened: [string, Json][] = [];
  for (const [name, value] of Object.entries(values)) {
    opened.push([name, isLarge(value) ? value : await openValue(value, tenant, store.blobs)]);
  }
  return Object.fromEntries(opened);
}

const isLarge = (value: Json): boolean =>
  isObject(value) &&
  typeof value.$blob === "string" &&
  typeof value.size === "number" &&
  value.size > LARGEST;
