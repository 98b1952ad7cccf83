// The file itself, before SQLite sees it: where it is, whether it may be used, and that a new one is private.
//
// Nothing here opens a file that may already be open: closing any descriptor of a file drops all locks that this
// process holds on it, those of a running store included.
import { statSync } from "node:fs";
import { access, constants, mkdir, open, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { type ErrorCode, GleitzeitError } from "../../domain/index.ts";

export type StoreFile = { readonly path: string; readonly readOnly: boolean };

/** Leaves a regular file in place, or says why there is none. A new one is empty and readable by its owner only. */
export async function checkStoreFile({ path, readOnly }: StoreFile): Promise<void> {
  try {
    if (!(await exists(path))) {
      if (readOnly)
        throw refused("PERSISTENCE_CONNECTION_FAILED", path, "does not exist; name a store that does");
      await createEmpty(path);
    }
    await access(path, readOnly ? constants.R_OK : constants.R_OK | constants.W_OK);
    // SQLite keeps its -wal and -shm files beside the store.
    if (!readOnly) await access(dirname(path), constants.W_OK | constants.X_OK);
  } catch (error) {
    throw fileFailure(error, path);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    const found = await stat(path);
    if (found.isFile()) return true;
    const kind = found.isDirectory() ? "is a folder" : "is no regular file";
    throw refused("CONFIGURATION_ERROR", path, `${kind}; name a file, ${path}/gleitzeit.db for example`);
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return false;
    throw error;
  }
}

async function createEmpty(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    const file = await open(path, "wx", 0o600);
    await file.close();
  } catch (error) {
    if (errnoOf(error) !== "EEXIST") throw error; // else another process was faster
  }
}

/** To the byte: SQLite takes a file of a single one for an empty one, and writes over it. */
export const isEmpty = async (path: string): Promise<boolean> => (await stat(path)).size === 0;

/**
 * Throws once the path no longer leads to the file it led to: what is written then is acknowledged by SQLite in WAL
 * mode, and gone with the process.
 */
export async function standingAt(path: string): Promise<() => void> {
  const { dev, ino } = await stat(path);
  return () => {
    const now = statSync(path, { throwIfNoEntry: false });
    if (now?.dev === dev && now.ino === ino) return;
    throw refused(
      "PERSISTENCE_WRITE_FAILED",
      path,
      "was moved or deleted while it was open; put it back and start again",
    );
  };
}

/** Whether SQLite has left work beside the file that only it can take up: a journal to roll back, a WAL to read. */
export async function hasBeside(path: string, suffix: "-journal" | "-wal"): Promise<boolean> {
  try {
    return (await stat(`${path}${suffix}`)).size > 0;
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return false;
    throw fileFailure(error, path);
  }
}

export const errnoOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

/** By the system's name of the error: our code, what happened to the path, what helps. */
const EXPLAINED: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  EACCES: [
    "AUTHORIZATION_FAILED",
    "may not be used by this user; change its permissions or those of its folder",
  ],
  EPERM: [
    "AUTHORIZATION_FAILED",
    "may not be used by this user; change its permissions or those of its folder",
  ],
  EROFS: ["PERSISTENCE_WRITE_FAILED", "is on a read-only file system; name another place"],
  ENOSPC: ["PERSISTENCE_WRITE_FAILED", "cannot be created: no space left on its device"],
  EDQUOT: ["PERSISTENCE_WRITE_FAILED", "cannot be created: this user's share of the device is used up"],
  ENOTDIR: ["CONFIGURATION_ERROR", "leads through a file as if it were a folder; name another place"],
  EEXIST: ["CONFIGURATION_ERROR", "leads through a file as if it were a folder; name another place"],
};

export function fileFailure(error: unknown, path: string): Error {
  if (error instanceof GleitzeitError) return error;
  const [code, why] = EXPLAINED[errnoOf(error) ?? ""] ?? [
    "PERSISTENCE_CONNECTION_FAILED",
    `cannot be reached: ${error instanceof Error ? error.message : String(error)}`,
  ];
  return refused(code, path, why, error);
}

const refused = (code: ErrorCode, path: string, why: string, cause?: unknown): GleitzeitError =>
  new GleitzeitError(code, `${path} ${why}`, { ...(cause !== undefined && { cause }), details: { path } });
