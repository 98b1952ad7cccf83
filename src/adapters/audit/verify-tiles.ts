// Whether the stored tiles hold the hashes of the leaves: those of the lowest level as the leaves go by, and from them
// those of the levels above.
import type { Report } from "./log-problem.ts";
import { rootOfPerfect, TILE_WIDTH } from "./tile-hashes.ts";
import type { TileStore } from "./tile-store.ts";
import { tileName } from "./tiles.ts";
import { HASH_BYTES, type Hash, sameHash } from "./verifier/merkle.ts";

export type TileCheck = {
  /** Of the next leaf; a promise when a tile is full, and compared. */
  readonly add: (hash: Hash) => Promise<void> | undefined;
  readonly end: () => Promise<void>;
};

type Edge = { n: number; count: number; readonly hashes: Buffer };

export function tileCheck(store: TileStore, report: Report): TileCheck {
  const edges: Edge[] = [];

  async function compare(level: number, { n, count, hashes }: Edge): Promise<void> {
    const name = tileName(level, n);
    const made = hashes.subarray(0, count * HASH_BYTES);
    const stored = await store.read(name, 0, made.length);
    if (stored.length < made.length) {
      report({ kind: "missing tile", message: `${store.place}/${name} is missing or cut short` });
      return;
    }
    if (sameHash(made, stored)) return;
    const bad = made.findIndex((byte, i) => byte !== stored[i]);
    const place = Math.floor(bad / HASH_BYTES);
    report({ kind: "altered tile", message: `${store.place}/${name} holds another hash at place ${place}` });
  }

  function push(level: number, hash: Hash): Promise<void> | undefined {
    const edge = edges[level] ?? { n: 0, count: 0, hashes: Buffer.alloc(TILE_WIDTH * HASH_BYTES) };
    edges[level] = edge;
    edge.hashes.set(hash, edge.count * HASH_BYTES);
    edge.count += 1;
    return edge.count < TILE_WIDTH ? undefined : full(level, edge);
  }

  async function full(level: number, edge: Edge): Promise<void> {
    await compare(level, edge);
    edge.n += 1;
    edge.count = 0;
    await push(level + 1, rootOfPerfect(edge.hashes));
  }

  return {
    add: (hash) => push(0, hash),
    end: async () => {
      for (const [level, edge] of edges.entries()) if (edge.count > 0) await compare(level, edge);
    },
  };
}
