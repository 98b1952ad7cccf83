// What was archived leaves the store.
//
// 1. Nothing goes whose archive is not there, or is another one than the log says: it is read and verified once more.
// 2. Whatever stops this in between, doing it again from the log does what is left.
import {
  type Position,
  RETENTION_EVENT_VERSION,
  readRetentionEvent,
  type StreamName,
  tenantStream,
} from "../../domain/index.ts";
import { decode, json } from "../log/decode.ts";
import { allHashesIn, hashesIn } from "../log/hashes-in.ts";
import type { Archive } from "../log/left-run.ts";
import { storedIn } from "../log/stored-in.ts";
import { type Archived, VersionConflict } from "../ports/index.ts";
import { noted } from "../subjects/noted.ts";
import type { RetentionKit } from "./kit.ts";

const PAGE = 1000;

export type Swept = {
  readonly runs: number;
  readonly events: number;
  readonly blobs: number;
  /** Archives without which their runs stay. */
  readonly missing: readonly string[];
};

type Pending = { readonly stream: StreamName; readonly before: number; readonly archive: Archive };

export async function sweep(kit: RetentionKit): Promise<Swept> {
  const { pending, upTo } = await pendingIn(kit);
  if (pending.length === 0) return { runs: 0, events: 0, blobs: 0, missing: [] };
  // What is kept of the log has to have seen that they left before they do.
  await (await kit.readModels()).runs(kit.tenant, { limit: 1 });
  const archives = await lookedAt(kit, pending);
  const [blobs, missing] = [new Set<string>(), new Set<string>()];
  let [runs, events] = [0, 0];
  for (const { stream, before, archive } of pending) {
    const archived = archives.get(archive.archive);
    if (!archived) {
      missing.add(archive.archive);
      continue;
    }
    const removed = await kit.removal.truncate(stream, before);
    await kit.snapshots?.remove(stream);
    events += removed;
    runs += removed > 0 ? 1 : 0;
    for (const hash of archived.blobs) blobs.add(hash);
  }
  const removed = await sweepBlobs(kit, blobs);
  await kit.removal.scrub();
  const swept = { runs, events, blobs: removed };
  if (missing.size === 0) await say(kit, { upTo: String(upTo), ...swept });
  return { ...swept, missing: [...missing] };
}

/** Everything that was archived since the last retention that came to its end. */
async function pendingIn({
  events,
  tenant,
}: RetentionKit): Promise<{ pending: readonly Pending[]; upTo: Position }> {
  const pending: Pending[] = [];
  const { upTo: from } = await lastOf({ events, tenant });
  let upTo = from;
  for (let after: Position | "start" = from; ; ) {
    const page = await events.readAll(after, PAGE, `run-${tenant}.`);
    for (const stored of page.events) {
      if (stored.type !== "RunArchived") continue;
      const { event, stream, revision } = decode(stored);
      if (event.type === "RunArchived") pending.push({ stream, before: revision, archive: event.data });
      upTo = stored.position;
    }
    if (page.atHead) return { pending, upTo };
    after = page.next;
  }
}

type Last = { readonly head: number | "none"; readonly upTo: Position };

async function lastOf({ events, tenant }: Pick<RetentionKit, "events" | "tenant">): Promise<Last> {
  let upTo: Position = 0n;
  let head: Last["head"] = "none";
  for await (const stored of storedIn(events, tenantStream(tenant))) {
    const ran = readRetentionEvent(stored.type, stored.schemaVersion, json(stored, stored.data));
    if (ran) upTo = BigInt(ran.data.upTo);
    head = stored.revision;
  }
  return { head, upTo };
}

async function lookedAt(
  { archives }: RetentionKit,
  pending: readonly Pending[],
): Promise<ReadonlyMap<string, Archived>> {
  const sums = new Map(pending.map(({ archive }) => [archive.archive, archive.sha256]));
  const found = new Map<string, Archived>();
  for (const [file, sum] of sums) {
    const archived = await archives.look(file, sum);
    if (archived) found.set(file, archived);
  }
  return found;
}

/** Those that nothing names which is still there. */
async function sweepBlobs(
  { events, blobs, removal, tenant }: RetentionKit,
  hashes: ReadonlySet<string>,
): Promise<number> {
  const unused = new Set(hashes);
  const forget = async (bytes: Uint8Array): Promise<void> => {
    const { hashes: named, lists } = hashesIn(bytes);
    for (const hash of named) unused.delete(hash);
    for (const list of lists) {
      const listed = await blobs.get(tenant, list);
      if (listed) await forget(listed);
    }
  };
  let after: Position | "start" = "start";
  while (unused.size > 0) {
    const page = await events.readAll(after, PAGE);
    for (const { data } of page.events) await forget(data);
    after = page.next;
    if (page.atHead) break;
  }
  return unused.size === 0 ? 0 : removal.removeBlobs(tenant, [...unused], after, allHashesIn);
}

async function say(
  kit: RetentionKit,
  data: { readonly upTo: string; readonly runs: number; readonly events: number; readonly blobs: number },
): Promise<void> {
  for (;;) {
    const { head, upTo } = await lastOf(kit);
    if (upTo >= BigInt(data.upTo)) return; // another one has come to its end meanwhile
    const event = noted(kit, { type: "RetentionRan", data }, RETENTION_EVENT_VERSION, kit);
    try {
      await kit.events.append(tenantStream(kit.tenant), head, [event]);
      return;
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
}
