// One leaf and the event that stands at its place: are they of each other, and are the blobs that it names there? Where they
// are not, the hash that stands in the tree beside the leaf tells which of the two was altered.
import { hash } from "node:crypto";
import { GleitzeitError, type StreamName } from "../../domain/index.ts";
import { type BlobStore, namedBy, type StoredEvent } from "../../engine/index.ts";
import { leafOf } from "./leaf.ts";
import type { LogFinding, Report } from "./log-problem.ts";
import { TILE_WIDTH } from "./tile-hashes.ts";
import { type TileReading, tileName } from "./tiles.ts";
import { isRecord } from "./verifier/canonical.ts";
import { leafHash, sameHash } from "./verifier/merkle.ts";
import type { Step } from "./walk.ts";

type Leaf = Uint8Array;

/** The leaf that was signed; undefined for an event of which none was; a promise where one has to be looked for. */
export function leafCheck(reading: Pick<TileReading, "hashes" | "place">, report: Report) {
  let told: string | undefined;

  async function isInTree(leaf: Leaf, index: number): Promise<boolean> {
    const kept = await reading.hashes(0, index, 1).catch(tileGone);
    return kept !== undefined && sameHash(leafHash(leaf), kept);
  }

  /** Of a tile whose leaves are not those of its tree one place is told of. */
  async function differing(event: StoredEvent, index: number, leaf: Leaf, now: Leaf): Promise<Leaf> {
    const place = { position: String(event.position), leafIndex: index };
    if (!(await isInTree(now, index))) {
      report({ ...difference(leaf, now, taskIn(event)), ...placeOf(event), ...place });
      return leaf;
    }
    const name = `${reading.place}/${tileName("entries", Math.floor(index / TILE_WIDTH))}`;
    const message = `${name} holds another leaf than the tree at place ${index % TILE_WIDTH}`;
    if (told !== name) report({ kind: "altered tile", message, ...place });
    told = name;
    return now;
  }

  return ({ event, index, leaf, position }: Step): Leaf | undefined | Promise<Leaf> => {
    if (!leaf || index === undefined) {
      const message = "nothing of it was signed, and what comes after it was";
      report({ kind: "extra event", message, ...(event && placeOf(event)) });
      return undefined;
    }
    if (!event) {
      const place = { position: String(position), leafIndex: index };
      report({ kind: "missing event", message: `${nameIn(leaf)} stood here and is gone`, ...place });
      return leaf;
    }
    const now = leafOf(event);
    return Buffer.compare(now, leaf) === 0 ? leaf : differing(event, index, leaf, now);
  };
}

/** Whoever compares the tiles themselves tells of it. */
function tileGone(error: unknown): undefined {
  if (!(error instanceof GleitzeitError && error.details?.tile !== undefined)) throw error;
}

const placeOf = ({ position, stream, revision }: StoredEvent) => ({
  position: String(position),
  stream,
  revision,
});

function fieldsOf(leaf: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(leaf).toString());
    return isRecord(value) ? value : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function nameIn(leaf: Uint8Array): string {
  const { stream, revision, id, type } = fieldsOf(leaf);
  return `${String(type)} ${String(id)} (${String(stream)}@${String(revision)})`;
}

/** As its data say now, for whoever looks for it: they may be what was altered. */
function taskIn({ data }: StoredEvent): string {
  const [, task] = /"task":"([\w[\]:-]{1,200})"/.exec(Buffer.from(data).toString()) ?? [];
  return task === undefined ? "" : ` of ${task}`;
}

function difference(leaf: Uint8Array, now: Uint8Array, ofTask: string): Pick<LogFinding, "kind" | "message"> {
  const [then, here] = [fieldsOf(leaf), fieldsOf(now)];
  if (then.id !== here.id) return { kind: "wrong order", message: `${nameIn(leaf)} belongs here` };
  const fields = Object.keys(then).filter((name) => then[name] !== here[name]);
  const names = fields.map((name) => (name === "commitment" ? "data, metadata or salt" : name));
  const what = `${String(then.type)}${ofTask}`;
  return { kind: "altered event", message: `${what} is not as it was signed: ${names.join(", ")}` };
}

const MOST_KNOWN = 10_000;

/** Looked at again only when it was long ago; a promise where something is to be looked at. */
export function blobCheck(blobs: BlobStore, tenantOf: (stream: StreamName) => string, report: Report) {
  const known = new Set<string>();

  async function look(event: StoredEvent, names: readonly string[]): Promise<void> {
    for (const name of names) {
      if (known.has(name)) continue;
      if (known.size >= MOST_KNOWN) known.clear();
      known.add(name);
      const found = await blobs.get(tenantOf(event.stream), name).catch(damaged);
      if (found && `sha256-${hash("sha256", found)}` === name) continue;
      const kind = found ? "altered blob" : "missing blob";
      report({
        kind,
        message: `${name}, which it names, is ${found ? "another" : "not there"}`,
        ...placeOf(event),
      });
    }
  }

  return (event: StoredEvent): Promise<void> | undefined => {
    const { hashes } = namedBy(event);
    return hashes.every((name) => known.has(name)) ? undefined : look(event, hashes);
  };
}

/** A store that looks itself refuses to hand out what is not what it should be. */
function damaged(error: unknown): Uint8Array {
  if (error instanceof GleitzeitError && error.code === "PERSISTENCE_INTEGRITY_ERROR")
    return new Uint8Array(0);
  throw error;
}
