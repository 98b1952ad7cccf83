// Real folders on a real disk: the document's, the working directory's, and something outside both.
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileCapture } from "../../../src/adapters/files/index.ts";
import { GleitzeitError } from "../../../src/domain/index.ts";
import type { Captured, FileNeeds, Folders } from "../../../src/engine/ports/index.ts";

export type Disk = {
  readonly folders: Folders;
  readonly outside: string;
  /** Writes a file, `text` its own path unless given; answers its absolute path. */
  put(path: string, text?: string): Promise<string>;
  link(path: string, target: string): Promise<void>;
  /** What is captured of it for these needs. */
  capture(some: Partial<FileNeeds>, maxBytes?: number): Promise<readonly Captured[]>;
  /** The same as texts by path. */
  texts(some: Partial<FileNeeds>): Promise<Readonly<Record<string, string>>>;
  remove(): Promise<void>;
};

/** Paths begin with `doc/`, `work/` or `out/`. */
export async function disk(): Promise<Disk> {
  const top = await mkdtemp(join(tmpdir(), "files-"));
  for (const folder of ["doc", "work", "out"]) await mkdir(join(top, folder));
  const made = async (path: string): Promise<string> => {
    const absolute = join(top, path);
    await mkdir(dirname(absolute), { recursive: true });
    return absolute;
  };
  const folders = { document: join(top, "doc"), working: join(top, "work") };
  const capture = (some: Partial<FileNeeds>, maxBytes?: number) =>
    fileCapture(maxBytes === undefined ? {} : { maxBytes: async () => maxBytes }).capture(
      folders,
      needs(some),
    );
  return {
    folders,
    capture,
    async texts(some) {
      const captured = await capture(some);
      return Object.fromEntries(
        captured.map(({ file, bytes }) => [file.path, Buffer.from(bytes).toString()]),
      );
    },
    outside: join(top, "out"),
    async put(path, text = path) {
      const absolute = await made(path);
      await writeFile(absolute, text);
      return absolute;
    },
    link: async (path, target) => symlink(target, await made(path)),
    remove: () => rm(top, { recursive: true }),
  };
}

const NOTHING: FileNeeds = { required: [], mentioned: [], globs: [], modulesOf: [] };
export const needs = (some: Partial<FileNeeds>): FileNeeds => ({ ...NOTHING, ...some });

/** `CODE message` of a refusal, with the folders' own names out of the way. */
export async function refusal(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return "not refused";
  } catch (error) {
    if (error instanceof GleitzeitError) return `${error.code} ${error.message}`;
    throw error;
  }
}
