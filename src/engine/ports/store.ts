import type { BlobStore } from "./blob-store.ts";
import type { EventStore } from "./event-store.ts";
import type { Removal } from "./removal.ts";

/** A log and the blobs its events name, in one place: an append and its blobs are durable together. */
export type Store = {
  readonly events: EventStore;
  readonly blobs: BlobStore;
  /** Where nothing can be removed there is none. */
  readonly removal?: Removal;
  /** The same as closing `events`. */
  close(): Promise<void>;
};
