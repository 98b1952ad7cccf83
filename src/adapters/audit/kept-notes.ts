// The newest checkpoint of each log, outside of every store: who puts an old store back does not put this back with it.
import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { GleitzeitError } from "../../domain/index.ts";

export type KeptNotes = {
  readonly fileOf: (origin: string) => string;
  readonly read: (origin: string) => Promise<string | undefined>;
  readonly write: (origin: string, note: string) => Promise<void>;
  /** Out of the way, and still there for whoever asks what was given up. */
  readonly setAside: (origin: string, as: string) => Promise<void>;
};

export function keptNotes(folder: string): KeptNotes {
  const fileOf = (origin: string): string => join(folder, encodeURIComponent(origin));
  return {
    fileOf,
    read: (origin) =>
      readFile(fileOf(origin), "utf8").catch((error: unknown) => {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
        throw failure(error, fileOf(origin));
      }),
    write: async (origin, note) => {
      const file = fileOf(origin);
      const part = `${file}.${randomBytes(6).toString("hex")}.part`;
      try {
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        const handle = await open(part, "wx", 0o600);
        await handle.writeFile(note);
        await handle.sync().finally(() => handle.close());
        await rename(part, file);
      } catch (error) {
        throw failure(error, file);
      }
    },
    setAside: async (origin, as) => {
      try {
        await rename(fileOf(origin), `${fileOf(origin)}.${as}`);
      } catch (error) {
        throw failure(error, fileOf(origin));
      }
    },
  };
}

/** Beside a store that nobody can put back. */
export function memoryNotes(): KeptNotes {
  const notes = new Map<string, string>();
  return {
    fileOf: (origin) => `memory/${origin}`,
    read: async (origin) => notes.get(origin),
    write: async (origin, note) => void notes.set(origin, note),
    setAside: async (origin) => void notes.delete(origin),
  };
}

const failure = (error: unknown, file: string): GleitzeitError =>
  new GleitzeitError(
    "PERSISTENCE_WRITE_FAILED",
    `${file}: ${error instanceof Error ? error.message : String(error)}`,
    { cause: error },
  );
