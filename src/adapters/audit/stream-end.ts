// Writing at the end of a stream, wherever that is.
import type { StreamName } from "../../domain/index.ts";
import {
  type Appended,
  type EventStore,
  lastOf,
  type NewEvent,
  VersionConflict,
} from "../../engine/ports/index.ts";

/** Behind whatever stands there, however often somebody else comes first. */
export async function appendAtEnd(
  events: EventStore,
  stream: StreamName,
  given: readonly NewEvent[],
): Promise<Appended> {
  for (;;) {
    const last = await lastOf(events, stream);
    try {
      return await events.append(stream, last ? last.revision : "none", given);
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
}
