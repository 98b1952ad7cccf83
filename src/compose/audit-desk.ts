// What a server tells of its audit log: what is signed, proofs, bundles, and the tree as tiles.
import { TILE_WIDTH, tileReading } from "../adapters/audit/tiles.ts";
import type { AuditDesk } from "../adapters/http/index.ts";
import type { OpenStore } from "../open-store.ts";
import { auditKit } from "./audit.ts";
import type { Base } from "./base.ts";

export async function auditDeskOf(base: Base, part: OpenStore): Promise<AuditDesk> {
  const { audit, partsOn } = await auditKit(base);
  const { clock, random } = base;
  const parts = await partsOn(part);
  const auditor = audit.auditor(parts);
  const reading = tileReading(parts.tiles);
  const signed = async () => audit.shownHead(await audit.vkeysIn(parts));
  return {
    latest: signed,
    checkpoint: async () => audit.shown(await audit.checkpointOfAll(parts, auditor)),
    vkeys: () => audit.vkeysIn(parts),
    prove: async (eventId) => {
      const checkpoint = await audit.checkpointOfAll(parts, auditor);
      return { ...(await audit.proof(parts, checkpoint, eventId)), size: checkpoint.size };
    },
    bundle: async (what, actor) => {
      await audit.checkpointOfAll(parts, auditor);
      const { tenant } = part;
      const asked = "all" in what ? what : { ...what, tenant };
      return audit.exportBundle(parts, asked, undefined, { actor, clock, random });
    },
    tile: async (level, n, width) => {
      const size = (await signed())?.size ?? 0;
      const count = level === "entries" ? size : Math.floor(size / TILE_WIDTH ** level);
      if (n * TILE_WIDTH + width > count) return undefined;
      const rows =
        level === "entries"
          ? (await reading.entries(n, width)).flatMap((leaf) => [
              Buffer.of(leaf.length >> 8, leaf.length & 255),
              leaf,
            ])
          : await reading.hashes(level, n * TILE_WIDTH, width);
      return Buffer.concat(rows);
    },
  };
}
