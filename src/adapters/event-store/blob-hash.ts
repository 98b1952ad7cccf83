// Blobs are found by what they contain, so a store keeps only what its name says, and checks again when it reads.
import { createHash } from "node:crypto";
import { GleitzeitError } from "../../domain/index.ts";
import type { Blob } from "../../engine/ports/index.ts";

export const hashOf = (bytes: Uint8Array): string =>
  `sha256-${createHash("sha256").update(bytes).digest("hex")}`;

export function checkBlob(blob: Blob): void {
  const actual = hashOf(blob.bytes);
  if (actual === blob.hash) return;
  throw new GleitzeitError(
    "PERSISTENCE_WRITE_FAILED",
    `blob ${blob.hash} is refused: the hash of its ${blob.bytes.byteLength} bytes is ${actual}`,
  );
}
