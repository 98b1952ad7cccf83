import type { Observable } from "rxjs";
import type { EventId, Position, Revision, StreamName } from "../../domain/index.ts";

/** Bytes that must be durable together with the event that names them. `hash` is `sha256-<hex>` over `bytes`. */
export type Blob = { readonly hash: string; readonly bytes: Uint8Array };

/**
 * What a writer hands over. `metadata` and `data` are JCS (RFC 8785) in UTF-8, encoded once; a store
 * keeps these bytes as they are, and a retry repeats them byte for byte.
 */
export type NewEvent = {
  readonly id: EventId;
  readonly type: string;
  readonly schemaVersion: number;
  /** ISO 8601, UTC, milliseconds. */
  readonly recordedAt: string;
  readonly metadata: Uint8Array;
  readonly data: Uint8Array;
  /** 16 random bytes, for the audit commitment. */
  readonly salt: Uint8Array;
  /** Written no later than the event itself. */
  readonly blobs?: readonly Blob[];
};

export type StoredEvent = Omit<NewEvent, "blobs"> & {
  readonly position: Position;
  readonly stream: StreamName;
  readonly revision: Revision;
};

export type Appended = {
  /** Revision and position of the last event of this append. */
  readonly revision: Revision;
  readonly position: Position;
};

export type Page = {
  readonly events: readonly StoredEvent[];
  /** Where the next page starts (`after`); moves on even when the filter let nothing through. */
  readonly next: Position | "start";
  /** True when nothing more stood in the log when the page was read. */
  readonly atHead: boolean;
};

/** Streams whose name starts with this: `run-`, `run-main.`. */
export type StreamPrefix = string;

/**
 * The append-only log. Errors: VersionConflict, or GleitzeitError with PERSISTENCE_WRITE_FAILED,
 * PERSISTENCE_READ_FAILED, PERSISTENCE_CONNECTION_FAILED, PERSISTENCE_INTEGRITY_ERROR.
 */
export interface EventStore {
  /** At most 512 KiB and 500 events for every store; bytes count metadata + data of one append. */
  readonly limits: { readonly appendBytes: number; readonly appendEvents: number };
  /**
   * All or none, durable when it resolves. `expected` is the revision of the stream's last event, or "none".
   * If all the given ids already stand from expected + 1 on, the answer is the same as the first time,
   * even when the stream has moved on; any other overlap is a VersionConflict.
   */
  append(stream: StreamName, expected: Revision | "none", events: readonly NewEvent[]): Promise<Appended>;
  /** From that revision on, at most `limit`; empty for an unknown stream. */
  read(stream: StreamName, from: Revision, limit: number): Promise<readonly StoredEvent[]>;
  /** Just these revisions, in the order given; a missing one is left out. */
  readMany(stream: StreamName, revisions: readonly Revision[]): Promise<readonly StoredEvent[]>;
  readAll(after: Position | "start", limit: number, filter?: StreamPrefix): Promise<Page>;
  /**
   * A hint that the log may have grown, by this process or another; never the events themselves. Ends at
   * close. `others`: a store that can tell leaves out what was appended through itself.
   */
  changes(by?: "others"): Observable<Position>;
  head(): Promise<Position | "start">;
  /** Idempotent. Pending appends are finished first; what comes later is rejected. */
  close(): Promise<void>;
}

/** The stream stood elsewhere than expected. Nothing was written; nothing else may be concluded. */
export class VersionConflict extends Error {
  override readonly name = "VersionConflict";
  readonly code = "VERSION_CONFLICT";
  readonly stream: StreamName;
  readonly expected: Revision | "none";

  constructor(stream: StreamName, expected: Revision | "none") {
    super(`stream ${stream} is not at revision ${expected}`);
    this.stream = stream;
    this.expected = expected;
  }
}
