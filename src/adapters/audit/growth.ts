// Makes leaves of what the log has got since a checkpoint, and grows the tree by them. Reads the log and writes tiles, and
// nothing else, so that it can be done wherever the log can be read: compose/audit/growth.ts does it beside the runs.
import type { Position } from "../../domain/index.ts";
import type { EventStore } from "../../engine/ports/index.ts";
import { hasLeaf, leafOf } from "./leaf.ts";
import { TILE_WIDTH } from "./tile-hashes.ts";
import type { TileStore } from "./tile-store.ts";
import { type TileTree, tileTree } from "./tile-tree.ts";
import { tileReading } from "./tiles.ts";
import { type Head, sameHash } from "./verifier/merkle.ts";

/** The tree as it is, and how far the log was read for it; `head`: as far as the log goes now. */
export type GrowFrom = Head & { readonly after: Position | "start"; readonly head: Position };
/** `upTo`: where the last leaf's event stands, if there is a new one. `isAll`: what was the head is reached. */
export type Grown = Head & {
  readonly upTo: Position | undefined;
  readonly next: Position | "start";
  readonly isAll: boolean;
};
export type Growth = { readonly grow: (from: GrowFrom, mostLeaves: number) => Promise<Grown> };

/** So few that nobody waits for long while they are hashed; whole tiles, each of which is written once. */
const PAGE = 2 * TILE_WIDTH;

export function growthHere(parts: {
  readonly events: Pick<EventStore, "readAll">;
  readonly tiles: TileStore;
}): Growth {
  const { events, tiles } = parts;
  let known: TileTree | undefined;

  /** That of the last time, unless somebody else has grown it since. */
  async function treeAt({ size, root }: Head): Promise<TileTree> {
    if (known && known.size() === size && sameHash(known.root(), root)) return known;
    return tileTree(tiles, tileReading(tiles), size);
  }

  return {
    grow: async (from, most) => {
      const tree = await treeAt(from);
      known = undefined; // until all of it is written
      const end = from.size + most;
      let upTo: Position | undefined;
      let [next, isAll] = [from.after, false];
      while (tree.size() < end && !isAll) {
        const room = PAGE - (tree.size() % TILE_WIDTH);
        const page = await events.readAll(next, Math.min(room, end - tree.size()));
        const leaves = page.events.filter(hasLeaf);
        await tree.append(leaves.map((event) => ({ leaf: leafOf(event), position: event.position })));
        upTo = leaves.at(-1)?.position ?? upTo;
        next = page.next;
        isAll = page.atHead || (next !== "start" && next >= from.head);
      }
      known = tree;
      return { size: tree.size(), root: tree.root(), upTo, next, isAll };
    },
  };
}
