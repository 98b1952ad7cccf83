// A tree kept as tiles of 256 hashes, as C2SP tlog-tiles lays them out: `tile/<level>/<n>` and `tile/entries/<n>`, n in
// groups of three digits. `positions` says where in the log each leaf's event stands.
import { GleitzeitError, type Position } from "../../domain/index.ts";
import type { Nodes } from "./proofs.ts";
import { rootOfPerfect, TILE_WIDTH } from "./tile-hashes.ts";
import { tilePages } from "./tile-pages.ts";
import type { TileStore } from "./tile-store.ts";
import { HASH_BYTES, type Hash } from "./verifier/merkle.ts";

const LEVELS_OF_A_TILE = 8;
export const POSITION_BYTES = 8;
const MOST_ENTRIES_BYTES = TILE_WIDTH * (2 + 65_535);
const MOST_NODES = 50_000;

export const tileName = (level: number | "entries", n: number): string => {
  const digits = String(n).padStart(Math.ceil(String(n).length / 3) * 3, "0");
  const groups = digits.match(/\d{3}/g) ?? [];
  return `tile/${level}/${groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join("/")}`;
};

/** Reads of what is there once and for ever; a tile that is gone or cut short is an error that names it. */
export function tileReading(store: TileStore) {
  const known = new Map<string, Hash>();
  const pages = tilePages(store);

  /** One after the other; all of them of one tile. */
  async function hashes(level: number, from: number, count: number): Promise<Uint8Array> {
    const name = tileName(level, Math.floor(from / TILE_WIDTH));
    const bytes = await pages.read(name, (from % TILE_WIDTH) * HASH_BYTES, count * HASH_BYTES);
    if (bytes.length < count * HASH_BYTES) throw tileGone(store, name);
    return bytes;
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
  return { place: store.place, hashes, nodes, entries, positions, indexOf, forget };
}

export type TileReading = ReturnType<typeof tileReading>;

const tileGone = ({ place }: TileStore, name: string): GleitzeitError =>
  new GleitzeitError("PERSISTENCE_INTEGRITY_ERROR", `${place}/${name} is missing or cut short`, {
    details: { tile: name },
  });
