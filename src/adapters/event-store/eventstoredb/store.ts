// The store on a server that others use at the same time. Appends and reads are calls over a network: each may be
// answered late, twice or never, and ends as promised all the same.
import type { Position } from "../../../domain/index.ts";
import {
  type BlobStore,
  type Clock,
  type EventStore,
  type Store,
  VersionConflict,
} from "../../../engine/ports/index.ts";
import { checkBlob } from "../blob-hash.ts";
import { checkAppend, LIMITS, type Limits } from "../check-append.ts";
import { storeClosed } from "../closed.ts";
import { hints as hintsOf } from "../hints.ts";
import { appending } from "./appending.ts";
import { blobs as blobsOf } from "./blobs.ts";
import { connection } from "./connection.ts";
import { type Doing, esdbFailure } from "./failure.ts";
import { lanes } from "./lanes.ts";
import { live } from "./live.ts";
import { names as namesOf } from "./names.ts";
import { closing as closingOf } from "./patience.ts";
import { reading as readingOf } from "./reading.ts";

export type EventStoreDbOptions = {
  /** As the client takes it: `esdb://…` or `esdb+discover://…`. */
  readonly url: string;
  /** What keeps several logs on one server apart. */
  readonly log?: string;
  /** The store as users may see it, without a password. */
  readonly place: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly limits?: Limits;
  readonly answerMs?: number;
  readonly patienceMs?: number;
};

const ANSWER_MS = 10_000;
const PATIENCE_MS = 30_000;
/** Fewer than what makes the client queue by itself: what it queues is lost with a connection, and the process too. */
const AT_ONCE = 12;

export async function eventStoreDb(options: EventStoreDbOptions): Promise<Store> {
  const { url, place, clock, random, limits = LIMITS } = options;
  const { answerMs = ANSWER_MS, patienceMs = PATIENCE_MS } = options;
  const end = closingOf();
  const patience = { clock, random, answerMs, patienceMs, closing: end };
  const server = connection(url, place);
  const { client } = server;
  const names = namesOf(options.log);
  const work = lanes(AT_ONCE);
  const reading = readingOf({ client, names, place, patience });
  const blobs = blobsOf({ connection: server, names, place, patience });
  const { changes, ...hints } = hintsOf(() => others);
  let known = 0n;
  let closing: Promise<void> | undefined;

  const { append, isOwn } = appending({
    connection: server,
    names,
    patience,
    reading,
    blobs,
    known: () => known,
  });

  function grown(to: Position): void {
    if (to > known) known = to;
    hints.grown(to);
  }

  function grownByOthers(to: Position): void {
    hints.grownByOthers(to);
    grown(to);
  }

  const others = live({
    client,
    names,
    patience,
    head: async () => {
      const before = known;
      const head = await reading.head();
      if (head !== "start" && head > before) grownByOthers(head);
      return head;
    },
    heard: ({ id, position }) => {
      if (!isOwn(id)) grownByOthers(position);
    },
    failed: () => grown(known),
  });

  /** Every door leads through here: what the client reports becomes ours, and a closed store refuses. */
  async function ask<T>(doing: Doing, use: () => Promise<T>): Promise<T> {
    if (closing) throw storeClosed();
    try {
      return await use();
    } catch (error) {
      throw esdbFailure(error, place, doing);
    }
  }

  const events: EventStore = {
    limits,
    append: (stream, expected, given) =>
      ask("write", async () => {
        checkAppend(limits, stream, given);
        const { appended, isNew } = await work
          .run(stream, () => append(stream, expected, given))
          .catch((error: unknown) => {
            if (!(error instanceof VersionConflict)) grown(known); // it may stand all the same
            throw error;
          });
        if (isNew) grown(appended.position);
        return appended;
      }),
    read: (stream, from, limit) => ask("read", () => reading.read(stream, from, limit)),
    readMany: (stream, revisions) => ask("read", () => reading.readMany(stream, revisions)),
    readAll: (after, limit, filter = "") => ask("read", () => reading.page(after, limit, filter)),
    head: () => ask("read", () => reading.head()),
    changes,
    close: () => {
      closing ??= close();
      return closing;
    },
  };

  const blobStore: BlobStore = {
    put: (tenant, blob) =>
      ask("write", async () => {
        checkBlob(blob);
        await work.run(names.ofBlob(tenant, blob.hash), () => blobs.put(tenant, blob));
      }),
    get: (tenant, hash) => ask("read", () => blobs.get(tenant, hash)),
    has: (tenant, hash) => ask("read", () => blobs.has(tenant, hash)),
  };

  async function close(): Promise<void> {
    await work.idle();
    hints.end();
    end.end();
    await server.close();
  }

  try {
    const once = readingOf({ client, names, place, patience: { ...patience, patienceMs: 0 } });
    const head = await once.head();
    if (head !== "start") known = head;
  } catch (error) {
    await server.close();
    throw esdbFailure(error, place, "open");
  }
  return { events, blobs: blobStore, close: () => events.close() };
}
