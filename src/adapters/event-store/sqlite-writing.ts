// What happens inside a write transaction.
//
// 1. Positions and the heads of streams are known in memory, so an append asks the file nothing.
// 2. What is known holds as long as only this connection commits: each transaction first looks whether another
//    one has (data_version), and then forgets.
// 3. A refused append undoes its own rows, which are always the last ones: no savepoint for the many that succeed.
// 4. After a rollback everything is forgotten, since some of it was learnt from what is gone.
import type { Revision, StreamName } from "../../domain/index.ts";
import { type Appended, type Blob, type NewEvent, VersionConflict } from "../../engine/ports/index.ts";
import { type Database, firstOf, prepared, type Row } from "./driver.ts";
import { recent } from "./recent.ts";
import { rowOf } from "./row-codec.ts";
import { isDuplicate } from "./sqlite-failure.ts";
import { tenantOfStream } from "./tenant-of-stream.ts";

type Expected = Revision | "none";
type Head = { readonly key: number; readonly revision: Revision };

const KNOWN_STREAMS = 20_000;

export type Writing = {
  /** True if another connection has committed since the transaction before. */
  begin(): boolean;
  commit(): void;
  rollback(): void;
  append(stream: StreamName, expected: Expected, events: readonly NewEvent[]): Appended;
  put(tenant: string, blob: Blob): void;
  /** Learns what other connections have committed; false if nothing. */
  refresh(): boolean;
  /** The last position that is known to stand. */
  head(): number;
};

export function sqliteWriting(database: Database): Writing {
  const sql = statements(database);
  const heads = recent<StreamName, Head>(KNOWN_STREAMS);
  let version: unknown;
  let committed = 0;
  let position = 0;
  let othersWrote = false;

  function refresh(): boolean {
    const now = firstOf(sql.dataVersion);
    if (now === version) return false;
    heads.clear();
    committed = position = Number(firstOf(sql.logHead));
    version = now;
    othersWrote = true;
    return true;
  }

  function headOf(stream: StreamName): Head | undefined {
    const known = heads.get(stream);
    if (known) return known;
    const row = sql.streamHead.get(stream);
    if (!row) return undefined;
    const head = { key: Number(row[0]), revision: Number(row[1]) };
    heads.set(stream, head);
    return head;
  }

  function append(stream: StreamName, expected: Expected, events: readonly NewEvent[]): Appended {
    const head = headOf(stream);
    const next = expected === "none" ? 0 : expected + 1;
    if ((head ? head.revision + 1 : 0) !== next) return standing(stream, expected, events);

    const revision = next + events.length - 1;
    const key = head?.key ?? Number(sql.addStream.run(stream, revision).lastInsertRowid);
    try {
      events.forEach((event, i) => sql.addEvent.run(...rowOf(position + 1 + i, key, next + i, event)));
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      sql.removeAfter.run(position);
      if (!head) sql.removeStream.run(key);
      throw new VersionConflict(stream, expected);
    }
    if (head) sql.moveHead.run(revision, key);
    heads.set(stream, { key, revision });
    position += events.length;
    for (const event of events) event.blobs?.forEach((blob) => put(tenantOfStream(stream), blob));
    return { revision, position: BigInt(position) };
  }

  /** The answer that an append had the first time, if all of it stands where it would go. */
  function standing(stream: StreamName, expected: Expected, events: readonly NewEvent[]): Appended {
    const next = expected === "none" ? 0 : expected + 1;
    const found = sql.standing.all(stream, next, next + events.length - 1).map(placeOf);
    const last = found.at(-1);
    if (!last || found.length < events.length || events.some(({ id }, i) => found[i]?.id !== id)) {
      throw new VersionConflict(stream, expected);
    }
    return { revision: last.revision, position: last.position };
  }

  function put(tenant: string, blob: Blob): void {
    sql.addBlob.run(tenant, blob.hash, blob.bytes);
  }

  refresh();
  othersWrote = false;
  return {
    append,
    put,
    refresh,
    head: () => committed,
    begin() {
      sql.begin.run();
      try {
        refresh();
      } catch (error) {
        sql.rollback.run();
        throw error;
      }
      const tookOver = othersWrote;
      othersWrote = false;
      return tookOver;
    },
    commit() {
      if (position !== committed) sql.moveLogHead.run(position);
      sql.commit.run();
      committed = position;
    },
    rollback() {
      heads.clear();
      position = committed;
      if (database.isTransaction) sql.rollback.run();
    },
  };
}

const placeOf = ([revision, position, id]: Row): Appended & { readonly id: unknown } => ({
  revision: Number(revision),
  position: BigInt(Number(position)),
  id,
});

const statements = (database: Database) => ({
  begin: prepared(database, "BEGIN IMMEDIATE"),
  commit: prepared(database, "COMMIT"),
  rollback: prepared(database, "ROLLBACK"),
  dataVersion: prepared(database, "PRAGMA data_version"),
  logHead: prepared(database, "SELECT head FROM log"),
  moveLogHead: prepared(database, "UPDATE log SET head = ?"),
  streamHead: prepared(database, "SELECT key, head FROM streams WHERE name = ?"),
  addStream: prepared(database, "INSERT INTO streams (name, head) VALUES (?, ?)"),
  moveHead: prepared(database, "UPDATE streams SET head = ? WHERE key = ?"),
  removeStream: prepared(database, "DELETE FROM streams WHERE key = ?"),
  addEvent: prepared(database, "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
  removeAfter: prepared(database, "DELETE FROM events WHERE position > ?"),
  standing: prepared(
    database,
    `SELECT e.revision, e.position, e.id FROM streams s JOIN events e ON e.stream = s.key
     WHERE s.name = ? AND e.revision BETWEEN ? AND ? ORDER BY e.revision`,
  ),
  addBlob: prepared(
    database,
    "INSERT INTO blobs (tenant, hash, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
  ),
});
