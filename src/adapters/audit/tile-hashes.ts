// The hashes of a tile as they are stored, one after the other in one piece of memory, and what stands over them. Hashes
// that are each a piece of their own cost more to make than to calculate.
import { hash } from "node:crypto";
import { HASH_BYTES, type Hash, nodeHash } from "./verifier/merkle.ts";

export const TILE_WIDTH = 256;

const NODE = 1;
const pair = Buffer.alloc(1 + 2 * HASH_BYTES, NODE);

/** Over 2^n hashes. */
export function rootOfPerfect(hashes: Uint8Array): Hash {
  const row = Buffer.from(hashes);
  for (let length = row.length; length > HASH_BYTES; length /= 2) {
    for (let at = 0; at < length; at += 2 * HASH_BYTES) {
      pair.set(row.subarray(at, at + 2 * HASH_BYTES), 1);
      row.write(hash("sha256", pair, "binary"), at / 2, "binary");
    }
  }
  return Uint8Array.from(row.subarray(0, HASH_BYTES));
}

/** Over any number of them that begin a tile, with what comes after them, if something does. */
export function rootOver(hashes: Uint8Array, after: Hash | undefined): Hash | undefined {
  let root = after;
  for (let end = hashes.length; end > 0; ) {
    const count = end / HASH_BYTES;
    const start = end - (count & -count) * HASH_BYTES; // what comes last is the smallest of the perfect parts
    const part = rootOfPerfect(hashes.subarray(start, end));
    root = root ? nodeHash(part, root) : part;
    end = start;
  }
  return root;
}
