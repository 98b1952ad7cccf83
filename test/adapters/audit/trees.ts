// Trees for tests: the definition of RFC 6962 written down as it stands there, slow and without cleverness.
import type { Nodes } from "../../../src/adapters/audit/proofs.ts";
import { EMPTY_ROOT, type Hash, leafHash, nodeHash } from "../../../src/adapters/audit/verifier/merkle.ts";

export const numbered = (count: number): readonly Hash[] =>
  Array.from({ length: count }, (_, i) => leafHash(Buffer.from(`leaf ${i}`)));

export function rootOf(leaves: readonly Hash[]): Hash {
  const [first] = leaves;
  if (first === undefined) return EMPTY_ROOT;
  if (leaves.length === 1) return first;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)));
}

export function nodesOf(leaves: readonly Hash[]): Nodes {
  const known = new Map<string, Hash>();
  return async (level, index) => {
    const key = `${level}/${index}`;
    const [start, end] = [index * 2 ** level, (index + 1) * 2 ** level];
    if (end > leaves.length) throw new Error(`no node ${key} in a tree of ${leaves.length}`);
    const node = known.get(key) ?? rootOf(leaves.slice(start, end));
    known.set(key, node);
    return node;
  };
}

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** Every copy of these bytes with one bit turned. */
export function* turned(bytes: Uint8Array): Generator<Uint8Array> {
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const copy = Uint8Array.from(bytes);
    copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    yield copy;
  }
}
