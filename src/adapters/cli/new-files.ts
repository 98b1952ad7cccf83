// Files that are made where there are none: what stands there already is never written over.
import { mkdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { GleitzeitError } from "../../domain/index.ts";

/** Looks first, so that a project is not written in half; and a file that comes meanwhile is not written over either. */
export async function newFiles(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const paths = Object.keys(files).map((name) => join(folder, name));
  for (const path of paths) {
    if (await isThere(path))
      throw new GleitzeitError("USAGE_ERROR", `${path} is there already; nothing was written`);
  }
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text, { flag: "wx" });
    } catch (error) {
      throw unwritable(path, error);
    }
  }
  return paths;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") return false;
    throw unwritable(path, error);
  }
}

function unwritable(path: string, error: unknown): GleitzeitError {
  const code = codeOf(error);
  const isForbidden = code === "EACCES" || code === "EPERM" || code === "EROFS";
  const why = error instanceof Error ? error.message : String(error);
  return new GleitzeitError(
    isForbidden ? "AUTHORIZATION_FAILED" : "USAGE_ERROR",
    `${path} cannot be written: ${why}`,
    {
      cause: error,
    },
  );
}
