// What retention asks of a store. Nothing else removes anything from one.
import type { Position, Revision, StreamName } from "../../domain/index.ts";

export type NamedIn = (data: Uint8Array, read: (hash: string) => Uint8Array | undefined) => readonly string[];

export interface Removal {
  /**
   * The stream's events before that revision are gone when it resolves; its head stays, and no revision recurs. How many
   * there were. Stopped halfway, the first of them are gone.
   */
  truncate(stream: StreamName, before: Revision): Promise<number>;
  /**
   * Of these blobs those that no event after that position names: `named` says what an event's bytes name, and may read
   * blobs for that. Who calls has looked at all events up to there. How many there were.
   */
  removeBlobs(
    tenant: string,
    hashes: readonly string[],
    after: Position | "start",
    named: NamedIn,
  ): Promise<number>;
  /** What was removed stands nowhere in the store's files any more, as far as a program can tell a disk. */
  scrub(): Promise<void>;
}
