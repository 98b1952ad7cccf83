// What happens to a provider's instances, as bytes and back.
import {
  GleitzeitError,
  POOL_EVENT_VERSION,
  type PoolEvent,
  parseJson,
  readPoolEvent,
} from "../../../domain/index.ts";
import { type NewEvent, plainEvent, type Recording, type StoredEvent } from "../../../engine/ports/index.ts";

export const recordable = (event: PoolEvent, recording: Recording): NewEvent =>
  plainEvent(event, POOL_EVENT_VERSION, recording);

export function poolEventIn({ type, schemaVersion, data, stream, revision }: StoredEvent): PoolEvent {
  const event = readPoolEvent(type, schemaVersion, parseJson(new TextDecoder().decode(data)));
  if (event) return event;
  throw new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `event ${type} (${stream}, revision ${revision}) cannot be read: written by a newer version?`,
  );
}
