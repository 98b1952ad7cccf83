// Where runs go that leave the store: bundles, each a file that anybody can verify.
import type { RunId, StreamName } from "../../domain/index.ts";
import type { StoredEvent } from "./event-store.ts";

export type ArchivedStream = {
  readonly stream: StreamName;
  /** Revisions 0 up to, and without, this one. */
  readonly events: number;
  /** Of the audit log. */
  readonly firstLeaf: string;
  readonly lastLeaf: string;
};

export type Archived = {
  /** Its name in `place`. */
  readonly file: string;
  readonly sha256: string;
  /** The checkpoint under which all of it stands. */
  readonly size: string;
  readonly root: string;
  /** The run's own first, then those of the runs inside it. */
  readonly streams: readonly ArchivedStream[];
  readonly blobs: readonly string[];
};

export interface Archives {
  /** Where an operator finds them. */
  readonly place: string;
  /**
   * The whole run with its children. When it resolves the file is durable, was read back and verified, and so are the
   * leaves that prove it. One that stands there already, and is whole, is kept as it is.
   */
  keep(run: RunId, tenant: string): Promise<Archived>;
  /** The head that everything durable now stands under; the leaves that prove it are durable when it resolves. */
  signed(): Promise<Pick<Archived, "size" | "root">>;
  /** Read and verified anew; undefined where it is gone, or is not the one with this sum. */
  look(file: string, sha256: string): Promise<Archived | undefined>;
  /** Names of those that are there, in order. */
  all(): Promise<readonly string[]>;
  /** Gone from the disk when it resolves, as far as a program can tell a disk. */
  remove(file: string): Promise<void>;
}

/** One archive, as it was written. */
export type HeldArchive = {
  /** In the order of the log; their positions are those of their leaves. */
  readonly events: () => AsyncIterable<StoredEvent>;
  readonly blob: (hash: string) => Promise<Uint8Array | undefined>;
};

export interface ArchiveReading {
  /** Undefined where it is gone, or is not the one with this sum. */
  open(file: string, sha256: string): Promise<HeldArchive | undefined>;
}
