// The Merkle tree of RFC 6962 and RFC 9162 over SHA-256. Halving is done by division: bit operations end at 2^32.
import { hash } from "node:crypto";
import { base64Bytes } from "./canonical.ts";

export type Hash = Uint8Array;
export type Head = { readonly size: number; readonly root: Hash };
export const HASH_BYTES = 32;
const [LEAF, NODE] = [Buffer.of(0), Buffer.of(1)];
// As text of a byte a letter, out of which bytes are made in a third of the time that a buffer of its own takes.
const sha256 = (bytes: Uint8Array): Hash => Buffer.from(hash("sha256", bytes, "binary"), "binary");
export const EMPTY_ROOT: Hash = sha256(new Uint8Array(0));
export const leafHash = (leaf: Uint8Array): Hash => sha256(Buffer.concat([LEAF, leaf]));
export const nodeHash = (left: Hash, right: Hash): Hash => sha256(Buffer.concat([NODE, left, right]));
export const sameHash = (a: Hash, b: Hash): boolean => Buffer.compare(a, b) === 0;
const isSize = (size: number): boolean => Number.isSafeInteger(size) && size >= 0;
const half = (n: number): number => Math.floor(n / 2);
const isOdd = (n: number): boolean => n % 2 === 1;

/** From a node at its place in a level up to the root of the tree that ends with it, and to that of the whole tree. */
function climb(place: number, last: number, node: Hash, path: readonly Hash[]) {
  if (![node, ...path].every(({ length }) => length === HASH_BYTES)) return undefined;
  let [fn, sn, before, after] = [place, last, node, node];
  for (const step of path) {
    if (sn === 0) return undefined; // too long
    if (isOdd(fn) || fn === sn) {
      [before, after] = [nodeHash(step, before), nodeHash(step, after)];
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      after = nodeHash(after, step);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 ? { before, after } : undefined;
}

/** The root that this proof leads to (RFC 9162, 2.1.3.2); undefined for what is no proof. */
export function inclusionRoot(leaf: Hash, index: number, size: number, path: readonly Hash[]) {
  const isPlace = isSize(index) && isSize(size) && index < size;
  return isPlace ? climb(index, size - 1, leaf, path)?.after : undefined;
}

/** Whether the tree grew from one into the other (RFC 9162, 2.1.4.2). From 0 nothing is proven, and that is refused. */
export function isConsistent(from: Head, to: Head, path: readonly Hash[]): boolean {
  if (!isSize(from.size) || !isSize(to.size) || from.size === 0 || from.size > to.size) return false;
  if (from.size === to.size) return path.length === 0 && sameHash(from.root, to.root);
  let [fn, sn] = [from.size - 1, to.size - 1];
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)];
  const [first, ...rest] = fn === 0 ? [from.root, ...path] : path; // 0 for a power of two
  const roots = first && climb(fn, sn, first, rest);
  return roots !== undefined && sameHash(roots.before, from.root) && sameHash(roots.after, to.root);
}

/** Undefined for what is no list of hashes. */
export function pathOf(proof: unknown): readonly Hash[] | undefined {
  const path = Array.isArray(proof) ? proof.map((step) => base64Bytes(step, HASH_BYTES)) : [undefined];
  return path.every((step) => step !== undefined) ? path : undefined;
}

/** A tree that only grows: of all its nodes the roots of its perfect parts are kept, the largest first. */
export function growingTree() {
  const kept: Hash[] = [];
  let size = 0;
  return {
    size: () => size,
    add: (leaf: Hash): void => {
      let node = leaf;
      for (let n = size; isOdd(n); n = half(n)) node = nodeHash(kept.pop() ?? EMPTY_ROOT, node);
      kept.push(node);
      size += 1;
    },
    root: (): Hash =>
      kept.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), kept.at(-1) ?? EMPTY_ROOT),
  };
}
