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
  truncate(stream: StreamName, before: Revision): number;
};

export function memoryLog(): MemoryLog {
  const all: (StoredEvent | undefined)[] = []; // position n stands at index n - 1; what was removed leaves a hole
  const streams = new Map<StreamName, (StoredEvent | undefined)[]>();
  const ids = new Set<EventId>();

  const of = (stream: StreamName): readonly (StoredEvent | undefined)[] => streams.get(stream) ?? [];

  function append(stream: StreamName, expected: Revision | "none", given: readonly NewEvent[]): Outcome {
    const next = expected === "none" ? 0 : expected + 1;
    const last = standingLast(of(stream), next, given);
    if (last) return { appended: placeOf(last), added: false };

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

  function truncate(stream: StreamName, before: Revision): number {
    const removed = of(stream)
      .slice(0, before)
      .filter((event) => event !== undefined);
    for (const { revision, position, id } of removed) {
      streams.get(stream)?.splice(revision, 1, undefined);
      all[Number(position) - 1] = undefined;
      ids.delete(id);
    }
    return removed.length;
  }

  return {
    append,
    page,
    truncate,
    read: (stream, from, limit) => {
      const start = of(stream).findIndex((event, revision) => event !== undefined && revision >= from);
      return start === -1 ? [] : standing(of(stream).slice(start, start + limit)).map(copyOf);
    },
    readMany: (stream, revisions) => revisions.flatMap((revision) => of(stream)[revision] ?? []).map(copyOf),
    head: () => (all.length === 0 ? "start" : BigInt(all.length)),
  };
}

const standing = (events: readonly (StoredEvent | undefined)[]): readonly StoredEvent[] =>
  events.filter((event) => event !== undefined);

/** The last of the given events, if all of them stand in the stream already, from `next` on. */
function standingLast(
  stream: readonly (StoredEvent | undefined)[],
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
