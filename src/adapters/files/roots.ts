// Where files may be: in two folders, and nowhere else, whatever a path or a symbolic link says.
import { realpath, stat } from "node:fs/promises";
import { isAbsolute, posix, relative, resolve, sep } from "node:path";
import { GleitzeitError } from "../../domain/index.ts";
import type { Folders } from "../../engine/ports/index.ts";

export type Root = { readonly path: string; readonly real: string };
export type Roots = readonly Root[];

export type Located = {
  /** As tasks see it: relative, with `/`. */
  readonly path: string;
  /** Where it really is, links followed. */
  readonly real: string;
  readonly root: Root;
  readonly size: number;
  readonly kind: "file" | "directory";
};

/** Why a name is no file that may be read. */
export type Absent = {
  readonly reason: "not-a-path" | "outside" | "missing" | "other-kind" | "circle" | "forbidden";
  readonly why: string;
};

const MAX_PATH = 4096;

/** The document's folder first; one folder twice is one. In one that is not there, nothing is. */
export async function rootsOf({ document, working }: Folders): Promise<Roots> {
  const paths = [...new Set([resolve(document), resolve(working)])];
  return Promise.all(paths.map(async (path) => ({ path, real: await realFolder(path) })));
}

async function realFolder(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (cause) {
    if (absentFor(cause).reason === "missing") return path;
    throw new GleitzeitError("TASK_PARAMETER_ERROR", `the folder ${path} cannot be entered`, { cause });
  }
}

/** The first of the folders in which the name stands for something of that kind. */
export async function locate(
  roots: Roots,
  name: string,
  kind: Located["kind"] = "file",
): Promise<Located | Absent> {
  if (name === "" || name.length > MAX_PATH || name.includes("\0"))
    return absent("not-a-path", "is not a path");
  const places = isAbsolute(name)
    ? roots.flatMap((root) => within(root, name))
    : relativePlaces(roots, kind === "directory" ? `${name}/.` : name);
  if (places.length === 0) return absent("outside", isAbsolute(name) ? OUTSIDE : UPWARDS);
  let problem = absent("missing", MISSING);
  for (const { root, path } of places) {
    const found = await locateIn(roots, root, path, kind);
    if (isFound(found)) return found;
    if (problem.reason === "missing") problem = found;
  }
  return problem;
}

export const isFound = (located: Located | Absent): located is Located => "real" in located;

const MISSING = "does not exist in the document's folder nor in the working directory";
const OUTSIDE = "lies outside the document's folder and the working directory";
const UPWARDS =
  "leads out of the folder with `..`: write the path from the document's folder or the working directory";
const LINKED = "is a symbolic link that leads outside the document's folder and the working directory";

const absent = (reason: Absent["reason"], why: string): Absent => ({ reason, why });

type Place = { readonly root: Root; readonly path: string };

function relativePlaces(roots: Roots, name: string): readonly Place[] {
  const path = posix.normalize(name);
  return leadsOut(path) ? [] : roots.map((root) => ({ root, path }));
}

/** The folder may itself be named through a link. */
const within = (root: Root, name: string): readonly Place[] =>
  [root.path, root.real]
    .map((start) => relative(start, name).split(sep).join("/"))
    .filter((path) => !leadsOut(path))
    .slice(0, 1)
    .map((path) => ({ root, path: path === "" ? "." : path }));

const leadsOut = (path: string): boolean => path === ".." || path.startsWith("../") || isAbsolute(path);

/** In that folder only; links may lead into any of them. */
export async function locateIn(
  roots: Roots,
  root: Root,
  path: string,
  kind: Located["kind"],
): Promise<Located | Absent> {
  try {
    const real = await realpath(resolve(root.path, path));
    const status = await stat(real);
    const found = status.isFile() ? "file" : status.isDirectory() ? "directory" : "neither";
    if (found !== kind)
      return absent("other-kind", found === "neither" ? "is not a regular file" : `is a ${found}`);
    if (roots.some((one) => !leadsOut(relative(one.real, real))))
      return { path, real, root, size: status.size, kind };
    return absent("outside", LINKED);
  } catch (error) {
    return absentFor(error);
  }
}

function absentFor(error: unknown): Absent {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG") return absent("missing", MISSING);
  if (code === "ELOOP") return absent("circle", "is a symbolic link that leads in a circle");
  if (code === "EACCES" || code === "EPERM") return absent("forbidden", "may not be read");
  throw error;
}
