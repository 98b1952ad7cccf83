// One secret in one file: made once, by whoever comes first, and durable before anybody uses it.
import { randomBytes, randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { GleitzeitError } from "../../domain/index.ts";

const KEY_BYTES = 32;

/** Undefined when there is no such file. */
export async function readKey(file: string): Promise<Uint8Array | undefined> {
  const bytes = await readFile(file).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return undefined;
    throw fileFailure(error, file);
  });
  if (bytes === undefined || bytes.length === KEY_BYTES) return bytes;
  throw new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `${file} has ${bytes.length} bytes and a key has ${KEY_BYTES}: put it back from a backup`,
  );
}

/** Of several processes that make it at once one wins, and all use the winner's. */
export async function madeKey(file: string): Promise<Uint8Array> {
  await writeFirst(file, randomBytes(KEY_BYTES));
  const made = await readKey(file);
  if (made) return made;
  throw new GleitzeitError("PERSISTENCE_WRITE_FAILED", `${file} was just written and is gone`);
}

/** What stands there already stays. */
export async function writeFirst(file: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(file);
  const draft = `${file}.${randomUUID()}`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeDurably(draft, bytes);
    await link(draft, file).catch((error: unknown) => {
      if (codeOf(error) !== "EEXIST") throw error;
    });
    await syncFolder(folder);
  } catch (error) {
    throw fileFailure(error, file);
  } finally {
    await rm(draft, { force: true });
  }
}

export async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, "wx", 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

export function fileFailure(error: unknown, file: string): GleitzeitError {
  const code = codeOf(error);
  const why = error instanceof Error ? error.message : String(error);
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
    return new GleitzeitError("AUTHORIZATION_FAILED", `no permission for ${file}: ${why}`, { cause: error });
  }
  return new GleitzeitError("PERSISTENCE_WRITE_FAILED", `${file}: ${why}`, { cause: error });
}
