// The store in one file. The driver is synchronous: each call here is one short stay inside SQLite.
import { resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { GleitzeitError } from "../../domain/index.ts";
import type { BlobStore, EventStore, NewEvent, Store, StoredEvent } from "../../engine/ports/index.ts";
import { checkBlob } from "./blob-hash.ts";
import { whenFree } from "./busy.ts";
import { bytesOf, checkAppend, LIMITS, type Limits } from "./check-append.ts";
import { storeClosed } from "./closed.ts";
import { foreignCommits } from "./foreign-commits.ts";
import { groupCommit, type Weight } from "./group-commit.ts";
import { hints as hintsOf } from "./hints.ts";
import { isBusy, sqliteFailure } from "./sqlite-failure.ts";
import { closeSqlite, openSqlite } from "./sqlite-open.ts";
import { type Reading, sqliteReading } from "./sqlite-reading.ts";
import { sqliteRemoval } from "./sqlite-removal.ts";
import { sqliteWriting } from "./sqlite-writing.ts";
import { standingAt } from "./store-file.ts";

/** In events: what is made of so many takes others' time. */
const LONG_PAGE = 100;

export type SqliteOptions = {
  readonly path: string;
  /** In [0, 1): keeps processes that wait for each other out of step. */
  readonly random: () => number;
  readonly readOnly?: boolean;
  readonly limits?: Limits;
  /** How long to wait for other processes that hold the file before giving up. */
  readonly patienceMs?: number;
};

export async function sqliteStore(options: SqliteOptions): Promise<Store> {
  const { random, readOnly = false, limits = LIMITS, patienceMs = 30_000 } = options;
  const path = resolve(options.path);
  const patience = { random, patienceMs };
  const database = await openSqlite({ path, readOnly }, patience);
  const expectInPlace = await standingAt(path);
  const { reading, writing } = await whenFree(
    () => ({ reading: sqliteReading(database, path), writing: sqliteWriting(database) }),
    patience,
  ).catch((error: unknown) => {
    database.close();
    throw sqliteFailure(error, path, "open");
  });
  const { changes, ...hints } = hintsOf(() => others);
  let othersWrote = false;
  let told = writing.head();
  let closing: Promise<void> | undefined;

  function tell(): void {
    const head = writing.head();
    if (othersWrote) hints.grownByOthers(BigInt(head));
    othersWrote = false;
    if (head === told) return;
    told = head;
    hints.grown(BigInt(head));
  }

  function look(): boolean {
    try {
      const found = writing.refresh();
      othersWrote ||= found;
      tell();
      return found;
    } catch (error) {
      if (!isBusy(error)) hints.grown(BigInt(told)); // whoever reads because of it meets the failure itself
      return false;
    }
  }

  function begin(): boolean {
    const tookOver = writing.begin();
    othersWrote ||= tookOver;
    return tookOver;
  }

  /** SQLite would acknowledge it all the same. */
  function commit(): void {
    expectInPlace();
    writing.commit();
  }

  const commits = groupCommit({ ...writing, begin, commit, ended: tell }, patience);
  const others = foreignCommits(look);

  /** Every door leads through here: what SQLite reports becomes ours, and a closed store refuses. */
  async function ask<T>(doing: "read" | "write", use: () => Promise<T>): Promise<T> {
    if (closing) throw storeClosed();
    try {
      return await use();
    } catch (error) {
      throw sqliteFailure(error, path, doing);
    }
  }

  const reads = <T>(use: (reading: Reading) => T): Promise<T> =>
    ask("read", () => whenFree(() => use(reading), patience));

  const writes = <T>(check: () => void, weight: Weight, work: () => T): Promise<T> =>
    ask("write", async () => {
      if (readOnly)
        throw new GleitzeitError("PERSISTENCE_WRITE_FAILED", `${path} was opened for reading only`);
      check();
      return commits.submit(weight, work);
    });

  async function close(): Promise<void> {
    await commits.idle();
    hints.end();
    closeSqlite(database, { readOnly });
  }

  const events: EventStore = {
    limits,
    append: (stream, expected, given) =>
      writes(
        () => checkAppend(limits, stream, given),
        weightOf(given),
        () => writing.append(stream, expected, given),
      ),
    read: async (stream, from, limit) => leavingRoom(await reads(({ read }) => read(stream, from, limit))),
    readMany: async (stream, revisions) =>
      leavingRoom(await reads(({ readMany }) => readMany(stream, revisions))),
    readAll: async (after, limit, filter = "") => {
      await setImmediate(); // as below, for those whose filter lets little through, too
      return reads(({ page }) => page(after, limit, filter));
    },
    head: () => reads(({ head }) => head()),
    changes,
    close: () => {
      closing ??= close();
      return closing;
    },
  };

  const blobs: BlobStore = {
    put: (tenant, blob) =>
      writes(
        () => checkBlob(blob),
        { events: 1, bytes: blob.bytes.byteLength },
        () => writing.put(tenant, blob),
      ),
    get: (tenant, hash) => reads(({ blob }) => blob(tenant, hash)),
    has: (tenant, hash) => reads(({ hasBlob }) => hasBlob(tenant, hash)),
  };

  const removal = sqliteRemoval({ database, commits, writes });
  return { events, blobs, removal, close: () => events.close() };
}

/** Whoever reads a long run page by page lets others be served in between. */
async function leavingRoom(page: readonly StoredEvent[]): Promise<readonly StoredEvent[]> {
  if (page.length >= LONG_PAGE) await setImmediate();
  return page;
}

function weightOf(events: readonly NewEvent[]): Weight {
  const blobs = events.flatMap((event) => event.blobs ?? []);
  return {
    events: events.length,
    bytes: bytesOf(events) + blobs.reduce((sum, { bytes }) => sum + bytes.byteLength, 0),
  };
}
