// An audit log on whatever store, with everything in memory or in a folder, and events to sign.
import { v7 } from "uuid";
import { auditEventIn } from "../../../src/adapters/audit/audit-log.ts";
import { type AuditorParts, auditor } from "../../../src/adapters/audit/auditor.ts";
import { memoryNotes } from "../../../src/adapters/audit/kept-notes.ts";
import { memoryKeyRing } from "../../../src/adapters/audit/key-ring.ts";
import { memoryTiles } from "../../../src/adapters/audit/tile-store.ts";
import { memoryIncarnations } from "../../../src/adapters/event-store/index.ts";
import { systemClock, systemRandom } from "../../../src/adapters/host/index.ts";
import { AUDIT_STREAM, Incarnation, StreamName } from "../../../src/domain/index.ts";
import { type EventStore, plainEvent } from "../../../src/engine/index.ts";

const random = systemRandom();
const clock = systemClock();

export const ownIncarnation = (): Incarnation => Incarnation.parse(random.eventId());

export function partsOn(events: EventStore, own = ownIncarnation()): AuditorParts {
  return {
    events,
    tiles: memoryTiles(),
    keys: memoryKeyRing(),
    kept: memoryNotes(),
    incarnations: async () => memoryIncarnations(own),
    recording: { actor: { type: "engine", id: own }, clock, random },
  };
}

export const signerOn = (parts: AuditorParts) => auditor(parts);

const recording = { actor: { type: "service", id: "test" }, clock, random } as const;

/** So many events in a stream of their own. */
export async function written(events: EventStore, count: number): Promise<void> {
  const stream = StreamName.parse(`schedule-main.${v7()}`);
  for (let done = 0; done < count; ) {
    const some = Math.min(200, count - done);
    const batch = Array.from({ length: some }, (_, i) =>
      plainEvent({ type: "Noted", data: { entry: done + i } }, 1, recording),
    );
    await events.append(stream, done === 0 ? "none" : done - 1, batch);
    done += some;
  }
}

/** Every checkpoint that stands in the log. */
export async function checkpointsIn(events: EventStore) {
  const all = await events.read(AUDIT_STREAM, 0, 100_000);
  return all.map(auditEventIn).flatMap((event) => (event.type === "CheckpointSigned" ? [event.data] : []));
}
