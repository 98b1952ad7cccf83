// The SQLite that this process uses: Node's own where it is recent enough, else the same API from npm.
import { builtinModules, createRequire } from "node:module";
import { GleitzeitError } from "../../domain/index.ts";

export type Value = null | number | bigint | string | Uint8Array;

export type Row = readonly unknown[];

/** Rows are arrays because `prepared` asks for them. */
export interface Statement {
  readonly sourceSQL: string;
  run(...values: readonly Value[]): { readonly lastInsertRowid: number | bigint };
  get(...values: readonly Value[]): Row | undefined;
  all(...values: readonly Value[]): readonly Row[];
  iterate(...values: readonly Value[]): Iterable<Row>;
  setReturnArrays(enabled: boolean): void;
}

export interface Database {
  readonly isTransaction: boolean;
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

type OpenOptions = { readonly readOnly?: boolean; readonly timeout?: number };
export type Driver = {
  readonly DatabaseSync: new (location: string | URL, options?: OpenOptions) => Database;
};

/** Older ones may lose commits in silence when one connection restarts the WAL while another checkpoints it. */
const OLDEST = [3, 51, 3] as const;

let loaded: Promise<Driver> | undefined;

export function sqliteDriver(): Promise<Driver> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Driver> {
  // Listed from Node 23.5 on; before that it is an experiment that warns on stderr.
  const own: unknown = builtinModules.includes("node:sqlite")
    ? createRequire(import.meta.url)("node:sqlite")
    : undefined;
  if (isDriver(own) && isRecent(versionOf(own))) return own;

  const driver: Driver = await import("@photostructure/sqlite");
  const version = versionOf(driver);
  if (isRecent(version)) return driver;
  throw new GleitzeitError(
    "PERSISTENCE_READ_FAILED",
    `SQLite ${version} is too old to be trusted with a log: ${OLDEST.join(".")} or newer is needed; reinstall`,
  );
}

const isDriver = (module: unknown): module is Driver =>
  typeof module === "object" &&
  module !== null &&
  "DatabaseSync" in module &&
  typeof module.DatabaseSync === "function";

function versionOf(driver: Driver): string {
  const database = new driver.DatabaseSync(":memory:");
  try {
    return String(scalar(database, "SELECT sqlite_version()"));
  } finally {
    database.close();
  }
}

/** Of the SQLite in use. */
export const sqliteVersion = async (): Promise<string> => versionOf(await sqliteDriver());

export function isRecent(version: string): boolean {
  const parts = version.split(".").map(Number);
  const different = OLDEST.findIndex((oldest, i) => oldest !== parts[i]);
  return different === -1 || (parts[different] ?? 0) > (OLDEST[different] ?? 0);
}

export function prepared(database: Database, sql: string): Statement {
  const statement = database.prepare(sql);
  statement.setReturnArrays(true);
  return statement;
}

/** The first column of the first row. */
export const firstOf = (statement: Statement, ...values: readonly Value[]): unknown =>
  statement.get(...values)?.[0];

/** For statements that run once. */
export const scalar = (database: Database, sql: string): unknown => firstOf(prepared(database, sql));
