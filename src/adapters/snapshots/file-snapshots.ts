// Snapshots of long runs, a file for each, in a folder that may be deleted at any time.
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { StreamName } from "../../domain/index.ts";
import type { Snapshots } from "../../engine/ports/index.ts";

/** `unique` tells writers apart: of two at once, in whatever processes, one stays whole. */
export function fileSnapshots(folder: string, unique: () => string): Snapshots {
  const fileOf = (stream: StreamName): string => join(folder, `${stream}.json`);
  return {
    get: (stream) =>
      readFile(fileOf(stream)).then(
        (bytes) => new Uint8Array(bytes),
        () => undefined, // whatever is wrong with it, the log is there
      ),
    remove: (stream) => rm(fileOf(stream), { force: true }),
    put: async (stream, bytes) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const part = join(folder, `${stream}.${unique()}.part`);
      try {
        await writeFile(part, bytes, { mode: 0o600, flag: "wx" });
        await rename(part, fileOf(stream));
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
    },
  };
}
