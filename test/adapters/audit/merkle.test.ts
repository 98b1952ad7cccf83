// The tree against the vectors of RFC 6962's implementations, against its definition, and against those who forge proofs.
import { describe, expect, test } from "vitest";
import { proving } from "../../../src/adapters/audit/proofs.ts";
import {
  EMPTY_ROOT,
  growingTree,
  type Hash,
  inclusionRoot,
  isConsistent,
  leafHash,
  nodeHash,
} from "../../../src/adapters/audit/verifier/merkle.ts";
import { hex, nodesOf, numbered, rootOf, turned } from "./trees.ts";

const ROOTS = [
  [1, "1bb97dcc21635d47e2663efdfd0a174686d98dd701352dd2cd06e8b43fd3d305"],
  [2, "fc5f6b88ff8554f75bb2f9e6f39c31b1936d44b69276edf7b1205a955b9761e3"],
  [3, "d4f92c8fbb89720eb3b55677c7d7efaddfeb10d11a1a84a0ba8f1a23337faa95"],
  [100, "13f88915c560dc911a1da0fb209d84a20971051f294ebeb428fb3fc293af2743"],
  [255, "d71592a219d4067663eede247f9b54c3f9e0290682d55de09b495b07f1de41c9"],
  [256, "cf5effdb11d0927a2edf53b0e73c7837f659414e00537da5d90eb5c4c49ff274"],
  [257, "855b936aa00cb98b5114484249ad39d78a6be93623e26c01e8e487dc02184a5a"],
  [65536, "e100ba54d69a91012fc13b7890feac78d6996a097268b6f735d17311c7402a60"],
  [70000, "da0532ff7b2ee56f4067110fc964e9f27b5959f9527bfff3fa501aa7584deaf3"],
] as const;

const MOST = 130;
const leaves = numbered(MOST);
const { root, inclusion, consistency } = proving(nodesOf(leaves));
const roots: readonly Hash[] = Array.from({ length: MOST + 1 }, (_, size) => rootOf(leaves.slice(0, size)));
const rootAt = (size: number): Hash => roots[size] ?? EMPTY_ROOT;
const leafAt = (index: number): Hash => leaves[index] ?? EMPTY_ROOT;
const head = (size: number) => ({ size, root: rootAt(size) });

describe("hashes and roots", () => {
  test("of RFC 6962's test data", () => {
    expect(hex(EMPTY_ROOT)).toMatch(/^e3b0c442/);
    expect(hex(leafHash(Buffer.from("")))).toMatch(/^6e340b9c/);
    expect(hex(leafHash(Buffer.from("L123456")))).toMatch(/^395aa064/);
    expect(hex(nodeHash(Buffer.from("N123"), Buffer.from("N456")))).toMatch(/^aa217fe8/);
  });

  test.each(ROOTS)("of %d leaves", (size, expected) => {
    const tree = growingTree();
    for (const leaf of numbered(size)) tree.add(leaf);
    expect(hex(tree.root())).toBe(expected);
    expect(tree.size()).toBe(size);
  });

  test("a growing tree is at every size what the definition says", async () => {
    const tree = growingTree();
    for (let size = 0; size <= MOST; size += 1) {
      expect(hex(tree.root())).toBe(hex(rootAt(size)));
      expect(hex(await root(size))).toBe(hex(rootAt(size)));
      tree.add(leafAt(size));
    }
  });
});

describe("proofs", () => {
  test(`of every index in every size up to ${MOST} lead to the root, and from no other leaf or place`, async () => {
    for (let size = 1; size <= MOST; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const path = await inclusion(index, size);
        expect(inclusionRoot(leafAt(index), index, size, path)).toEqual(rootAt(size));
        const other = (index + 1) % size;
        if (size > 1) expect(inclusionRoot(leafAt(other), index, size, path)).not.toEqual(rootAt(size));
        if (size > 1) expect(inclusionRoot(leafAt(index), other, size, path)).not.toEqual(rootAt(size));
      }
    }
  });

  test(`of consistency hold for all pairs up to ${MOST}, and for no other root`, async () => {
    for (let to = 1; to <= MOST; to += 1) {
      for (let from = 1; from <= to; from += 1) {
        const path = await consistency(from, to);
        expect(isConsistent(head(from), head(to), path)).toBe(true);
        expect(isConsistent({ size: from, root: rootAt(from - 1) }, head(to), path)).toBe(false);
        expect(isConsistent(head(from), { size: to, root: rootAt(to - 1) }, path)).toBe(false);
      }
    }
  });

  test("with one bit turned, one hash more, one less or two exchanged prove nothing", async () => {
    for (const [index, size] of [
      [0, 1],
      [5, 7],
      [63, 64],
      [64, 65],
      [99, 130],
    ] as const) {
      const path = await inclusion(index, size);
      for (const bad of spoilt(path)) {
        expect(inclusionRoot(leafAt(index), index, size, bad)).not.toEqual(rootAt(size));
      }
    }
    for (const [from, to] of [
      [1, 2],
      [3, 7],
      [64, 65],
      [65, 130],
      [128, 130],
      [7, 7],
    ] as const) {
      for (const bad of spoilt(await consistency(from, to))) {
        expect(isConsistent(head(from), head(to), bad)).toBe(false);
      }
    }
  });

  test("from nothing, from more to less, beyond the end and beyond 2^53 are refused at once", () => {
    const [leaf, path] = [leafAt(0), [leafAt(1)]];
    for (const size of [0, -1, 1.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(inclusionRoot(leaf, 0, size, path)).toBeUndefined();
      expect(isConsistent({ size, root: EMPTY_ROOT }, head(2), path)).toBe(false);
      expect(isConsistent(head(1), { size, root: leaf }, path)).toBe(false);
    }
    expect(inclusionRoot(leaf, 2, 2, path)).toBeUndefined();
    expect(inclusionRoot(leaf, -1, 2, path)).toBeUndefined();
    expect(isConsistent(head(3), head(2), [])).toBe(false);
    expect(isConsistent(head(0), head(0), [])).toBe(false);
    expect(isConsistent(head(1), head(2), [])).toBe(false);
    const long = Array.from({ length: 100_000 }, () => leaf);
    expect(inclusionRoot(leaf, 2 ** 53 - 3, 2 ** 53 - 1, long)).toBeUndefined();
    expect(isConsistent(head(1), { size: 2 ** 53 - 1, root: leaf }, long)).toBe(false);
  });

  test("hashes of another length are no hashes", async () => {
    const short = (await inclusion(5, 7)).map((hash) => hash.subarray(1));
    expect(inclusionRoot(leafAt(5), 5, 7, short)).toBeUndefined();
    expect(isConsistent(head(3), head(7), short)).toBe(false);
  });
});

function* spoilt(path: readonly Hash[]): Generator<readonly Hash[]> {
  yield [...path, leafAt(0)];
  if (path.length > 0) yield path.slice(1);
  if (path.length > 0) yield path.slice(0, -1);
  if (path.length > 1) yield path.toReversed();
  for (const [i, hash] of path.entries()) {
    for (const bad of turned(hash)) yield path.with(i, bad);
  }
}
