import type { Position, Revision, StreamName } from "../../domain/index.ts";
import type { Page, StoredEvent } from "../../engine/ports/index.ts";
import { hashOf } from "./blob-hash.ts";
import { type Database, firstOf, prepared, type Statement, type Value } from "./driver.ts";
import { eventOf } from "./row-codec.ts";
import { damage, isDamage } from "./sqlite-failure.ts";

/** A page looks at no more of the log than this, however little its filter lets through. */
const SCANNED = 5_000;
const MOST_ROWS = 1_000_000_000;

export type Reading = {
  readonly read: (stream: StreamName, from: Revision, limit: number) => readonly StoredEvent[];
  readonly readMany: (stream: StreamName, revisions: readonly Revision[]) => readonly StoredEvent[];
  readonly page: (after: Position | "start", limit: number, filter: string) => Page;
  readonly head: () => Position | "start";
  readonly blob: (tenant: string, hash: string) => Uint8Array | undefined;
  readonly hasBlob: (tenant: string, hash: string) => boolean;
};

export function sqliteReading(database: Database, path: string): Reading {
  const sql = statements(database);

  /** `place` says where the reading stood, for whoever has to mend a damaged file. */
  function events(statement: Statement, values: readonly Value[], place: string): readonly StoredEvent[] {
    try {
      return statement.all(...values).map((row) => eventOf(row) ?? unreadable());
    } catch (error) {
      if (!isDamage(error) && !(error instanceof UnreadableRow)) throw error;
      throw damageIn(prepared(database, statement.sourceSQL), values, path, place);
    }
  }

  function read(stream: StreamName, from: Revision, limit: number): readonly StoredEvent[] {
    const place = `in stream ${stream} from revision ${from} on`;
    const found = events(sql.stream, [stream, from, Math.min(limit, MOST_ROWS)], place);
    // What stands behind another one in its stream stands behind it in the log, where every event begins at 1.
    const gap = found.findIndex(
      ({ revision, position }, i) =>
        revision !== (found[0]?.revision ?? 0) + i || position <= (found[i - 1]?.position ?? 0n),
    );
    if (gap !== -1) throw damage(path, placed(place, found.slice(0, gap)));
    return found;
  }

  function page(after: Position | "start", limit: number, filter: string): Page {
    const head = Number(firstOf(sql.head));
    if (after !== "start" && after >= BigInt(head)) return { events: [], next: after, atHead: true };
    const from = Number(after === "start" ? 0 : after);
    const most = Math.max(1, Math.min(limit, MOST_ROWS));
    const end = filter === "" ? head : Math.min(head, from + Math.max(most, SCANNED));
    const place = `after position ${from}`;
    const found =
      filter === ""
        ? events(sql.all, [from, end, most], place)
        : events(sql.filtered, [from, end, filter, `${filter}\u{10ffff}`, most], place);
    const last = found.at(-1)?.position;
    const next = last !== undefined && found.length === most ? last : BigInt(end);
    return { events: found, next: next === 0n ? "start" : next, atHead: next === BigInt(head) };
  }

  return {
    read,
    page,
    readMany: (stream, revisions) =>
      revisions.flatMap((revision) =>
        events(sql.one, [stream, revision], `in stream ${stream} at revision ${revision}`),
      ),
    head() {
      const head = Number(firstOf(sql.head));
      return head === 0 ? "start" : BigInt(head);
    },
    blob(tenant, hash) {
      const bytes = firstOf(sql.blob, tenant, hash);
      if (bytes === undefined) return undefined;
      if (bytes instanceof Uint8Array && hashOf(bytes) === hash) return bytes;
      throw damage(path, `in blob ${hash}`);
    },
    hasBlob: (tenant, hash) => firstOf(sql.hasBlob, tenant, hash) !== undefined,
  };
}

/**
 * Row by row, to tell how far it can be read. With a statement of its own: one that failed while it was iterated
 * fails again with the same error the next time it is used.
 */
function damageIn(statement: Statement, values: readonly Value[], path: string, place: string): Error {
  const readable: StoredEvent[] = [];
  try {
    for (const row of statement.iterate(...values)) readable.push(eventOf(row) ?? unreadable());
    return damage(path, placed(place, readable));
  } catch (error) {
    return damage(path, placed(place, readable), error);
  }
}

class UnreadableRow extends Error {
  override readonly name = "UnreadableRow";
}

function unreadable(): never {
  throw new UnreadableRow("a row that no store has written");
}

function placed(place: string, read: readonly StoredEvent[]): string {
  const last = read.at(-1);
  return last ? `${place}, after ${last.stream}@${last.revision} at position ${last.position}` : place;
}

// The columns stand in each statement, since SQL is never put together.
const statements = (database: Database) => ({
  head: prepared(database, "SELECT head FROM log"),
  stream: prepared(
    database,
    `SELECT s.name, e.position, e.revision, e.id, e.type, e.schema_version, e.recorded_at, e.metadata, e.data, e.salt
     FROM streams s CROSS JOIN events e ON e.stream = s.key
     WHERE s.name = ? AND e.revision >= ? ORDER BY e.revision LIMIT ?`,
  ),
  one: prepared(
    database,
    `SELECT s.name, e.position, e.revision, e.id, e.type, e.schema_version, e.recorded_at, e.metadata, e.data, e.salt
     FROM streams s CROSS JOIN events e ON e.stream = s.key
     WHERE s.name = ? AND e.revision = ?`,
  ),
  all: prepared(
    database,
    `SELECT s.name, e.position, e.revision, e.id, e.type, e.schema_version, e.recorded_at, e.metadata, e.data, e.salt
     FROM events e LEFT JOIN streams s ON s.key = e.stream
     WHERE e.position > ? AND e.position <= ? ORDER BY e.position LIMIT ?`,
  ),
  filtered: prepared(
    database,
    `SELECT s.name, e.position, e.revision, e.id, e.type, e.schema_version, e.recorded_at, e.metadata, e.data, e.salt
     FROM events e CROSS JOIN streams s ON s.key = e.stream
     WHERE e.position > ? AND e.position <= ? AND s.name >= ? AND s.name < ? ORDER BY e.position LIMIT ?`,
  ),
  blob: prepared(database, "SELECT bytes FROM blobs WHERE tenant = ? AND hash = ?"),
  hasBlob: prepared(database, "SELECT 1 FROM blobs WHERE tenant = ? AND hash = ?"),
});
