// A tree kept as tiles of 256 hashes, as C2SP tlog-tiles lays them out: `tile/<level>/<n>` and `tile/entries/<n>`, n in
// groups of three digits. The last tile of each level grows in place; a full one is never written again. `positions`
// says where in the log each leaf's event stands.
import { GleitzeitError, type Position } from "../../domain/index.ts";
import { type Nodes, perfectParts } from "./proofs.ts";
import { tilePages } from "./tile-pages.ts";
import type { TileStore } from "./tile-store.ts";
import { growingTree, HASH_BYTES, type Hash, leafHash, nodeHash } from "./verifier/merkle.ts";

export const TILE_WIDTH = 256;
const LEVELS_OF_A_TILE = 8;
const POSITION_BYTES = 8;
const MOST_ENTRIES_BYTES = TILE_WIDTH * (2 + 65_535);
const MOST_NODES = 50_000;

export type Entry = { readonly leaf: Uint8Array; readonly position: Position };

export const tileName = (level: number | "entries", n: number): string => {
  const digits = String(n).padStart(Math.ceil(String(n).length / 3) * 3, "0");
  const groups = digits.match(/\d{3}/g) ?? [];
  return `tile/${level}/${groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join("/")}`;
};

/** Reads of what is there once and for ever; a tile that is gone or cut short is an error that names it. */
export function tileReading(store: TileStore) {
  const known = new Map<string, Hash>();
  const pages = tilePages(store);

  async function hashes(level: number, from: number, count: number): Promise<readonly Hash[]> {
    const name = tileName(level, Math.floor(from / TILE_WIDTH));
    const bytes = await pages.read(name, (from % TILE_WIDTH) * HASH_BYTES, count * HASH_BYTES);
    if (bytes.length < count * HASH_BYTES) throw tileGone(store, name);
    return Array.from({ length: count }, (_, i) => bytes.slice(i * HASH_BYTES, (i + 1) * HASH_BYTES));
  }

  const nodes: Nodes = async (level, index) => {
    const key = `${level}/${index}`;
    const kept = known.get(key);
    if (kept) return kept;
    const [above, within] = [Math.floor(level / LEVELS_OF_A_TILE), level % LEVELS_OF_A_TILE];
    const width = 2 ** within;
    const node = rootOfPerfect(await hashes(above, index * width, width));
    if (known.size >= MOST_NODES) known.clear();
    known.set(key, node);
    return node;
  };

  async function entries(n: number, count: number): Promise<readonly Uint8Array[]> {
    const name = tileName("entries", n);
    const bytes = await store.read(name, 0, MOST_ENTRIES_BYTES);
    const leaves: Uint8Array[] = [];
    for (let at = 0; leaves.length < count; ) {
      const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      if (length === 0 || at + 2 + length > bytes.length) throw tileGone(store, name);
      leaves.push(bytes.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
    return leaves;
  }

  async function positions(from: number, count: number): Promise<readonly Position[]> {
    const bytes = Buffer.from(await pages.read("positions", from * POSITION_BYTES, count * POSITION_BYTES));
    if (bytes.length < count * POSITION_BYTES) throw tileGone(store, "positions");
    return Array.from({ length: count }, (_, i) => bytes.readBigUInt64BE(i * POSITION_BYTES));
  }

  /** Of the leaf whose event stands there; undefined where there is none below `size`. */
  async function indexOf(wanted: Position, size: number): Promise<number | undefined> {
    let [low, high] = [0, size];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const [found] = await positions(middle, 1);
      if (found !== undefined && found < wanted) low = middle + 1;
      else high = middle;
    }
    return low < size && (await positions(low, 1))[0] === wanted ? low : undefined;
  }

  const forget = (): void => {
    known.clear();
    pages.forget();
  };
  return { hashes, nodes, entries, positions, indexOf, forget };
}

export type TileReading = ReturnType<typeof tileReading>;

const tileGone = ({ place }: TileStore, name: string): GleitzeitError =>
  new GleitzeitError("PERSISTENCE_INTEGRITY_ERROR", `${place}/${name} is missing or cut short`, {
    details: { tile: name },
  });

export function rootOfPerfect(hashes: readonly Hash[]): Hash {
  let row = hashes;
  while (row.length > 1) {
    row = row.flatMap((left, i) => (i % 2 === 0 ? [nodeHash(left, row[i + 1] ?? left)] : []));
  }
  const [root] = row;
  if (root) return root;
  throw new Error("a perfect tree has a leaf");
}

export type TileTree = {
  readonly size: () => number;
  readonly root: () => Hash;
  readonly append: (entries: readonly Entry[]) => Promise<void>;
};

/** Goes on at this size with what the tiles say up to there; what they hold beyond it is written over. */
export async function tileTree(store: TileStore, reading: TileReading, from: number): Promise<TileTree> {
  const tree = growingTree(await perfectParts(reading.nodes, from), from);
  const counts: number[] = [];
  const edges: Hash[][] = [];
  for (let count = from; count > 0; count = Math.floor(count / TILE_WIDTH)) {
    const edge = count % TILE_WIDTH;
    edges.push(edge === 0 ? [] : [...(await reading.hashes(counts.length, count - edge, edge))]);
    counts.push(count);
  }
  const started = await reading.entries(Math.floor(from / TILE_WIDTH), from % TILE_WIDTH);
  let offset = started.reduce((sum, { length }) => sum + 2 + length, 0);

  async function append(entries: readonly Entry[]): Promise<void> {
    const writes = new Map<string, { readonly from: number; readonly parts: Uint8Array[] }>();
    const put = (name: string, at: number, bytes: Uint8Array): void => {
      const begun = writes.get(name);
      if (begun) begun.parts.push(bytes);
      else writes.set(name, { from: at, parts: [bytes] });
    };
    const push = (level: number, hash: Hash): void => {
      const count = counts[level] ?? 0;
      const edge = edges[level] ?? [];
      put(tileName(level, Math.floor(count / TILE_WIDTH)), edge.length * HASH_BYTES, hash);
      counts[level] = count + 1;
      edge.push(hash);
      edges[level] = edge.length === TILE_WIDTH ? [] : edge;
      if (edge.length === TILE_WIDTH) push(level + 1, rootOfPerfect(edge));
    };
    for (const { leaf, position } of entries) {
      const index = tree.size();
      const name = tileName("entries", Math.floor(index / TILE_WIDTH));
      put(name, offset, Buffer.of(leaf.length >> 8, leaf.length & 255));
      put(name, offset, leaf);
      const place = Buffer.alloc(POSITION_BYTES);
      place.writeBigUInt64BE(position);
      put("positions", index * POSITION_BYTES, place);
      const hash = leafHash(leaf);
      push(0, hash);
      tree.add(hash);
      offset = tree.size() % TILE_WIDTH === 0 ? 0 : offset + 2 + leaf.length;
    }
    for (const [name, { from: at, parts }] of writes) await store.write(name, at, Buffer.concat(parts));
  }

  return { size: tree.size, root: tree.root, append };
}
