// Small files that are nobody else's: read only where others may not touch them, and replaced as a whole or not at all.
import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { GleitzeitError } from "../../domain/index.ts";

/** For the owner alone. */
const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;
/** No secret is that large. */
const MOST_BYTES = 64 * 1024 * 1024;

export type Access = "read" | "write";
/** What others than the owner must not be able to do. */
const FORBIDDEN: Readonly<Record<Access, number>> = { read: 0o077, write: 0o022 };

/** Undefined when there is no such file. AUTHORIZATION_FAILED when others may read it (or only write it). */
export async function readPrivate(file: string, forbidden: Access): Promise<Uint8Array | undefined> {
  try {
    const handle = await open(file, "r");
    try {
      const found = await handle.stat();
      if (!found.isFile()) throw refusal(`${file} is no file`);
      if ((found.mode & FORBIDDEN[forbidden]) !== 0) {
        const mode = (found.mode & 0o777).toString(8).padStart(4, "0");
        throw refusal(
          `others may ${forbidden} ${file} (its mode is ${mode}): \`chmod 600\` it, and rotate what was in it if somebody did`,
        );
      }
      if (found.size > MOST_BYTES) throw refusal(`${file} is too large to be what it should be`);
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw failure(error, file);
  }
}

/** Durable when it resolves; whoever reads meanwhile sees the whole old or the whole new file. */
export async function writePrivate(file: string, bytes: Uint8Array): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: PRIVATE_FOLDER });
    await written(draft, bytes);
    await rename(draft, file);
    await syncFolder(dirname(file));
  } catch (error) {
    throw failure(error, file);
  } finally {
    await rm(draft, { force: true });
  }
}

export async function renamePrivate(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
    await syncFolder(dirname(to));
  } catch (error) {
    throw failure(error, to);
  }
}

async function written(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, "wx", PRIVATE_FILE);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const refusal = (message: string): GleitzeitError => new GleitzeitError("AUTHORIZATION_FAILED", message);

export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

export function failure(error: unknown, file: string): GleitzeitError {
  if (error instanceof GleitzeitError) return error;
  const why = error instanceof Error ? error.message : String(error);
  const isForbidden = ["EACCES", "EPERM", "EROFS"].includes(codeOf(error) ?? "");
  return isForbidden
    ? new GleitzeitError("AUTHORIZATION_FAILED", `no permission for ${file}: ${why}`, { cause: error })
    : new GleitzeitError("PERSISTENCE_READ_FAILED", `${file}: ${why}`, { cause: error });
}
