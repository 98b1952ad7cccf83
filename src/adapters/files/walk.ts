// The files below a folder whose paths match a glob, in one fixed order.
import { Buffer } from "node:buffer";
import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { GleitzeitError } from "../../domain/index.ts";
import { glob } from "./glob.ts";
import { isFound, type Located, locateIn, type Roots } from "./roots.ts";

/** More names than that are not looked through. */
const MAX_NAMES = 1_000_000;

/**
 * Paths below `folder`, by code point. Links to files count when they lead to a file inside the two folders, and
 * are refused when they lead elsewhere; links to folders are not entered, so that nothing is found twice.
 */
export async function filesBelow(
  folder: Located,
  pattern: string,
  roots: Roots,
): Promise<readonly Located[]> {
  const { matches, base, depth } = glob(pattern);
  const found: Located[] = [];
  const names = { left: MAX_NAMES };
  const hasDots = /(?:^|[/{,])\\?\./.test(pattern);
  const visit = async (below: string, level: number): Promise<void> => {
    for (const entry of await entries(join(folder.real, below), names)) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (!entry.isDirectory()) found.push(...(matches(path) ? await file(folder, path, roots) : []));
      else if (level < depth && (hasDots || !entry.name.startsWith("."))) await visit(path, level + 1);
    }
  };
  await visit(base, base === "" ? 1 : base.split("/").length + 1);
  return found.toSorted((a, b) => byCodePoint(a.path, b.path));
}

/** UTF-8 sorts as code points do; UTF-16 does not. */
const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

async function entries(path: string, names: { left: number }): Promise<readonly Dirent[]> {
  const all = await namesIn(path);
  names.left -= all.length;
  if (names.left >= 0) return all;
  throw new GleitzeitError(
    "RESOURCE_EXHAUSTED",
    `more than ${MAX_NAMES} names below ${path}: use a narrower pattern`,
  );
}

async function namesIn(path: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    const isForbidden = code === "EACCES" || code === "EPERM";
    throw new GleitzeitError(
      isForbidden ? "AUTHORIZATION_FAILED" : "PERSISTENCE_READ_FAILED",
      `${path}: cannot be listed`,
      {
        cause,
      },
    );
  }
}

async function file(folder: Located, below: string, roots: Roots): Promise<readonly Located[]> {
  const path = folder.path === "." ? below : `${folder.path}/${below}`;
  const located = await locateIn(roots, folder.root, path, "file");
  if (isFound(located)) return [located];
  if (located.reason !== "outside" && located.reason !== "forbidden") return [];
  throw new GleitzeitError(
    located.reason === "forbidden" ? "AUTHORIZATION_FAILED" : "TASK_PARAMETER_ERROR",
    `${path} ${located.why}`,
  );
}
