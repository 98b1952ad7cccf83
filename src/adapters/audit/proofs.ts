// Roots and proofs (RFC 6962, 2.1), made from the nodes of a tree that is stored somewhere.
import { EMPTY_ROOT, type Hash, nodeHash } from "./verifier/merkle.ts";

/** The root of the perfect subtree over the leaves from `index` × 2^level on, 2^level of them. */
export type Nodes = (level: number, index: number) => Promise<Hash>;

export type Proving = {
  readonly root: (size: number) => Promise<Hash>;
  /** For `index` < `size`. */
  readonly inclusion: (index: number, size: number) => Promise<readonly Hash[]>;
  /** For 0 < `from` ≤ `to`. */
  readonly consistency: (from: number, to: number) => Promise<readonly Hash[]>;
};

export function proving(nodes: Nodes): Proving {
  /** Of the leaves from `start` up to `end`; `start` is a multiple of the smallest power of two that holds them. */
  async function root(start: number, end: number): Promise<Hash> {
    const count = end - start;
    if (count === 0) return EMPTY_ROOT;
    const level = Math.log2(count);
    if (Number.isInteger(level)) return nodes(level, start / count);
    const middle = start + split(count);
    return nodeHash(await root(start, middle), await root(middle, end));
  }

  async function path(index: number, start: number, end: number): Promise<readonly Hash[]> {
    if (end - start === 1) return [];
    const middle = start + split(end - start);
    return index < middle
      ? [...(await path(index, start, middle)), await root(middle, end)]
      : [...(await path(index, middle, end)), await root(start, middle)];
  }

  /** `isKnown`: whether who verifies has the root of these leaves already. */
  async function growth(
    from: number,
    start: number,
    end: number,
    isKnown: boolean,
  ): Promise<readonly Hash[]> {
    if (from === end) return isKnown ? [] : [await root(start, end)];
    const middle = start + split(end - start);
    return from <= middle
      ? [...(await growth(from, start, middle, isKnown)), await root(middle, end)]
      : [...(await growth(from, middle, end, false)), await root(start, middle)];
  }

  return {
    root: (size) => root(0, size),
    inclusion: (index, size) => path(index, 0, size),
    consistency: (from, to) => growth(from, 0, to, true),
  };
}

/** The largest power of two that is smaller; by doubling, since logarithms are rounded. */
function split(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}
