// Between the rows of the events table and events. Both ways keep every byte.
import type { EventId, Revision, StreamName } from "../../domain/index.ts";
import type { NewEvent, StoredEvent } from "../../engine/ports/index.ts";
import type { Row, Value } from "./driver.ts";

/** In the order of the columns. */
export const rowOf = (
  position: number,
  stream: number,
  revision: Revision,
  event: NewEvent,
): readonly Value[] => [
  position,
  stream,
  revision,
  event.id,
  event.type,
  event.schemaVersion,
  event.recordedAt,
  event.metadata,
  event.data,
  event.salt,
];

/** Of a row that begins with the stream's name; undefined for one that no writer of ours can have left. */
export function eventOf(row: Row): StoredEvent | undefined {
  const [stream, position, revision, id, type, schemaVersion, recordedAt, metadata, data, salt] = row;
  if (
    typeof stream !== "string" ||
    typeof position !== "number" ||
    typeof revision !== "number" ||
    typeof id !== "string" ||
    typeof type !== "string" ||
    typeof schemaVersion !== "number" ||
    typeof recordedAt !== "string" ||
    !(metadata instanceof Uint8Array) ||
    !(data instanceof Uint8Array) ||
    !(salt instanceof Uint8Array)
  ) {
    return undefined;
  }
  return {
    position: BigInt(position),
    stream: stream as StreamName,
    revision,
    id: id as EventId,
    type,
    schemaVersion,
    recordedAt,
    metadata,
    data,
    salt,
  };
}
