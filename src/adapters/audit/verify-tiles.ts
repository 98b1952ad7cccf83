// Whether the stored tiles hold the hashes of the leaves: those of the lowest level as the leaves go by, and from them
// those of the levels above.
import type { Report } from "./log-problem.ts";
import type { TileStore } from "./tile-store.ts";
import { rootOfPerfect, TILE_WIDTH, tileName } from "./tiles.ts";
import { HASH_BYTES, type Hash, sameHash } from "./verifier/merkle.ts";

export type TileCheck = { readonly add: (hash: Hash) => Promise<void>; readonly end: () => Promise<void> };

export function tileCheck(store: TileStore, report: Report): TileCheck {
  const edges: Hash[][] = [];
  const counts: number[] = [];

  async function compare(level: number, hashes: readonly Hash[]): Promise<void> {
    const first = (counts[level] ?? 0) - hashes.length;
    const name = tileName(level, Math.floor(first / TILE_WIDTH));
    const stored = await store.read(name, 0, hashes.length * HASH_BYTES);
    if (stored.length < hashes.length * HASH_BYTES) {
      report({ kind: "missing tile", message: `${store.place}/${name} is missing or cut short` });
      return;
    }
    const bad = hashes.findIndex(
      (hash, i) => !sameHash(hash, stored.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES)),
    );
    if (bad < 0) return;
    report({ kind: "altered tile", message: `${store.place}/${name} holds another hash at place ${bad}` });
  }

  async function push(level: number, hash: Hash): Promise<void> {
    const edge = edges[level] ?? [];
    edges[level] = edge;
    edge.push(hash);
    counts[level] = (counts[level] ?? 0) + 1;
    if (edge.length < TILE_WIDTH) return;
    await compare(level, edge);
    edges[level] = [];
    await push(level + 1, rootOfPerfect(edge));
  }

  return {
    add: (hash) => push(0, hash),
    end: async () => {
      for (const [level, edge] of edges.entries()) if (edge.length > 0) await compare(level, edge);
    },
  };
}
