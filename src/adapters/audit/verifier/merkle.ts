// The Merkle tree of RFC 6962 and RFC 9162 over SHA-256: hashes, roots, and the strict verification of proofs.
// Sizes are whole numbers up to 2^53 - 1; halving is done by division, since bit operations end at 2^32.
import { hash } from "node:crypto";

export type Hash = Uint8Array;

export const HASH_BYTES = 32;

const sha256 = (bytes: Uint8Array): Hash => hash("sha256", bytes, "buffer");

export const EMPTY_ROOT: Hash = sha256(new Uint8Array(0));

const LEAF = Buffer.of(0);

export const leafHash = (leaf: Uint8Array): Hash => sha256(Buffer.concat([LEAF, leaf]));

const NODE = Buffer.of(1);

export const nodeHash = (left: Hash, right: Hash): Hash => sha256(Buffer.concat([NODE, left, right]));

export const sameHash = (a: Hash, b: Hash): boolean => Buffer.compare(a, b) === 0;

const isSize = (size: number): boolean => Number.isSafeInteger(size) && size >= 0;

const half = (n: number): number => Math.floor(n / 2);
const isOdd = (n: number): boolean => n % 2 === 1;
const isWhole = (path: readonly Hash[]): boolean => path.every(({ length }) => length === HASH_BYTES);

/** The root that this proof leads to (RFC 9162, 2.1.3.2); undefined for a proof that is too short, too long or no proof. */
export function inclusionRoot(
  leaf: Hash,
  index: number,
  size: number,
  path: readonly Hash[],
): Hash | undefined {
  if (!isSize(index) || !isSize(size) || index >= size || !isWhole(path)) return undefined;
  let [fn, sn, root] = [index, size - 1, leaf];
  for (const step of path) {
    if (sn === 0) return undefined;
    if (isOdd(fn) || fn === sn) {
      root = nodeHash(step, root);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      root = nodeHash(root, step);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 ? root : undefined;
}

export type Head = { readonly size: number; readonly root: Hash };

/** Whether the tree grew from one into the other (RFC 9162, 2.1.4.2). From 0 nothing is proven, and that is refused. */
export function isConsistent(from: Head, to: Head, path: readonly Hash[]): boolean {
  if (!isSize(from.size) || !isSize(to.size) || from.size === 0 || from.size > to.size) return false;
  if (!isWhole(path)) return false;
  if (from.size === to.size) return path.length === 0 && sameHash(from.root, to.root);
  let [fn, sn] = [from.size - 1, to.size - 1];
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)];
  const [first, ...rest] = fn === 0 ? [from.root, ...path] : path; // 0 for a power of two
  if (first === undefined) return false;
  let [before, after] = [first, first];
  for (const step of rest) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      [before, after] = [nodeHash(step, before), nodeHash(step, after)];
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      after = nodeHash(after, step);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && sameHash(before, from.root) && sameHash(after, to.root);
}

export type Growing = {
  readonly size: () => number;
  readonly add: (leaf: Hash) => void;
  readonly root: () => Hash;
};

/** A tree that only grows: of all its nodes the roots of its perfect parts are kept, the largest first. */
export function growingTree(parts: readonly Hash[] = [], from = 0): Growing {
  const kept = [...parts];
  let size = from;
  return {
    size: () => size,
    add: (leaf) => {
      let node = leaf;
      for (let n = size; isOdd(n); n = half(n)) node = nodeHash(kept.pop() ?? EMPTY_ROOT, node);
      kept.push(node);
      size += 1;
    },
    root: () =>
      kept.reduceRight<Hash | undefined>(
        (right, left) => (right ? nodeHash(left, right) : left),
        undefined,
      ) ?? EMPTY_ROOT,
  };
}
