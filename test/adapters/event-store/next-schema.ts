// The store's tables as later versions may have them, and a process that is killed on the way there.
import { type Database, scalar } from "../../../src/adapters/event-store/driver.ts";
import { MIGRATIONS, type Schema, schemaOf } from "../../../src/adapters/event-store/schema.ts";

/** As migrations are written: a column that is filled from what is there, and an index over it. */
export const NEXT = [
  ...MIGRATIONS,
  "PRAGMA user_version = 2; ALTER TABLE events ADD COLUMN kind TEXT; UPDATE events SET kind = substr(type, 1, 3)",
  "PRAGMA user_version = 3; CREATE INDEX events_by_kind ON events (kind)",
];

/** From the first version on, one by one. */
const STATEMENTS = NEXT.slice(1).flatMap((migration) => migration.split("; "));

/** Moments at which the process is gone: before the copy, before a statement, after all of them, after the end. */
export const MOMENTS = ["uncopied", ...Array.from(STATEMENTS.keys(), String), "uncommitted", "done"];

const die = (): void => void process.kill(process.pid, "SIGKILL");

export const dieBeforeCopy = async (moment: string): Promise<void> =>
  moment === "uncopied" ? die() : undefined;

/** Brings the file up to date as the real one does, and is killed at that moment. */
export function dyingAt(moment: string): Schema {
  const schema = schemaOf(NEXT);
  return {
    ...schema,
    migrate: (database, path) => {
      if (moment === "done") schema.migrate(database, path);
      else halfWay(database, moment === "uncommitted" ? STATEMENTS.length : Number(moment));
      die();
    },
  };
}

/** With so small a cache that what was changed lies in the files already. */
function halfWay(database: Database, statements: number): void {
  database.exec("PRAGMA cache_size = 2; BEGIN EXCLUSIVE");
  for (const statement of STATEMENTS.slice(0, statements)) database.exec(statement);
}

/** Every value of every table that the first version has, byte for byte. */
export const everything = (database: Database): readonly unknown[] =>
  [
    "SELECT json_group_array(json_array(key, name, head)) FROM streams",
    "SELECT json_group_array(json_array(tenant, hash, hex(bytes))) FROM (SELECT * FROM blobs ORDER BY tenant, hash)",
    `SELECT json_group_array(json_array(position, stream, revision, id, type, schema_version, recorded_at,
       hex(metadata), hex(data), hex(salt))) FROM (SELECT * FROM events ORDER BY position)`,
    "SELECT head FROM log",
  ].map((sql) => scalar(database, sql));
