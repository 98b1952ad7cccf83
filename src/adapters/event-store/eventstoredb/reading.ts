// Reads of single streams and of the whole log.
//
// 1. The server's log holds its own events, blobs and other programs' streams as well. None of them is ever the
//    head, or where a page ends, so what is not ours is invisible from outside.
// 2. A page reads on until it has met the event after its last one, or the log's end: so it knows which it is.
import { BACKWARDS, END, type ReadPosition, START } from "@eventstore/db-client";
import type { Position, Revision, StreamName } from "../../../domain/index.ts";
import type { Page, StoredEvent } from "../../../engine/ports/index.ts";
import { type Client, FROM_LEADER } from "./connection.ts";
import { drain, type Resolved } from "./drain.ts";
import { storedOf } from "./event-codec.ts";
import { damaged, isNoStream } from "./failure.ts";
import type { Names } from "./names.ts";
import { type Patience, patiently } from "./patience.ts";

/** A page looks at no more of our events than this, however little its filter lets through. */
const SCANNED = 5_000;
/** Asked for beyond what is wanted, since some of it will not be ours. */
const SPARE = 32;
const MOST = 4_000;
/** Revisions that lie no further apart are read together. */
const NEAR = 16;
/** Beyond this there are no positions. */
const LAST_POSITION = 2n ** 63n - 1n;

export type Reading = {
  read(stream: StreamName, from: Revision, limit: number): Promise<readonly StoredEvent[]>;
  readMany(stream: StreamName, revisions: readonly Revision[]): Promise<readonly StoredEvent[]>;
  page(after: Position | "start", limit: number, filter: string): Promise<Page>;
  head(): Promise<Position | "start">;
  /** Of the stream's last event; −1 where there is none. */
  lastRevision(stream: StreamName): Promise<number>;
};

export type ReadingParts = {
  readonly client: Client;
  readonly names: Names;
  readonly place: string;
  readonly patience: Patience;
};

export const positionOf = ({ event, commitPosition }: Resolved): Position =>
  event?.position?.commit ?? commitPosition ?? 0n;

export const serverPosition = (position: Position | "start"): ReadPosition =>
  position === "start" ? START : { commit: position, prepare: position };

export function reading({ client, names, place, patience }: ReadingParts): Reading {
  function read(stream: StreamName, from: Revision, limit: number): Promise<readonly StoredEvent[]> {
    if (limit <= 0) return Promise.resolve([]);
    return patiently(patience, async ({ signal }) => {
      const found: StoredEvent[] = [];
      const options = { ...FROM_LEADER, fromRevision: BigInt(from), maxCount: limit };
      const take = (resolved: Resolved): boolean => {
        const stored = resolved.event && storedOf(resolved.event, stream, positionOf(resolved));
        if (!stored) throw damaged(place, `in stream ${stream} from revision ${from} on`);
        found.push(stored);
        return true;
      };
      await unlessMissing(() => drain(client.readStream(names.toServer(stream), options), take, signal));
      const gap = found.findIndex(({ revision }, i) => revision !== (found[0]?.revision ?? 0) + i);
      if (gap !== -1) throw damaged(place, `in stream ${stream} after revision ${found[gap - 1]?.revision}`);
      return found;
    });
  }

  async function readMany(
    stream: StreamName,
    revisions: readonly Revision[],
  ): Promise<readonly StoredEvent[]> {
    const found = new Map<Revision, StoredEvent>();
    for (const [first, last] of ranges(revisions)) {
      for (const event of await read(stream, first, last - first + 1)) found.set(event.revision, event);
    }
    return revisions.flatMap((revision) => found.get(revision) ?? []);
  }

  /** Ours of what lies from a position on, in order, until `next` answers false. Answers whether the end was met. */
  async function walk(
    after: Position | "start",
    wanted: () => number,
    next: (event: StoredEvent) => boolean,
  ): Promise<boolean> {
    let last = after;
    let count = 0;
    for (;;) {
      let [raw, isEnough] = [0, false];
      count = Math.min(MOST, Math.max(count * 4, wanted() + SPARE)); // the event at the position itself comes again
      await patiently(patience, async ({ signal }) => {
        raw = 0;
        const options = { ...FROM_LEADER, fromPosition: serverPosition(last), maxCount: count };
        const take = (resolved: Resolved): boolean => {
          raw += 1;
          const position = positionOf(resolved);
          if (last !== "start" && position <= last) return true;
          last = position;
          const stored = ours(resolved);
          isEnough = stored !== undefined && !next(stored);
          return !isEnough;
        };
        await drain(client.readAll(options), take, signal);
      });
      if (isEnough) return false;
      if (raw < count) return true;
    }
  }

  function ours(resolved: Resolved): StoredEvent | undefined {
    const { event } = resolved;
    const stream = event && names.fromServer(event.streamId);
    if (!stream) return undefined;
    const stored = storedOf(event, stream, positionOf(resolved));
    if (!stored) throw damaged(place, `in stream ${stream} at revision ${event.revision}`);
    return stored;
  }

  async function page(after: Position | "start", limit: number, filter: string): Promise<Page> {
    if (after !== "start" && after > LAST_POSITION) return { events: [], next: after, atHead: true };
    const most = Math.max(1, limit);
    const events: StoredEvent[] = [];
    let next = after;
    let scanned = 0;
    const wanted = (): number => most + 1 - events.length;
    const atHead = await walk(after, wanted, (event) => {
      if (events.length === most || scanned === Math.max(SCANNED, most)) return false;
      scanned += 1;
      next = event.position;
      if (event.stream.startsWith(filter)) events.push(event);
      return true;
    });
    return { events, next, atHead };
  }

  async function head(): Promise<Position | "start"> {
    let before: Position | undefined;
    for (let count = SPARE; ; count = Math.min(MOST, count * 4)) {
      let raw = 0;
      let found: Position | undefined;
      await patiently(patience, async ({ signal }) => {
        raw = 0;
        const fromPosition = before === undefined ? END : serverPosition(before);
        const options = { ...FROM_LEADER, direction: BACKWARDS, fromPosition, maxCount: count } as const;
        const take = (resolved: Resolved): boolean => {
          raw += 1;
          before = positionOf(resolved);
          if (resolved.event && names.fromServer(resolved.event.streamId)) found = before;
          return found === undefined;
        };
        await drain(client.readAll(options), take, signal);
      });
      if (found !== undefined) return found;
      if (raw < count) return "start";
    }
  }

  const lastRevision = (stream: StreamName): Promise<number> =>
    patiently(patience, async ({ signal }) => {
      let last = -1;
      const options = { ...FROM_LEADER, direction: BACKWARDS, fromRevision: END, maxCount: 1 } as const;
      const take = ({ event }: Resolved): boolean => {
        last = Number(event?.revision ?? -1n);
        return true;
      };
      await unlessMissing(() => drain(client.readStream(names.toServer(stream), options), take, signal));
      return last;
    });

  return { read, readMany, page, head, lastRevision };
}

export async function unlessMissing(read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!isNoStream(error)) throw error;
  }
}

/** The revisions as ranges from first to last, those that lie near each other together. */
function ranges(revisions: readonly Revision[]): readonly (readonly [Revision, Revision])[] {
  const sorted = revisions.toSorted((a, b) => a - b);
  const found: [Revision, Revision][] = [];
  for (const revision of sorted) {
    const range = found.at(-1);
    if (range && revision - range[1] <= NEAR) range[1] = revision;
    else found.push([revision, revision]);
  }
  return found;
}
