// What a server tells of its audit log: what is signed, proofs, who did what, the tree as tiles; and what it lets out of the log.
import { TILE_WIDTH } from "../../adapters/audit/tile-hashes.ts";
import { tileReading } from "../../adapters/audit/tiles.ts";
import type { AuditDesk, ExportDesk } from "../../adapters/http/index.ts";
import type { OpenStore } from "../../open-store.ts";
import type { Base } from "../base.ts";
import { auditingBy, auditKit } from "./audit.ts";
import { exportingOf } from "./exporting.ts";

type Desks = { readonly audit: AuditDesk; readonly exports: ExportDesk };

export async function auditDesksOf(base: Base, part: OpenStore): Promise<Desks> {
  const { audit, partsOn } = await auditKit(base);
  const parts = await partsOn(part);
  const reading = tileReading(parts.tiles);
  const open = async () => part;
  const by = await auditingBy(base, { reading: open, driving: open });
  const auditing = by(async () => ({ type: "engine", id: base.own }));
  return {
    audit: {
      latest: () => auditing.latest(),
      checkpoint: () => auditing.checkpoint(),
      vkeys: () => auditing.vkeys(),
      prove: (eventId) => auditing.prove(eventId),
      trail: (asked, actor) => by(async () => actor).trail(asked),
      tile: async (level, n, width) => {
        const size = audit.shownHead(await audit.vkeysIn(parts))?.size ?? 0;
        const count = level === "entries" ? size : Math.floor(size / TILE_WIDTH ** level);
        if (n * TILE_WIDTH + width > count) return undefined;
        if (level !== "entries") return reading.hashes(level, n * TILE_WIDTH, width);
        const leaves = await reading.entries(n, width);
        return Buffer.concat(
          leaves.flatMap((leaf) => [Buffer.of(leaf.length >> 8, leaf.length & 255), leaf]),
        );
      },
    },
    exports: (actor) => {
      const own = by(async () => actor);
      return {
        ...exportingOf(base, open, async () => own),
        bundle: (what, since) => own.bundle(what, since),
      };
    },
  };
}
