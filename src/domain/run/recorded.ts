import type { EventId, Position, Revision, RunId, StreamName } from "../ids.ts";
import type { Instant } from "../instant.ts";
import type { RunEvent } from "./events.ts";
import type { Metadata } from "./metadata.ts";

/**
 * An event of a run as readers meet it: decoded and lifted. Its `data.values` are as stored (large members
 * are blob references, keys escaped); whoever shows values opens them first.
 */
export type RecordedRunEvent = {
  readonly position: Position;
  readonly stream: StreamName;
  readonly run: RunId;
  readonly revision: Revision;
  readonly id: EventId;
  readonly schemaVersion: number;
  readonly recordedAt: Instant;
  readonly metadata: Metadata;
  readonly event: RunEvent;
};
