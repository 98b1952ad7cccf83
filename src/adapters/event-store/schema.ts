// The store's tables, and how a file gets them. A migration that was released is never changed.
import { GleitzeitError } from "../../domain/index.ts";
import { type Database, scalar } from "./driver.ts";
import { foreignFile } from "./sqlite-failure.ts";

/** "Gltz", in the header of every file of ours. */
const APPLICATION_ID = 0x476c747a;

/** The migration at index n leads from version n to n + 1, and says so in the file itself. */
export const MIGRATIONS: readonly string[] = [
  `
  PRAGMA application_id = 0x476c747a;
  PRAGMA user_version = 1;

  -- The last position ever given, so that none recurs when events are removed.
  CREATE TABLE log (head INTEGER NOT NULL) STRICT;
  INSERT INTO log VALUES (0);

  -- A stream's head outlives its events, so that no revision recurs.
  CREATE TABLE streams (key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, head INTEGER NOT NULL) STRICT;

  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL REFERENCES streams (key),
    revision INTEGER NOT NULL,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    schema_version INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    metadata BLOB NOT NULL,
    data BLOB NOT NULL,
    salt BLOB NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;

  CREATE TABLE blobs (tenant TEXT NOT NULL, hash TEXT NOT NULL, bytes BLOB NOT NULL, UNIQUE (tenant, hash)) STRICT;
  `,
];

const versionOf = (database: Database): number => Number(scalar(database, "PRAGMA user_version"));

export const isOurs = (database: Database): boolean =>
  scalar(database, "PRAGMA application_id") === APPLICATION_ID;

const isUntouched = (database: Database): boolean =>
  scalar(database, "PRAGMA application_id") === 0 &&
  scalar(database, "PRAGMA user_version") === 0 &&
  scalar(database, "SELECT count(*) FROM sqlite_schema") === 0;

export type Schema = {
  /** The version that this program writes. */
  readonly known: number;
  /** Of the file, if this program knows it. */
  readonly versionOf: (database: Database, path: string) => number;
  readonly isCurrent: (database: Database) => boolean;
  /**
   * Brings the file to the current version, in one transaction: a process that dies meanwhile leaves it as it was.
   * Throws SQLITE_BUSY while another process is at it.
   */
  readonly migrate: (database: Database, path: string) => void;
  /** Throws where the tables are not those that the statements are made for. */
  readonly check: (database: Database, path: string) => void;
};

export function schemaOf(migrations: readonly string[]): Schema {
  const known = migrations.length;

  function refuseNewer(version: number, path: string): void {
    if (version <= known) return;
    throw mismatch(path, version, known, "a newer", `this one knows ${known}); update this one`);
  }

  return {
    known,
    versionOf: (database, path) => {
      const version = versionOf(database);
      refuseNewer(version, path);
      return version;
    },
    isCurrent: (database) => isOurs(database) && versionOf(database) === known,
    migrate: (database, path) => {
      database.exec("BEGIN EXCLUSIVE");
      try {
        if (!isOurs(database) && !isUntouched(database)) throw foreignFile(path);
        const version = versionOf(database);
        refuseNewer(version, path);
        for (const migration of migrations.slice(version)) database.exec(migration);
        if (versionOf(database) !== known) throw new Error(`the migrations do not lead to version ${known}`);
        database.exec("COMMIT");
      } catch (error) {
        if (database.isTransaction) database.exec("ROLLBACK");
        throw error;
      }
    },
    check: (database, path) => {
      const version = versionOf(database);
      refuseNewer(version, path);
      if (version === known) return;
      const remedy = `this one reads ${known}); \`gleitzeit store migrate\` brings it up to date, and so does whatever writes there`;
      throw mismatch(path, version, known, "an older", remedy);
    },
  };
}

export const SCHEMA = schemaOf(MIGRATIONS);

/** For whoever does not look at the tables: a copy of an older store is one of an older store. */
export const anyOlder = (schema: Schema): Schema => ({
  ...schema,
  check: (database, path) => void schema.versionOf(database, path),
});

function mismatch(
  path: string,
  schema: number,
  known: number,
  which: "a newer" | "an older",
  remedy: string,
): GleitzeitError {
  return new GleitzeitError(
    "PERSISTENCE_READ_FAILED",
    `${path} was written by ${which} Gleitzeit (schema ${schema}, ${remedy}`,
    { details: { path, schema, known } },
  );
}
