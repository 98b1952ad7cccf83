// A long file that is there whole or not at all, written as its lines come.
import { randomUUID } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { GleitzeitError } from "../../domain/index.ts";

const CHUNK = 256 * 1024;

/** Readable by its owner only. A device or a pipe, such as /dev/stdout, is not for this. */
export async function streamed(
  path: string,
  source: AsyncIterable<string>,
): Promise<{ readonly lines: number; readonly bytes: number }> {
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  const handle = await open(draft, "wx", 0o600).catch((error: unknown) => {
    throw unwritable(path, error);
  });
  try {
    const counted = await written(handle, source);
    await handle.sync();
    await rename(draft, path);
    return counted;
  } catch (error) {
    if (error instanceof GleitzeitError) throw error;
    throw unwritable(path, error);
  } finally {
    await handle.close();
    await rm(draft, { force: true });
  }
}

async function written(handle: FileHandle, source: AsyncIterable<string>) {
  let [lines, bytes] = [0, 0];
  let pending: string[] = [];
  let length = 0;
  const flush = async (): Promise<void> => {
    const chunk = Buffer.from(pending.join(""));
    bytes += chunk.length;
    [pending, length] = [[], 0];
    await handle.writeFile(chunk);
  };
  for await (const line of source) {
    pending.push(line);
    length += line.length;
    lines += 1;
    if (length > CHUNK) await flush();
  }
  await flush();
  return { lines, bytes };
}

const unwritable = (path: string, error: unknown): GleitzeitError =>
  new GleitzeitError(
    "PERSISTENCE_WRITE_FAILED",
    `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    { cause: error },
  );
