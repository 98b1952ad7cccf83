// Who signs: one living process of an installation, as the stream `owners` says. It keeps others from doing the same work;
// that no two histories are signed is up to the expected revision of the stream `audit`.
import {
  AUDIT_EVENT_VERSION,
  type Incarnation,
  OWNERS_STREAM,
  parseJson,
  readRole,
} from "../../domain/index.ts";
import {
  type EventStore,
  type Incarnations,
  lastOf,
  plainEvent,
  type Recording,
  VersionConflict,
} from "../../engine/ports/index.ts";

/** This process's own incarnation if it has the role now, else that of the living process that has it. */
export async function auditHolder(
  events: EventStore,
  incarnations: Incarnations,
  recording: Recording,
): Promise<Incarnation> {
  const { own } = incarnations;
  for (;;) {
    const last = await lastOf(events, OWNERS_STREAM);
    const role =
      last && readRole(last.type, last.schemaVersion, parseJson(Buffer.from(last.data).toString()));
    const holder = role?.data.holder;
    if (holder !== undefined && (holder === own || (await incarnations.isAlive(holder)))) return holder;
    const taken = plainEvent(
      { type: "RoleTaken", data: { role: "audit", holder: own } },
      AUDIT_EVENT_VERSION,
      recording,
    );
    try {
      await events.append(OWNERS_STREAM, last ? last.revision : "none", [taken]);
      return own;
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
}
