// The stream in which a process says that it lives, as bytes and back.
import {
  type Incarnation,
  Instant,
  instantOf,
  jcs,
  type Metadata,
  millisOf,
  parseJson,
  readWorkerEvent,
  TENANT_MAIN,
  WORKER_EVENT_VERSION,
  type WorkerEvent,
} from "../../../domain/index.ts";
import type { Clock, NewEvent, Random, StoredEvent } from "../../../engine/ports/index.ts";

const utf8 = new TextEncoder();

export function workerEvent(
  own: Incarnation,
  { type, data }: WorkerEvent,
  clock: Clock,
  random: Random,
): NewEvent {
  const metadata: Metadata = { tenant: TENANT_MAIN, actor: { type: "engine", id: own } };
  return {
    id: random.eventId(),
    type,
    schemaVersion: WORKER_EVENT_VERSION,
    recordedAt: instantOf(clock.now()),
    metadata: utf8.encode(jcs(metadata)),
    data: utf8.encode(jcs(data)),
    salt: random.salt(),
  };
}

/** How long the process may be silent after this; 0 when it has stopped, undefined for what cannot be read. */
export function leaseIn(stored: StoredEvent): number | undefined {
  const data = parseJson(new TextDecoder().decode(stored.data));
  const event = readWorkerEvent(stored.type, stored.schemaVersion, data);
  return event && (event.type === "WorkerStopped" ? 0 : event.data.leaseMs);
}

/** By the clock of the machine that wrote it. */
export function writtenAt({ recordedAt }: StoredEvent): number {
  const instant = Instant.safeParse(recordedAt);
  return instant.success ? millisOf(instant.data) : Number.NEGATIVE_INFINITY;
}
