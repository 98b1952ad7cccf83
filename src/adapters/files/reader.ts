// Reads located files, each once, all of them together up to a limit.
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { GleitzeitError } from "../../domain/index.ts";
import type { Captured } from "../../engine/ports/index.ts";
import type { Located } from "./roots.ts";

export type Reader = {
  readonly read: (file: Located) => Promise<Captured>;
  /** Refuses before reading what is too much by its sizes. */
  readonly reserve: (files: readonly Located[]) => void;
};

export function reader(maxBytes: number): Reader {
  const seen = new Map<string, Promise<Captured>>();
  let left = maxBytes;
  const take = (bytes: number, path: string): void => {
    left -= bytes;
    if (left < 0) throw tooMuch(path, maxBytes);
  };
  return {
    read(file) {
      const known = seen.get(file.path) ?? captured(file, maxBytes, take);
      seen.set(file.path, known);
      return known;
    },
    reserve(files) {
      let sum = 0;
      for (const { path, size } of files) {
        sum += seen.has(path) ? 0 : size;
        if (sum > left) throw tooMuch(path, maxBytes);
      }
    },
  };
}

const tooMuch = (path: string, maxBytes: number): GleitzeitError =>
  new GleitzeitError(
    "RESOURCE_EXHAUSTED",
    `with ${path} the files of one call are larger than ${maxBytes} bytes together: name fewer or smaller ones`,
  );

async function captured(
  { path, real }: Located,
  most: number,
  take: (bytes: number, path: string) => void,
): Promise<Captured> {
  const handle = await opened(real, path);
  try {
    const bytes = await contents(handle, most + 1, path);
    take(bytes.length, path);
    const hash = `sha256-${createHash("sha256").update(bytes).digest("hex")}`;
    return { file: { path, hash, size: bytes.length }, bytes };
  } finally {
    await handle.close();
  }
}

/** The place was checked with its links followed: one that became a link since is not followed. */
async function opened(real: string, path: string): Promise<FileHandle> {
  try {
    return await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    const isForbidden = code === "EACCES" || code === "EPERM";
    const why = isForbidden ? "may not be read" : "was changed while it was captured";
    throw new GleitzeitError(
      isForbidden ? "AUTHORIZATION_FAILED" : "TASK_PARAMETER_ERROR",
      `${path} ${why}`,
      { cause },
    );
  }
}

async function contents(handle: FileHandle, most: number, path: string): Promise<Uint8Array> {
  const status = await handle.stat();
  if (!status.isFile()) throw new GleitzeitError("TASK_PARAMETER_ERROR", `${path} is not a regular file`);
  let buffer = Buffer.alloc(Math.min(status.size + 1, most));
  let length = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length);
    length += bytesRead;
    if (bytesRead === 0 || length === most) return buffer.subarray(0, length);
    if (length === buffer.length) buffer = Buffer.concat([buffer], Math.min(2 * buffer.length, most));
  }
}
