// What happens to a provider's instances, as bytes and back.
import {
  type Actor,
  GleitzeitError,
  instantOf,
  jcs,
  type Metadata,
  POOL_EVENT_VERSION,
  type PoolEvent,
  parseJson,
  readPoolEvent,
  TENANT_MAIN,
} from "../../../domain/index.ts";
import type { Clock, NewEvent, Random, StoredEvent } from "../../../engine/ports/index.ts";

const utf8 = new TextEncoder();

export type Recording = {
  readonly actor: Actor;
  readonly clock: Pick<Clock, "now">;
  readonly random: Pick<Random, "eventId" | "salt">;
};

export function recordable({ type, data }: PoolEvent, { actor, clock, random }: Recording): NewEvent {
  const metadata: Metadata = { tenant: TENANT_MAIN, actor };
  return {
    id: random.eventId(),
    type,
    schemaVersion: POOL_EVENT_VERSION,
    recordedAt: instantOf(clock.now()),
    metadata: utf8.encode(jcs(metadata)),
    data: utf8.encode(jcs(data)),
    salt: random.salt(),
  };
}

export function poolEventIn({ type, schemaVersion, data, stream, revision }: StoredEvent): PoolEvent {
  const event = readPoolEvent(type, schemaVersion, parseJson(new TextDecoder().decode(data)));
  if (event) return event;
  throw new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `event ${type} (${stream}, revision ${revision}) cannot be read: written by a newer version?`,
  );
}
