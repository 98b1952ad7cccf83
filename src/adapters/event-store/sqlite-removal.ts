// Taking events and blobs out of the file, inside write transactions like any other. Pages that held them are overwritten
// (`secure_delete`), and the -wal is emptied.
import type { Position, Revision, StreamName } from "../../domain/index.ts";
import type { NamedIn, Removal } from "../../engine/ports/index.ts";
import { type Database, firstOf, prepared } from "./driver.ts";
import type { GroupCommit, Weight } from "./group-commit.ts";
import { tenantOfStream } from "./tenant-of-stream.ts";

/** Others write in between. */
const AT_ONCE = 1000;
const FULL: Weight = { events: AT_ONCE, bytes: 0 };

export type RemovalParts = {
  readonly database: Database;
  readonly commits: Pick<GroupCommit, "idle">;
  readonly writes: <T>(check: () => void, weight: Weight, work: () => T) => Promise<T>;
};

export function sqliteRemoval({ database, commits, writes }: RemovalParts): Removal {
  const sql = statements(database);
  const write = <T>(work: () => T): Promise<T> => writes(() => undefined, FULL, work);

  const removeSome = (stream: StreamName, before: Revision): number => {
    const key = firstOf(sql.key, stream);
    const first = key === undefined ? undefined : firstOf(sql.first, Number(key));
    if (typeof first !== "number" || first >= before) return 0;
    sql.removeEvents.run(Number(key), Math.min(before, first + AT_ONCE));
    return Number(firstOf(sql.changes));
  };

  /** In the same transaction as the removal, so that nobody names one of them in between. */
  const namedAfter = (tenant: string, after: Position | "start", named: NamedIn): ReadonlySet<string> => {
    const found = new Set<string>();
    const read = (hash: string): Uint8Array | undefined => {
      const bytes = firstOf(sql.blob, tenant, hash);
      return bytes instanceof Uint8Array ? bytes : undefined;
    };
    for (const [name, data] of sql.after.iterate(after === "start" ? 0 : Number(after))) {
      if (!isStreamOf(name, tenant) || !(data instanceof Uint8Array)) continue;
      for (const hash of named(data, read)) found.add(hash);
    }
    return found;
  };

  return {
    truncate: async (stream, before) => {
      for (let removed = 0; ; ) {
        const some = await write(() => removeSome(stream, before));
        if (some === 0) return removed;
        removed += some;
      }
    },
    removeBlobs: (tenant, hashes, after, named) =>
      write(() => {
        const inUse = namedAfter(tenant, after, named);
        return hashes.filter((hash) => {
          if (inUse.has(hash)) return false;
          sql.removeBlob.run(tenant, hash);
          return Number(firstOf(sql.changes)) > 0;
        }).length;
      }),
    scrub: async () => {
      await commits.idle();
      // Somebody who reads the old pages still holds them; whoever comes next empties it.
      database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    },
  };
}

const isStreamOf = (name: unknown, tenant: string): boolean =>
  typeof name === "string" && tenantOfStream(name) === tenant;

const statements = (database: Database) => ({
  key: prepared(database, "SELECT key FROM streams WHERE name = ?"),
  first: prepared(database, "SELECT min(revision) FROM events WHERE stream = ?"),
  removeEvents: prepared(database, "DELETE FROM events WHERE stream = ? AND revision < ?"),
  removeBlob: prepared(database, "DELETE FROM blobs WHERE tenant = ? AND hash = ?"),
  blob: prepared(database, "SELECT bytes FROM blobs WHERE tenant = ? AND hash = ?"),
  changes: prepared(database, "SELECT changes()"),
  after: prepared(
    database,
    "SELECT s.name, e.data FROM events e JOIN streams s ON s.key = e.stream WHERE e.position > ?",
  ),
});
