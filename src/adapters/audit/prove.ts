// One event's proof as a text of its own (C2SP tlog-proof): its leaf, its place, the way to the root, and the checkpoint.
import { GleitzeitError } from "../../domain/index.ts";
import { proving } from "./proofs.ts";
import { TILE_WIDTH } from "./tile-hashes.ts";
import type { TileReading } from "./tiles.ts";

export type EventProof = { readonly index: number; readonly leaf: Uint8Array; readonly text: string };

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

export async function proofOfEvent(
  reading: TileReading,
  { size, note }: { readonly size: number; readonly note: string },
  eventId: string,
): Promise<EventProof> {
  const found = await findLeaf(reading, size, eventId);
  if (!found) {
    const message = `no event ${eventId} among the ${size} that are signed; \`gleitzeit events RUN\` shows their ids`;
    throw new GleitzeitError("RUN_NOT_FOUND", message);
  }
  const path = await proving(reading.nodes).inclusion(found.index, size);
  const lines = [
    "c2sp.org/tlog-proof@v1",
    `extra ${base64(found.leaf)}`,
    `index ${found.index}`,
    ...path.map(base64),
  ];
  return { ...found, text: `${lines.join("\n")}\n\n${note}` };
}

async function findLeaf(reading: TileReading, size: number, eventId: string) {
  const wanted = `"id":${JSON.stringify(eventId)},`;
  for (let start = 0; start < size; start += TILE_WIDTH) {
    const leaves = await reading.entries(start / TILE_WIDTH, Math.min(TILE_WIDTH, size - start));
    const at = leaves.findIndex((leaf) => Buffer.from(leaf).includes(wanted));
    const leaf = leaves[at];
    if (leaf) return { index: start + at, leaf };
  }
  return undefined;
}
