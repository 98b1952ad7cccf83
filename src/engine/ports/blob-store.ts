import type { Blob } from "./event-store.ts";

/** Content by hash, per tenant. What events need travels with their append; `put` is for what comes before one. */
export interface BlobStore {
  /** Durable when it resolves; the same hash twice is harmless. */
  put(tenant: string, blob: Blob): Promise<void>;
  get(tenant: string, hash: string): Promise<Uint8Array | undefined>;
  has(tenant: string, hash: string): Promise<boolean>;
}
