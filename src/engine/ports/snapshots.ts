import type { StreamName } from "../../domain/index.ts";

/** Bytes by stream, kept beside the log to save reading it. Losing or damaging them loses time, nothing else. */
export interface Snapshots {
  /** The last that was put there, or what is left of it; undefined when there is none, or it cannot be read. */
  get(stream: StreamName): Promise<Uint8Array | undefined>;
  /** In place of the one before, whole or not at all. Rejects where none can be kept. */
  put(stream: StreamName, bytes: Uint8Array): Promise<void>;
  /** There is none afterwards. */
  remove(stream: StreamName): Promise<void>;
}
