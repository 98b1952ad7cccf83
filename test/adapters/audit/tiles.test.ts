// Proofs made from tiles, one leaf after the other, as the bundle of a long run needs them: right, and not read for anew.
import { expect, test } from "vitest";
import { proving } from "../../../src/adapters/audit/proofs.ts";
import { memoryTiles, type TileStore } from "../../../src/adapters/audit/tile-store.ts";
import { tileTree } from "../../../src/adapters/audit/tile-tree.ts";
import { tileReading } from "../../../src/adapters/audit/tiles.ts";
import { inclusionRoot, leafHash } from "../../../src/adapters/audit/verifier/merkle.ts";
import { hex } from "./trees.ts";

const SIZE = 5000;
const leaves = Array.from({ length: SIZE }, (_, i) => Buffer.from(`leaf ${i}`));
/** Every third event of the log is one that has no leaf. */
const positionOf = (index: number): bigint => BigInt(Math.floor(index * 1.5));

async function grown() {
  const tiles = memoryTiles();
  const tree = await tileTree(tiles, tileReading(tiles), 0);
  await tree.append(leaves.map((leaf, i) => ({ leaf, position: positionOf(i) })));
  return { tiles, tree };
}

function countedReads(tiles: TileStore) {
  const reads = new Map<string, number>();
  const read: TileStore["read"] = (name, from, length) => {
    reads.set(name, (reads.get(name) ?? 0) + 1);
    return tiles.read(name, from, length);
  };
  return { reads, tiles: { ...tiles, read } };
}

test("each leaf of a log is found by its position and proven, and no tile is read for each of them", async () => {
  const { tiles, tree } = await grown();
  const counted = countedReads(tiles);
  const reading = tileReading(counted.tiles);
  const { inclusion } = proving(reading.nodes);
  for (const [i, leaf] of leaves.entries()) {
    expect(await reading.indexOf(positionOf(i), SIZE)).toBe(i);
    const root = inclusionRoot(leafHash(leaf), i, SIZE, await inclusion(i, SIZE));
    if (!root || hex(root) !== hex(tree.root())) expect.fail(`leaf ${i} is not proven`);
  }
  const full = [...counted.reads].filter(([name]) => /^tile\/0\/0(?:0|1[0-8])/.test(name));
  expect(full.length).toBe(19);
  expect(full.filter(([, times]) => times > 1)).toEqual([]);
  expect(await reading.indexOf(2n, SIZE)).toBeUndefined();
  expect(await reading.indexOf(positionOf(SIZE), SIZE)).toBeUndefined();
});

test("what is not full is read again, since it grows", async () => {
  const { tiles, tree } = await grown();
  const reading = tileReading(tiles);
  expect(await reading.positions(SIZE - 1, 1)).toEqual([positionOf(SIZE - 1)]);
  await tree.append([{ leaf: Buffer.from("one more"), position: 9999n }]);
  expect(await reading.positions(SIZE, 1)).toEqual([9999n]);
  expect(hex(await reading.hashes(0, SIZE, 1))).toBe(hex(leafHash(Buffer.from("one more"))));
});
