// A file that is there whole or not at all; a device or a pipe is written to, never replaced.
import { randomUUID } from "node:crypto";
import { chmod, type FileHandle, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type ErrorCode, GleitzeitError } from "../../domain/index.ts";

export type SavedFile = {
  readonly save: (text: string) => Promise<void>;
  /** Without a save nothing is left behind. */
  readonly discard: () => Promise<void>;
};

/** Made before the work, so that a place that cannot be written to is known before anything runs. */
export async function savedFile(path: string, option = "--output"): Promise<SavedFile> {
  const name = `${option} ${path}`;
  try {
    const found = await standing(path);
    if (found?.isDirectory()) throw new GleitzeitError("USAGE_ERROR", `${option} ${path} is a directory`);
    // What a symbolic link leads to is replaced, not the link.
    if (!found?.isFile() && found) return written(name, await open(path, "w"));
    return await drafted(name, found ? await realpath(path) : path, found?.mode);
  } catch (error) {
    throw unwritable(name, error);
  }
}

const standing = (path: string) =>
  stat(path).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });

/** Whoever may not read the file that is replaced may not read the new one either. */
async function drafted(name: string, target: string, mode?: number): Promise<SavedFile> {
  const draft = join(dirname(target), `.${basename(target)}.${randomUUID()}`);
  const handle = await open(draft, "wx", mode === undefined ? 0o666 : 0o600);
  const { save, discard } = written(name, handle, async () => {
    if (mode !== undefined) await chmod(draft, mode & 0o777);
    await rename(draft, target);
  });
  return {
    save,
    discard: async () => {
      await discard();
      await rm(draft, { force: true });
    },
  };
}

function written(name: string, handle: FileHandle, then?: () => Promise<void>): SavedFile {
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) await handle.close();
    isOpen = false;
  };
  return {
    save: async (text) => {
      try {
        await handle.writeFile(text);
        if (then) await handle.sync();
        await close();
        await then?.();
      } catch (error) {
        throw unwritable(name, error);
      }
    },
    discard: close,
  };
}

function unwritable(name: string, error: unknown): GleitzeitError {
  if (error instanceof GleitzeitError) return error;
  const failure = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = error instanceof Error ? error.message : String(error);
  const [code, why] = EXPLAINED[failure] ?? ["USAGE_ERROR", reason];
  return new GleitzeitError(code, `${name} cannot be written: ${why}`, { cause: error });
}

const FORBIDDEN = ["AUTHORIZATION_FAILED", "this user may not; name another place"] as const;
const FULL = [
  "PERSISTENCE_WRITE_FAILED",
  "no space left on its device; `gleitzeit show` still has the run",
] as const;

const EXPLAINED: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOENT: ["USAGE_ERROR", "its folder does not exist"],
  ENOTDIR: ["USAGE_ERROR", "its path leads through a file as if it were a folder"],
  EACCES: FORBIDDEN,
  EPERM: FORBIDDEN,
  EROFS: ["AUTHORIZATION_FAILED", "its file system is read-only; name another place"],
  ENOSPC: FULL,
  EDQUOT: FULL,
};
