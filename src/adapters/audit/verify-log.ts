// Reads a whole log as an auditor wants it read: does every event stand where it stood, as it was signed? In constant
// memory, and to the end: what is found first does not hide what comes after it.
import { GleitzeitError, type Position, type StreamName } from "../../domain/index.ts";
import type { BlobStore } from "../../engine/index.ts";
import { cosignedHeads, type WitnessedHead } from "./cosigned-heads.ts";
import { leafOf } from "./leaf.ts";
import type { LogFinding, Report } from "./log-problem.ts";
import { blobCheck, leafCheck } from "./look-at-event.ts";
import { signedHeads } from "./signed-heads.ts";
import type { StandingParts } from "./standing.ts";
import { type TileReading, tileReading } from "./tiles.ts";
import { growingTree, type Hash, type Head, leafHash, sameHash } from "./verifier/merkle.ts";
import type { NoteKey } from "./verifier/note.ts";
import { tileCheck } from "./verify-tiles.ts";
import { alongLog, eventsIn } from "./walk.ts";

export type LogVerifying = StandingParts & {
  readonly blobs: BlobStore;
  readonly tenantOf: (stream: StreamName) => string;
  /** Those that are trusted; none to take the log's own word for it. */
  readonly keys: readonly NoteKey[];
  /** Of witnesses whose cosignatures are looked at. */
  readonly witnesses?: readonly NoteKey[];
  /** A checkpoint from outside of the store, with words for where it is. */
  readonly outside: (Head & { readonly place: string }) | undefined;
  /** Of an event that was removed by right its leaf is left. */
  readonly isRemoved?: (leaf: Uint8Array) => Promise<boolean>;
  readonly progress: (done: number, all: number) => void;
};

export type LogVerdict = {
  readonly leaves: number;
  readonly checkpoints: number;
  /** The first hundred; `found` counts all. */
  readonly problems: readonly LogFinding[];
  readonly found: number;
  /** The newest checkpoint that each witness has cosigned. */
  readonly witnessed: readonly WitnessedHead[];
};

const MOST_PROBLEMS = 100;
const TELL_EVERY = 1000;

export async function verifyLog(parts: LogVerifying): Promise<LogVerdict> {
  const problems: LogFinding[] = [];
  let found = 0;
  const report = (finding: LogFinding): void => {
    found += 1;
    if (problems.length < MOST_PROBLEMS) problems.push(finding);
  };
  let [size, checkpoints] = [0, 0];
  for await (const head of signedHeads(parts.events, parts.keys, report)) {
    size = head.size;
    checkpoints += 1;
  }
  const witnessed = await cosignedHeads(parts.events, parts.witnesses ?? [], report);
  const { outside } = parts;
  if (outside && outside.size > size) {
    const message = `the log is signed up to ${size} leaves, and ${outside.place} covers ${outside.size}`;
    report({ kind: "missing event", message });
  }
  try {
    await walk(parts, tileReading(parts.tiles), size, await headCheck(parts, report), report);
  } catch (error) {
    if (!(error instanceof GleitzeitError && error.details?.tile !== undefined)) throw error;
    report({ kind: error.details.isAltered ? "altered tile" : "missing tile", message: error.message });
    await walkLogAlone(parts, size, await headCheck(parts, report), report);
  }
  parts.progress(size, size);
  return { leaves: size, checkpoints, problems, found, witnessed };
}

type Heads = {
  /** Of the next leaf; a promise where the tree has come to something that it is compared with. */
  readonly add: (leaf: Hash) => Promise<void> | undefined;
  readonly size: () => number;
};

/** The tree of the leaves that are handed in, compared with every checkpoint that it comes to. */
async function headCheck({ events, outside }: LogVerifying, report: Report): Promise<Heads> {
  const tree = growingTree();
  const heads = signedHeads(events, [], () => undefined); // what is wrong with them was told before
  let head = await heads.next();

  async function compare(): Promise<void> {
    for (; !head.done && head.value.size <= tree.size(); head = await heads.next()) {
      const { size, root, after, upTo } = head.value;
      if (size < tree.size() || sameHash(root, tree.root())) continue;
      const message = `the leaves are not those of the checkpoint of size ${size}: something between positions ${after} and ${upTo}`;
      report({ kind: "not consistent", message, position: upTo });
    }
    if (outside?.size !== tree.size() || sameHash(outside.root, tree.root())) return;
    report({ kind: "not consistent", message: `this is not the log of ${outside.place}` });
  }

  return {
    add: (leaf) => {
      tree.add(leaf);
      const isAtHead = !head.done && head.value.size <= tree.size();
      return isAtHead || outside?.size === tree.size() ? compare() : undefined;
    },
    size: tree.size,
  };
}

async function walk(
  parts: LogVerifying,
  reading: TileReading,
  size: number,
  heads: Heads,
  report: Report,
): Promise<void> {
  const tiles = tileCheck(parts.tiles, report);
  const leafAt = leafCheck(reading, report);
  const blobs = blobCheck(parts.blobs, parts.tenantOf, report);
  for await (const steps of alongLog(parts.events, reading, size)) {
    for (const step of steps) {
      const isRemoved = step.leaf && !step.event && (await parts.isRemoved?.(step.leaf)) === true;
      const told = isRemoved ? step.leaf : leafAt(step);
      const leaf = told instanceof Promise ? await told : told;
      // Most of these have nothing to wait for, and waiting for nothing takes a microsecond.
      const looked = step.event && blobs(step.event);
      if (looked) await looked;
      if (!leaf) continue;
      const hash = leafHash(leaf);
      const [compared, come] = [tiles.add(hash), heads.add(hash)];
      if (compared) await compared;
      if (come) await come;
      if (heads.size() % TELL_EVERY === 0) parts.progress(heads.size(), size);
    }
  }
  await tiles.end();
}

/** Without tiles there is still the log, and what was signed of it; which event it is that differs nobody can tell. */
async function walkLogAlone(
  { events, progress }: LogVerifying,
  size: number,
  heads: Heads,
  report: Report,
): Promise<void> {
  let last: Position | undefined;
  for await (const page of eventsIn(events)) {
    for (const event of page) {
      if (heads.size() === size) return;
      last = event.position;
      await heads.add(leafHash(leafOf(event)));
      if (heads.size() % TELL_EVERY === 0) progress(heads.size(), size);
    }
  }
  if (heads.size() === size) return;
  const message = `${size - heads.size()} of ${size} signed events are gone after position ${last ?? 0}`;
  report({ kind: "missing event", message });
}
