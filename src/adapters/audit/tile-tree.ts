// A tree that grows into tiles. The last tile of each level grows in place; a full one is never written again.
import type { Position } from "../../domain/index.ts";
import { rootOfPerfect, rootOver, TILE_WIDTH } from "./tile-hashes.ts";
import type { TileStore } from "./tile-store.ts";
import { POSITION_BYTES, type TileReading, tileName } from "./tiles.ts";
import { EMPTY_ROOT, HASH_BYTES, type Hash, leafHash } from "./verifier/merkle.ts";

export type Entry = { readonly leaf: Uint8Array; readonly position: Position };

export type TileTree = {
  readonly size: () => number;
  readonly root: () => Hash;
  /** Resolves once all of it is written; who is told of an error takes the tree up again. */
  readonly append: (entries: readonly Entry[]) => Promise<void>;
};

/** Of the last tile of a level: which it is, its hashes, how many there are, and how many of them are written. */
type Edge = { readonly n: number; readonly hashes: Buffer; count: number; written: number };

const edgeAt = (n: number): Edge => ({
  n,
  hashes: Buffer.alloc(TILE_WIDTH * HASH_BYTES),
  count: 0,
  written: 0,
});

const LENGTH_BYTES = 2;
const bytesOf = (leaves: readonly Uint8Array[]): number =>
  leaves.reduce((sum, { length }) => sum + LENGTH_BYTES + length, 0);

/** Goes on at this size with what the tiles say up to there; what they hold beyond it is written over. */
export async function tileTree(store: TileStore, reading: TileReading, from: number): Promise<TileTree> {
  let size = from;
  const edges: Edge[] = [];
  for (let count = from; count > 0; count = Math.floor(count / TILE_WIDTH)) {
    const edge = edgeAt(Math.floor(count / TILE_WIDTH));
    edge.count = edge.written = count % TILE_WIDTH;
    if (edge.count > 0) edge.hashes.set(await reading.hashes(edges.length, count - edge.count, edge.count));
    edges.push(edge);
  }
  let offset = bytesOf(await reading.entries(Math.floor(from / TILE_WIDTH), from % TILE_WIDTH));
  let known: { readonly size: number; readonly root: Hash } | undefined;

  function root(): Hash {
    if (known?.size === size) return known.root;
    let found: Hash | undefined;
    for (const { hashes, count } of edges) found = rootOver(hashes.subarray(0, count * HASH_BYTES), found);
    known = { size, root: found ?? EMPTY_ROOT };
    return known.root;
  }

  function edgeOf(level: number): Edge {
    const edge = edges[level] ?? edgeAt(0);
    edges[level] = edge;
    return edge;
  }

  async function written(level: number): Promise<void> {
    const edge = edgeOf(level);
    const [start, end] = [edge.written * HASH_BYTES, edge.count * HASH_BYTES];
    if (start < end) await store.write(tileName(level, edge.n), start, edge.hashes.subarray(start, end));
    edge.written = edge.count;
  }

  function push(level: number, hash: Hash): void {
    const edge = edgeOf(level);
    edge.hashes.set(hash, edge.count * HASH_BYTES);
    edge.count += 1;
  }

  /** A full one has its root above it, and the next one begins. */
  async function passedOn(level: number): Promise<void> {
    const { n, hashes, count } = edgeOf(level);
    if (count < TILE_WIDTH) return;
    await written(level);
    edges[level] = edgeAt(n + 1);
    push(level + 1, rootOfPerfect(hashes));
    await passedOn(level + 1);
  }

  /** Not more than there is room for in the last tile. */
  async function fill(leaves: readonly Uint8Array[]): Promise<void> {
    const bytes = Buffer.allocUnsafe(bytesOf(leaves));
    let end = 0;
    for (const leaf of leaves) {
      end = bytes.writeUInt16BE(leaf.length, end);
      bytes.set(leaf, end);
      end += leaf.length;
      push(0, leafHash(leaf));
    }
    await store.write(tileName("entries", Math.floor(size / TILE_WIDTH)), offset, bytes);
    size += leaves.length;
    offset = size % TILE_WIDTH === 0 ? 0 : offset + end;
    await passedOn(0);
  }

  async function append(entries: readonly Entry[]): Promise<void> {
    const positions = Buffer.allocUnsafe(entries.length * POSITION_BYTES);
    for (const [i, { position }] of entries.entries())
      positions.writeBigUInt64BE(position, i * POSITION_BYTES);
    if (entries.length > 0) await store.write("positions", size * POSITION_BYTES, positions);
    const leaves = entries.map(({ leaf }) => leaf);
    for (let done = 0; done < leaves.length; ) {
      const room = TILE_WIDTH - (size % TILE_WIDTH);
      await fill(leaves.slice(done, done + room));
      done += room;
    }
    for (const level of edges.keys()) await written(level);
  }

  return { size: () => size, root, append };
}
