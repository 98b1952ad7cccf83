// Where tiles lie: in a folder beside the store, or in memory beside one that lives there.
import { constants } from "node:fs";
import { mkdir, open, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { GleitzeitError } from "../../domain/index.ts";

export type TileStore = {
  /** Where an operator finds them. */
  readonly place: string;
  /** Shorter where the file ends before, empty where there is none. */
  readonly read: (name: string, from: number, length: number) => Promise<Uint8Array>;
  /** Once it resolves the memory of these bytes is used for others. */
  readonly write: (name: string, from: number, bytes: Uint8Array) => Promise<void>;
  /** Resolves once everything that was written outlives a power failure. */
  readonly sync: () => Promise<void>;
};

/** How files come to a disk. */
export type FileWriting = {
  /** With those above it. */
  readonly folder: (path: string) => Promise<void>;
  /** Into one that is there or is made; its folder is there, or it fails with ENOENT. */
  readonly write: (path: string, from: number, bytes: Uint8Array) => Promise<void>;
};

export const FOLDER_MODE = 0o700;
export const FILE_MODE = 0o600;
export const WRITING = constants.O_RDWR | constants.O_CREAT;

const waited: FileWriting = {
  folder: async (path) => {
    await mkdir(path, { recursive: true, mode: FOLDER_MODE });
  },
  write: async (path, from, bytes) => {
    const handle = await open(path, WRITING, FILE_MODE);
    try {
      // A disk that is nearly full takes a part, and refuses the next.
      for (let done = 0; done < bytes.length; )
        done += (await handle.write(bytes, done, bytes.length - done, from + done)).bytesWritten;
    } finally {
      await handle.close();
    }
  },
};

const NOTHING = new Uint8Array(0);
const codeOf = (error: unknown): unknown =>
  error instanceof Error && "code" in error ? error.code : undefined;

/**
 * Writing the same bytes to the same place twice changes nothing, so processes that fill the same tiles at once do each
 * other no harm. Nothing is synced: what a power failure takes is made again from the log.
 */
export function tileFiles(folder: string, writing: FileWriting = waited): TileStore {
  const made = new Set<string>();
  const failure = (error: unknown, name: string): GleitzeitError =>
    new GleitzeitError(
      "PERSISTENCE_WRITE_FAILED",
      `${join(folder, name)}: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );

  async function write(name: string, from: number, bytes: Uint8Array): Promise<void> {
    const file = join(folder, name);
    const above = dirname(file);
    try {
      if (made.has(above)) {
        try {
          return await writing.write(file, from, bytes);
        } catch (error) {
          if (codeOf(error) !== "ENOENT") throw error; // else somebody has taken the folder away
        }
      }
      await writing.folder(above);
      made.add(above);
      await writing.write(file, from, bytes);
    } catch (error) {
      throw failure(error, name);
    }
  }

  async function read(name: string, from: number, length: number): Promise<Uint8Array> {
    try {
      const handle = await open(join(folder, name), "r");
      try {
        const { size } = await handle.stat(); // who does not know how long it is asks for the most that it can be
        const buffer = new Uint8Array(Math.min(length, Math.max(0, size - from)));
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
        return buffer.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    } catch (error) {
      if (codeOf(error) === "ENOENT") return NOTHING;
      throw failure(error, name);
    }
  }

  async function sync(): Promise<void> {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const handle = await open(join(entry.parentPath, entry.name), "r");
      await handle.sync().finally(() => handle.close());
    }
  }

  return { place: folder, read, write, sync };
}

export function memoryTiles(): TileStore {
  const files = new Map<string, Uint8Array>();
  return {
    place: "memory",
    read: async (name, from, length) => (files.get(name) ?? NOTHING).slice(from, from + length),
    write: async (name, from, bytes) => {
      const before = files.get(name) ?? NOTHING;
      const after = new Uint8Array(Math.max(before.length, from + bytes.length));
      after.set(before);
      after.set(bytes, from);
      files.set(name, after);
    },
    sync: async () => undefined,
  };
}
