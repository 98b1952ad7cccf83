// The files of a folder of tools, as they are now: what is called is what is read here, and is captured with the call.
import { createHash } from "node:crypto";
import { readdir, readFile, realpath } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import { GleitzeitError } from "../../../domain/index.ts";
import type { Captured } from "../../../engine/ports/index.ts";

const MOST_FILES = 500;
const MOST_BYTES = 8 * 1024 * 1024;

export type Language = "python" | "javascript";

const LANGUAGES: Readonly<Record<string, Language>> = {
  ".py": "python",
  ".js": "javascript",
  ".mjs": "javascript",
};

export const languageOf = (path: string): Language | undefined => LANGUAGES[/\.[^.]*$/.exec(path)?.[0] ?? ""];

/** In the order of their paths, which begin with the folder's own name. CONFIGURATION_ERROR names what cannot be read. */
export async function sourcesIn(folder: string): Promise<readonly Captured[]> {
  const root = await rootOf(folder);
  const paths = (await readdir(root, { recursive: true })).filter(isSource).toSorted();
  if (paths.length > MOST_FILES) throw refused(`${folder} has more than ${MOST_FILES} sources`);
  const found: Captured[] = [];
  let size = 0;
  for (const path of paths) {
    const bytes = await bytesAt(root, path, folder);
    size += bytes.length;
    if (size > MOST_BYTES)
      throw refused(`the sources in ${folder} are larger than ${MOST_BYTES} bytes together`);
    const hash = `sha256-${createHash("sha256").update(bytes).digest("hex")}`;
    found.push({ file: { path: pathIn(folder, path), hash, size: bytes.length }, bytes });
  }
  return found;
}

async function rootOf(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    throw refused(`there is no folder ${folder}`, error);
  }
}

const pathIn = (folder: string, path: string): string => [basename(folder), ...path.split(sep)].join("/");

const isSource = (path: string): boolean =>
  languageOf(path) !== undefined &&
  path.split(sep).every((part) => !part.startsWith(".") && part !== "node_modules" && part !== "__pycache__");

/** Through links, as long as they stay inside. */
async function bytesAt(root: string, path: string, folder: string): Promise<Uint8Array> {
  const place = join(folder, path);
  try {
    const real = await realpath(join(root, path));
    if (relative(root, real).startsWith(".."))
      throw refused(`${place} is a link that leads out of ${folder}`);
    return await readFile(real);
  } catch (error) {
    if (error instanceof GleitzeitError) throw error;
    throw refused(
      `${place} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      error,
    );
  }
}

const refused = (message: string, cause?: unknown): GleitzeitError =>
  new GleitzeitError("CONFIGURATION_ERROR", message, { cause });
