// A file that is there whole or not at all.
import { randomUUID } from "node:crypto";
import { open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { GleitzeitError } from "../../domain/index.ts";

export type SavedFile = {
  readonly save: (text: string) => Promise<void>;
  /** Without a save nothing is left behind. */
  readonly discard: () => Promise<void>;
};

/** Made before the work, so that a place that cannot be written to is known before anything runs. */
export async function savedFile(path: string): Promise<SavedFile> {
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  const folder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (folder) throw new GleitzeitError("USAGE_ERROR", `--output ${path} is a directory`);
  const handle = await open(draft, "wx").catch((error: unknown) => {
    throw unwritable(path, error);
  });
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) await handle.close();
    isOpen = false;
  };
  return {
    save: async (text) => {
      try {
        await handle.writeFile(text);
        await handle.sync();
        await close();
        await rename(draft, path);
      } catch (error) {
        throw unwritable(path, error);
      }
    },
    discard: async () => {
      await close();
      await rm(draft, { force: true });
    },
  };
}

function unwritable(path: string, error: unknown): GleitzeitError {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const isForbidden = code === "EACCES" || code === "EPERM" || code === "EROFS";
  const why =
    code === "ENOENT" ? "its folder does not exist" : error instanceof Error ? error.message : String(error);
  return new GleitzeitError(
    isForbidden ? "AUTHORIZATION_FAILED" : "USAGE_ERROR",
    `--output ${path} cannot be written: ${why}`,
    {
      cause: error,
    },
  );
}
