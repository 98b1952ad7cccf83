// The log as arrays: what an append may do, and what a reader gets, without any store around it.
import type { EventId, Position, Revision, StreamName } from "../../domain/index.ts";
import {
  type Appended,
  type NewEvent,
  type Page,
  type StoredEvent,
  VersionConflict,
} from "../../engine/ports/index.ts";

/** `added` is false for an append that stood already. */
type Outcome = { readonly appended: Appended; readonly added: boolean };

export type MemoryLog = {
  append(stream: StreamName, expected: Revision | "none", given: readonly NewEvent[]): Outcome;
  read(stream: StreamName, from: Revision, limit: number): readonly StoredEvent[];
  readMany(stream: StreamName, revisions: readonly Revision[]): readonly StoredEvent[];
  page(after: Position | "start", limit: number, filter: string): Page;
  head(): Position | "start";
};

export function memoryLog(): MemoryLog {
  const all: StoredEvent[] = []; // position n stands at index n - 1
  const streams = new Map<StreamName, StoredEvent[]>();
  const ids = new Set<EventId>();

  const of = (stream: StreamName): readonly StoredEvent[] => streams.get(stream) ?? [];

  function append(stream: StreamName, expected: Revision | "none", given: readonly NewEvent[]): Outcome {
    const next = expected === "none" ? 0 : expected + 1;
    const standing = standingLast(of(stream), next, given);
    if (standing) return { appended: placeOf(standing), added: false };

    const fresh = new Set(given.map((event) => event.id));
    const known = fresh.size < given.length || given.some((event) => ids.has(event.id));
    if (known || of(stream).length !== next) throw new VersionConflict(stream, expected);

    const events = streams.get(stream) ?? [];
    streams.set(stream, events);
    given.forEach((event, i) => {
      const stored = copyOf({ ...event, stream, revision: next + i, position: BigInt(all.length + 1) });
      all.push(stored);
      events.push(stored);
      ids.add(event.id);
    });
    const appended = { revision: next + given.length - 1, position: BigInt(all.length) };
    return { appended, added: true };
  }

  function page(after: Position | "start", limit: number, filter: string): Page {
    const events: StoredEvent[] = [];
    const first = after === "start" ? 0n : after;
    let at = first < BigInt(all.length) ? Number(first) : all.length;
    for (; at < all.length && events.length < limit; at += 1) {
      const event = all[at];
      if (event?.stream.startsWith(filter)) events.push(copyOf(event));
    }
    return { events, next: BigInt(at) > first ? BigInt(at) : after, atHead: at === all.length };
  }

  return {
    append,
    page,
    read: (stream, from, limit) =>
      of(stream)
        .slice(from, from + limit)
        .map(copyOf),
    readMany: (stream, revisions) => revisions.flatMap((revision) => of(stream)[revision] ?? []).map(copyOf),
    head: () => (all.length === 0 ? "start" : BigInt(all.length)),
  };
}

/** The last of the given events, if all of them stand in the stream already, from `next` on. */
function standingLast(
  stream: readonly StoredEvent[],
  next: Revision,
  given: readonly NewEvent[],
): StoredEvent | undefined {
  const same = given.every((event, i) => stream[next + i]?.id === event.id);
  return same ? stream[next + given.length - 1] : undefined;
}

const placeOf = ({ revision, position }: StoredEvent): Appended => ({ revision, position });

/** Nobody who writes or reads shares bytes with the log. */
const copyOf = (event: StoredEvent): StoredEvent => ({
  position: event.position,
  stream: event.stream,
  revision: event.revision,
  id: event.id,
  type: event.type,
  schemaVersion: event.schemaVersion,
  recordedAt: event.recordedAt,
  metadata: event.metadata.slice(),
  data: event.data.slice(),
  salt: event.salt.slice(),
});
