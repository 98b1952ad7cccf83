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
import { ERASED, openValue, type Payloads, storedValues } from "../log/decode.ts";

/** Larger blobs stay references. */
const LARGEST = 64 * 1024;

/** Of a store, or of one bundle that was taken out of it. */
type Shown = { readonly store: Payloads; readonly tenant: string };

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

/** `stored`: references and escaped keys as they stand in the log, for programs that read it as the engine does. */
export type ValuesForm = "shown" | "stored";

export async function eventJson(
  recorded: RecordedRunEvent,
  reading: Shown,
  form: ValuesForm = "shown",
): Promise<EventJson> {
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
    data: await dataJson(recorded, reading, form),
  };
}

async function dataJson(recorded: RecordedRunEvent, reading: Shown, form: ValuesForm): Promise<JsonObject> {
  const { values, sealed, ...control } = recorded.event.data;
  const members: readonly (readonly [string, Json | undefined])[] = Object.entries(control);
  const shown = members.flatMap(([name, member]) => (member === undefined ? [] : [[name, member] as const]));
  const opened = (values ?? sealed) && (await valuesJson(recorded, reading, form));
  return { ...Object.fromEntries(shown), ...(opened && { values: opened }) };
}

async function valuesJson(
  recorded: RecordedRunEvent,
  { store, tenant }: Shown,
  form: ValuesForm,
): Promise<JsonObject> {
  const stored = await storedValues(recorded, tenant, store);
  if (stored === "erased") return ERASED;
  if (form === "stored") return stored.values;
  const opened: [string, Json][] = [];
  for (const [name, value] of Object.entries(stored.values)) {
    opened.push([name, isLarge(value) ? value : await openValue(value, tenant, stored.blobs)]);
  }
  return Object.fromEntries(opened);
}

const isLarge = (value: Json): boolean =>
  isObject(value) &&
  typeof value.$blob === "string" &&
  typeof value.size === "number" &&
  value.size > LARGEST;
