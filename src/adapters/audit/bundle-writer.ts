// A bundle of a run or of everything, line by line: nothing of it is held longer than it takes to write it.
import { GleitzeitError, type Position, type StreamName } from "../../domain/index.ts";
import {
  type BlobStore,
  type EventStore,
  hashesIn,
  type Named,
  namedBy,
  runStreams,
  type StoredEvent,
} from "../../engine/index.ts";
import { type BundleScope, blobLine, eventLine, headerLine, leafLine, withEnd } from "./bundle-lines.ts";
import { proving } from "./proofs.ts";
import type { TileReading } from "./tiles.ts";
import { type Head, sameHash } from "./verifier/merkle.ts";
import { alongLog } from "./walk.ts";

export type BundleOf =
  | { readonly run: string; readonly stream: StreamName; readonly children: boolean }
  | { readonly all: true };

export type BundleParts = {
  readonly events: EventStore;
  readonly blobs: BlobStore;
  readonly reading: TileReading;
  readonly tenantOf: (stream: StreamName) => string;
  readonly origin: string;
  readonly vkeys: { readonly current: string; readonly old: readonly string[] };
  readonly checkpoint: Head & { readonly note: string; readonly upTo: Position };
  readonly createdAt: string;
};

export async function bundleOf(
  parts: BundleParts,
  what: BundleOf,
  since: Head | undefined,
): Promise<AsyncIterable<string>> {
  const { origin, vkeys, checkpoint, createdAt } = parts;
  const scope: BundleScope = "all" in what ? what : { run: what.run, children: what.children };
  const header = headerLine({
    origin,
    scope,
    vkey: vkeys.current,
    oldVkeys: vkeys.old,
    checkpoint: checkpoint.note,
    consistency:
      since === undefined || since.size === 0 ? [] : [await grownFrom(parts.reading, since, checkpoint)],
    createdAt,
  });
  return withEnd(linesOf(header, "all" in what ? everything(parts) : ofRun(parts, what)));
}

async function* linesOf(header: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield header;
  yield* rest;
}

/** PERSISTENCE_INTEGRITY_ERROR where it did not. */
export async function grownFrom(reading: TileReading, since: Head, checkpoint: Head) {
  const tree = proving(reading.nodes);
  if (since.size <= checkpoint.size && sameHash(await tree.root(since.size), since.root)) {
    return { ...since, proof: await tree.consistency(since.size, checkpoint.size) };
  }
  throw new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `the log did not grow out of the checkpoint of size ${since.size} that was given: it is another log, or was altered`,
  );
}

async function* ofRun(
  parts: BundleParts,
  { stream, children }: { readonly stream: StreamName; readonly children: boolean },
): AsyncGenerator<string> {
  const { events, reading, checkpoint } = parts;
  const { size, upTo } = checkpoint;
  const tree = proving(reading.nodes);
  const blobs = blobsOnce(parts);
  for await (const event of runStreams(events, stream, children, upTo)) {
    const index = await reading.indexOf(event.position, size);
    if (index === undefined) throw noLeaf(event);
    yield eventLine(event, index, await tree.inclusion(index, size));
    yield* blobs(event);
  }
}

async function* everything(parts: BundleParts): AsyncGenerator<string> {
  const blobs = blobsOnce(parts);
  for await (const steps of alongLog(parts.events, parts.reading, parts.checkpoint.size)) {
    for (const { index, leaf, event } of steps) {
      if (event && index === undefined) throw noLeaf(event);
      if (index === undefined || leaf === undefined) continue;
      yield event ? eventLine(event, index) : leafLine(leaf, index);
      if (event) yield* blobs(event);
    }
  }
}

const noLeaf = ({ stream, revision, position }: StoredEvent): GleitzeitError =>
  new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `${stream}@${revision} at position ${position} is in no tree: \`gleitzeit audit verify\` says what was altered`,
  );

/** Each behind the first event that names it. */
function blobsOnce({ blobs, tenantOf }: BundleParts) {
  const written = new Set<string>();

  async function* one(event: StoredEvent, hash: string, isList: boolean): AsyncGenerator<string> {
    if (written.has(hash)) return;
    written.add(hash);
    const bytes = await blobs.get(tenantOf(event.stream), hash);
    if (!bytes) {
      const { stream, revision, position } = event;
      const where = `${stream}@${revision} at position ${position}`;
      throw new GleitzeitError("PERSISTENCE_INTEGRITY_ERROR", `blob ${hash}, named by ${where}, is missing`);
    }
    yield blobLine(hash, bytes);
    if (isList) yield* all(event, hashesIn(bytes));
  }

  async function* all(event: StoredEvent, { hashes, lists }: Named): AsyncGenerator<string> {
    for (const hash of hashes) yield* one(event, hash, lists.includes(hash));
  }

  return (event: StoredEvent): AsyncGenerator<string> => all(event, namedBy(event));
}
