// What SQLite reports, as the errors that users see: what happened, to which file, and what helps.
import { type ErrorCode, GleitzeitError } from "../../domain/index.ts";
import { VersionConflict } from "../../engine/ports/index.ts";
import { storeClosed } from "./closed.ts";

const BUSY = 5;
const LOCKED = 6;
const CONSTRAINT_PRIMARYKEY = 1555;
const CONSTRAINT_UNIQUE = 2067;
const READONLY_DBMOVED = 1032;
const IOERR_SHMSIZE = 4874;

/** `open`: the file is being opened; `write` and `read`: it stands open. */
export type Doing = "open" | "write" | "read";

/** SQLite's own words for its codes; the driver from npm keeps back the code of what fails while rows are read. */
const BY_MESSAGE: Readonly<Record<string, number>> = {
  "database is locked": 5,
  "database table is locked": 6,
  "attempt to write a readonly database": 8,
  "disk I/O error": 10,
  "database disk image is malformed": 11,
  "database or disk is full": 13,
  "unable to open database file": 14,
  "file is not a database": 26,
};

/** SQLite's extended result code; undefined for what is no error of SQLite. */
export function errcodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("code" in error) || error.code !== "ERR_SQLITE_ERROR") return undefined;
  return "errcode" in error && typeof error.errcode === "number" ? error.errcode : BY_MESSAGE[error.message];
}

const primary = (errcode: number): number => errcode & 0xff;

export function isBusy(error: unknown): boolean {
  const code = errcodeOf(error);
  return code !== undefined && [BUSY, LOCKED].includes(primary(code));
}

export const isDuplicate = (error: unknown): boolean =>
  [CONSTRAINT_PRIMARYKEY, CONSTRAINT_UNIQUE].includes(errcodeOf(error) ?? 0);

export const isReadOnly = (error: unknown): boolean => primary(errcodeOf(error) ?? 0) === 8;

export const isDamage = (error: unknown): boolean => [11, 26].includes(primary(errcodeOf(error) ?? 0));

const FAILED: Readonly<Record<Doing, ErrorCode>> = {
  open: "PERSISTENCE_CONNECTION_FAILED",
  write: "PERSISTENCE_WRITE_FAILED",
  read: "PERSISTENCE_READ_FAILED",
};

/** `where` is added to damage: what was being read when it was met. */
export function sqliteFailure(error: unknown, path: string, doing: Doing, where = ""): Error {
  if (error instanceof GleitzeitError || error instanceof VersionConflict) return error;
  if (error instanceof Error && "code" in error && error.code === "ERR_INVALID_STATE") return storeClosed();
  const errcode = errcodeOf(error);
  const [code, message] =
    errcode === undefined ? [FAILED[doing], undefined] : explained(errcode, path, doing, where);
  const reason = error instanceof Error ? error.message : String(error);
  return new GleitzeitError(code, message ?? `${path}: ${reason}`, {
    cause: error,
    details: { path, ...(errcode !== undefined && { sqlite: errcode }) },
  });
}

function explained(
  errcode: number,
  path: string,
  doing: Doing,
  where: string,
): readonly [ErrorCode, string?] {
  if (errcode === READONLY_DBMOVED) {
    return [
      "PERSISTENCE_WRITE_FAILED",
      `${path} was moved or deleted while it was open; put it back and start again`,
    ];
  }
  if (errcode === IOERR_SHMSIZE) return noSpace(path);
  switch (primary(errcode)) {
    case BUSY:
    case LOCKED:
      return [
        "PERSISTENCE_CONNECTION_FAILED",
        `${path} is held by another process that does not let go; end it, or try again`,
      ];
    case 3: // PERM
    case 23: // AUTH
      return [
        "AUTHORIZATION_FAILED",
        `${path} may not be used by this user; change its owner or permissions`,
      ];
    case 8: // READONLY
      return [
        "PERSISTENCE_WRITE_FAILED",
        `${path} cannot be written: the file, its folder or its file system is read-only; nothing was written`,
      ];
    case 10: // IOERR
      return [
        FAILED[doing],
        `the device of ${path} failed (SQLite error ${errcode}); look at the system's log`,
      ];
    case 11: // CORRUPT
      return damaged(path, where);
    case 13: // FULL
      return noSpace(path);
    case 14: // CANTOPEN
      return [
        FAILED[doing],
        `${path}, or the files -wal and -shm beside it, cannot be opened; check the folder and its permissions`,
      ];
    case 26: // NOTADB
      return notOurs(path);
    default:
      return [FAILED[doing]];
  }
}

const noSpace = (path: string): readonly [ErrorCode, string] => [
  "PERSISTENCE_WRITE_FAILED",
  `no space left for ${path}; nothing was written. Free space on its device and repeat`,
];

const damaged = (path: string, where: string): readonly [ErrorCode, string] => [
  "PERSISTENCE_INTEGRITY_ERROR",
  `${path} is damaged${where && ` ${where}`}; nothing was repaired. Keep a copy and restore a backup`,
];

const notOurs = (path: string): readonly [ErrorCode, string] => [
  "PERSISTENCE_INTEGRITY_ERROR",
  `${path} is not a store of Gleitzeit, and was left as it is; name another file`,
];

export function damage(path: string, where: string, cause?: unknown): GleitzeitError {
  const [code, message] = damaged(path, where);
  return new GleitzeitError(code, message, { ...(cause !== undefined && { cause }), details: { path } });
}

export function foreignFile(path: string): GleitzeitError {
  const [code, message] = notOurs(path);
  return new GleitzeitError(code, message, { details: { path } });
}
