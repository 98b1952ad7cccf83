// The stream in which a process says that it lives, as bytes and back.
import {
  type Incarnation,
  Instant,
  millisOf,
  parseJson,
  readWorkerEvent,
  WORKER_EVENT_VERSION,
  type WorkerEvent,
} from "../../../domain/index.ts";
import { type NewEvent, plainEvent, type Recording, type StoredEvent } from "../../../engine/ports/index.ts";

type By = Pick<Recording, "clock" | "random">;

export const workerEvent = (own: Incarnation, event: WorkerEvent, by: By): NewEvent =>
  plainEvent(event, WORKER_EVENT_VERSION, { ...by, actor: { type: "engine", id: own } });

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
