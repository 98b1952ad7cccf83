// Tiles are on disk for ever, and others' verifiers read them: whatever the portions in which a tree grew, whoever took it
// up again in between, they are byte for byte what the definition says.
import { hash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryTiles, type TileStore } from "../../../src/adapters/audit/tile-store.ts";
import { type Entry, tileTree } from "../../../src/adapters/audit/tile-tree.ts";
import { tileName, tileReading } from "../../../src/adapters/audit/tiles.ts";
import { EMPTY_ROOT, leafHash } from "../../../src/adapters/audit/verifier/merkle.ts";
import { hex, nodesOf, rootOf } from "./trees.ts";

const MOST = 1100;
const entries: readonly Entry[] = Array.from({ length: MOST }, (_, i) => ({
  leaf: Buffer.from(`leaf ${i}`.padEnd(20 + ((i * 7) % 300), "x")),
  position: BigInt(i) * 3n + (i > 600 ? 2n ** 40n : 0n),
}));
const hashes = entries.map(({ leaf }) => leafHash(leaf));
const nodes = nodesOf(hashes);

const lengthBefore = ({ leaf }: Entry): Uint8Array => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(leaf.length);
  return bytes;
};
const place = ({ position }: Entry): Uint8Array => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(position);
  return bytes;
};

/** What two files that differ are told apart by. */
const shown = (bytes: Uint8Array): string => `${bytes.length} ${hash("sha256", bytes)}`;

/** Each file of a tree of this size, as C2SP tlog-tiles and the format of positions have it. */
async function defined(size: number): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const all = entries.slice(0, size);
  if (size > 0) files.set("positions", shown(Buffer.concat(all.map(place))));
  for (let n = 0; n * 256 < size; n += 1) {
    const some = all.slice(n * 256, (n + 1) * 256).flatMap((entry) => [lengthBefore(entry), entry.leaf]);
    files.set(tileName("entries", n), shown(Buffer.concat(some)));
  }
  for (let [level, count] = [0, size]; count > 0; [level, count] = [level + 1, Math.floor(count / 256)]) {
    for (let start = 0; start < count; start += 256) {
      const width = Math.min(256, count - start);
      const row = await Promise.all(Array.from({ length: width }, (_, i) => nodes(level * 8, start + i)));
      files.set(tileName(level, start / 256), shown(Buffer.concat(row)));
    }
  }
  return files;
}

function listedTiles() {
  const [inner, names] = [memoryTiles(), new Set<string>()];
  const tiles: TileStore = {
    ...inner,
    write: async (name, from, bytes) => {
      names.add(name);
      await inner.write(name, from, bytes);
    },
  };
  const files = async () => {
    const read = async (name: string) => [name, shown(await inner.read(name, 0, 1_000_000))] as const;
    return new Map(await Promise.all([...names].map(read)));
  };
  return { tiles, files };
}

/** `isFresh`: by somebody who knows only the tiles. */
const portion = fc.record({ count: fc.nat({ max: 300 }), isFresh: fc.boolean() });

describe("tiles", () => {
  test("that grew in any portions are those of the definition", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(portion, { maxLength: 12 }), async (portions) => {
        const { tiles, files } = listedTiles();
        let tree = await tileTree(tiles, tileReading(tiles), 0);
        for (const { count, isFresh } of portions) {
          if (isFresh) tree = await tileTree(tiles, tileReading(tiles), tree.size());
          await tree.append(entries.slice(tree.size(), tree.size() + count));
          expect(hex(tree.root())).toBe(hex(rootOf(hashes.slice(0, tree.size()))));
        }
        expect(await files()).toEqual(await defined(tree.size()));
      }),
      { numRuns: 40 },
    );
  });

  test("that grew leaf by leaf are the same", async () => {
    const { tiles, files } = listedTiles();
    const tree = await tileTree(tiles, tileReading(tiles), 0);
    expect(hex(tree.root())).toBe(hex(EMPTY_ROOT));
    for (const entry of entries) await tree.append([entry]);
    expect(await files()).toEqual(await defined(MOST));
  });

  test("that hold more than the tree they are taken up for are written over", async () => {
    const { tiles, files } = listedTiles();
    const others = entries.slice(300, 700).map(() => ({ leaf: Buffer.from("other"), position: 1n }));
    const before = await tileTree(tiles, tileReading(tiles), 0);
    await before.append([...entries.slice(0, 300), ...others]);
    const tree = await tileTree(tiles, tileReading(tiles), 300);
    await tree.append(entries.slice(300, 1000));
    expect(await files()).toEqual(await defined(1000));
  });
});

test("the roots of trees of three levels of tiles are those of RFC 6962's implementations", async () => {
  const tiles = memoryTiles();
  const tree = await tileTree(tiles, tileReading(tiles), 0);
  const grow = (to: number) =>
    tree.append(
      Array.from({ length: to - tree.size() }, (_, i) => tree.size() + i).map((i) => ({
        leaf: Buffer.from(`leaf ${i}`),
        position: BigInt(i),
      })),
    );
  await grow(65_536);
  expect(hex(tree.root())).toBe("e100ba54d69a91012fc13b7890feac78d6996a097268b6f735d17311c7402a60");
  await grow(70_000);
  expect(hex(tree.root())).toBe("da0532ff7b2ee56f4067110fc964e9f27b5959f9527bfff3fa501aa7584deaf3");
  const again = await tileTree(tiles, tileReading(tiles), 65_536);
  expect(hex(again.root())).toBe("e100ba54d69a91012fc13b7890feac78d6996a097268b6f735d17311c7402a60");
});
