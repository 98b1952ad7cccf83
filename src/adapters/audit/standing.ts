// Where an audit log stands when somebody takes it up: its last checkpoint, the tree up to there, and whether both are
// what was signed. A log that is behind a checkpoint kept elsewhere, or beside it, is not signed on.
import { GleitzeitError, type Position } from "../../domain/index.ts";
import type { EventStore } from "../../engine/ports/index.ts";
import { type AuditLog, auditLogIn } from "./audit-log.ts";
import type { KeptNotes } from "./kept-notes.ts";
import type { KeyRing } from "./key-ring.ts";
import { hasLeaf, leafOf } from "./leaf.ts";
import { proving } from "./proofs.ts";
import { TILE_WIDTH } from "./tile-hashes.ts";
import type { TileStore } from "./tile-store.ts";
import { type Entry, type TileTree, tileTree } from "./tile-tree.ts";
import { type TileReading, tileReading } from "./tiles.ts";
import { growingTree, type Head, leafHash, sameHash } from "./verifier/merkle.ts";
import { checkpointOf, noteOf, vkeyOf } from "./verifier/note.ts";

export type StandingParts = {
  readonly events: EventStore;
  readonly tiles: TileStore;
  readonly kept: KeptNotes;
};

export type Standing = {
  readonly log: AuditLog;
  readonly origin: string;
  readonly tree: TileTree;
  readonly reading: TileReading;
};

const PAGE = 1000;

export async function standingOf(parts: StandingParts): Promise<Standing> {
  const log = await auditLogIn(parts.events);
  const reading = tileReading(parts.tiles);
  const tree = await treeOf(parts, log, reading);
  return { log, origin: await originOf(parts.events, log), tree, reading };
}

async function treeOf(parts: StandingParts, log: AuditLog, reading: TileReading): Promise<TileTree> {
  const tree = await treeOfTiles(parts, log, reading);
  if (tree && (await hasEnd(reading, log.last))) return tree;
  if (await isInLog(parts.events, log.last)) return treeOfLog(parts, log, reading);
  if (tree) return tree; // what has left the log is in the tiles alone: they are signed on as they are
  const why = `the log is not the one whose checkpoint of size ${log.last?.size} was signed, or what has left it is damaged in ${parts.tiles.place}`;
  throw refused(`${why}: put that folder back from a backup`);
}

/** Whether the tiles have the last leaf, and where its event stands: a crash may have kept one file and not the other. */
export async function hasEnd(reading: TileReading, last: AuditLog["last"]): Promise<boolean> {
  if (!last || last.size === 0) return true;
  const tile = Math.floor((last.size - 1) / TILE_WIDTH);
  try {
    await reading.entries(tile, last.size - tile * TILE_WIDTH);
    return (await reading.positions(last.size - 1, 1))[0] === last.upTo;
  } catch (error) {
    if (error instanceof GleitzeitError && error.details?.tile !== undefined) return false;
    throw error;
  }
}

/** Whether the log by itself is what was signed, so that tiles can be made of it. Nothing is written. */
async function isInLog(events: EventStore, last: AuditLog["last"]): Promise<boolean> {
  const tree = growingTree();
  for await (const page of leavesUpTo(events, last)) for (const { leaf } of page) tree.add(leafHash(leaf));
  return !last || (tree.size() === last.size && sameHash(tree.root(), last.root));
}

async function* leavesUpTo(events: EventStore, last: AuditLog["last"]): AsyncGenerator<readonly Entry[]> {
  const upTo = last?.upTo ?? "start";
  for (let after: Position | "start" = "start"; upTo !== "start" && (after === "start" || after < upTo); ) {
    const page = await events.readAll(after, PAGE);
    const found = page.events.filter((event) => hasLeaf(event) && event.position <= upTo);
    yield found.map((event) => ({ leaf: leafOf(event), position: event.position }));
    if (page.atHead) return;
    after = page.next;
  }
}

/**
 * The name of a log is that of its keys; before there are any, its first leaf gives it one that no other log has. For
 * logs with events only: the first of them always has a leaf.
 */
async function originOf(events: EventStore, { keys }: AuditLog): Promise<string> {
  const [key] = keys;
  if (key) return key.vkey.slice(0, key.vkey.indexOf("+"));
  const [first] = (await events.readAll("start", 1)).events;
  if (first && hasLeaf(first)) {
    return `gleitzeit-${Buffer.from(leafHash(leafOf(first)))
      .toString("hex")
      .slice(0, 32)}`;
  }
  throw refused("the log begins with a checkpoint, or with nothing");
}

/** Undefined where the tiles are not those of the last checkpoint: they only repeat what the log says. */
async function treeOfTiles(
  { tiles }: StandingParts,
  { last }: AuditLog,
  reading: TileReading,
): Promise<TileTree | undefined> {
  try {
    const tree = await tileTree(tiles, reading, last?.size ?? 0);
    return !last || sameHash(tree.root(), last.root) ? tree : undefined;
  } catch (error) {
    if (error instanceof GleitzeitError && error.code === "PERSISTENCE_INTEGRITY_ERROR") return undefined;
    throw error;
  }
}

async function treeOfLog(
  { events, tiles }: StandingParts,
  { last }: AuditLog,
  reading: TileReading,
): Promise<TileTree> {
  reading.forget();
  const tree = await tileTree(tiles, reading, 0);
  for await (const page of leavesUpTo(events, last)) await tree.append(page);
  return tree;
}

/** Damaged: nobody can tell what was kept. */
export async function keptHead(kept: KeptNotes, origin: string): Promise<Head | "damaged" | undefined> {
  const text = await kept.read(origin);
  if (text === undefined) return undefined;
  const head = checkpointOf(noteOf(text)?.text ?? "");
  return head ? { size: head.size, root: head.root } : "damaged";
}

/** Why nothing may be signed on what was kept elsewhere; undefined where it fits. */
export async function rollback({ kept }: StandingParts, standing: Standing): Promise<string | undefined> {
  const { origin, log, reading } = standing;
  const head = await keptHead(kept, origin);
  if (!head) return undefined;
  if (head === "damaged") return `${kept.fileOf(origin)} holds no checkpoint`;
  const size = log.last?.size ?? 0;
  const where = `the checkpoint of size ${head.size} in ${kept.fileOf(origin)}`;
  if (head.size > size)
    return `the log was signed up to size ${size} only and is behind ${where}: was an old copy put back?`;
  const root = await proving(reading.nodes).root(head.size);
  return sameHash(root, head.root) ? undefined : `the log is another than the one of ${where}`;
}

export const refused = (why: string): GleitzeitError =>
  new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `no checkpoint is signed: ${why}; \`gleitzeit audit verify\` says more, \`gleitzeit audit accept-rollback --reason TEXT\` answers for it`,
  );

/** None of the keys that would sign is where keys are. */
export function keyless({ place, remedy }: KeyRing, vkeys: readonly string[]): GleitzeitError {
  const ids = vkeys.map((vkey) => vkeyOf(vkey)?.id ?? vkey).join(", ");
  return new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `no checkpoint is signed: the key that signs (${ids}) is not in ${place}: ${remedy}; \`gleitzeit audit rotate --lost --reason TEXT\` answers for one that is lost`,
  );
}
