// The folder of a cassette on the disk: read whole, every file of it, or refused by the name of what is wrong.
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { GleitzeitError, type Recording, readRecording, recordingPlace } from "../../domain/index.ts";
import { draftIn, isDraft } from "./new-file.ts";

/** `shown`: as whoever uses it calls it. */
export type Place = { readonly folder: string; readonly shown: string };

/** `file`: its name, as it is shown. */
export type Kept = Recording & {
  readonly name: string;
  readonly file: string;
  readonly stem: string;
  readonly n: number;
};

export function grouped(
  kept: readonly Kept[],
  by: (one: Kept) => string,
): ReadonlyMap<string, readonly Kept[]> {
  const groups = new Map<string, Kept[]>();
  for (const one of kept) {
    const group = groups.get(by(one));
    if (group) group.push(one);
    else groups.set(by(one), [one]);
  }
  return groups;
}

/** Files whose names begin with a dot are somebody else's business: an editor's, git's, a recorder's drafts. */
const isHidden = (name: string): boolean => name.startsWith(".");

/** By name. CASSETTE_INVALID for a file that is no recording, or a damaged one. */
export async function recordingsIn(place: Place): Promise<readonly Kept[]> {
  const names = (await listed(place)).filter((name) => !isHidden(name)).toSorted();
  const found: Kept[] = [];
  for (const name of names) found.push(await kept(place, name));
  return found;
}

/** Makes it where it is not. What a recorder that was killed left unfinished is taken away. */
export async function openedForRecording(place: Place, draft: string): Promise<readonly Kept[]> {
  const { folder } = place;
  try {
    await madeFolder(folder);
    await writeFile(draftIn(folder, draft), "");
  } catch (error) {
    throw unusable(place.shown, error);
  }
  const drafts = (await listed(place)).filter(isDraft);
  await Promise.all(drafts.map((name) => rm(join(folder, name), { force: true })));
  return recordingsIn(place);
}

/** With those above it. (Node's own way of doing that does not end where the system makes no folders, as in /proc.) */
async function madeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (reasonOf(error) === "EEXIST" && (await stat(folder)).isDirectory()) return;
    const above = dirname(folder);
    if (reasonOf(error) !== "ENOENT" || above === folder || (await isThere(above))) throw error;
    await madeFolder(above);
    await madeFolder(folder);
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const reasonOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

async function kept({ folder, shown }: Place, name: string): Promise<Kept> {
  const [file, path] = [join(shown, name), join(folder, name)];
  const order = recordingPlace(name);
  if (!order) throw foreign(file, "its name is not one that recordings have");
  const read = readRecording(await textOf(path, file));
  if (!read.ok) throw foreign(file, read.problem);
  return { ...read.recording, name, file, ...order };
}

async function textOf(path: string, file: string): Promise<string> {
  try {
    if (!(await stat(path)).isFile()) throw foreign(file, "it is no file");
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
  } catch (error) {
    if (error instanceof TypeError) throw foreign(file, "it is not UTF-8");
    throw unusable(file, error);
  }
}

const foreign = (file: string, why: string): GleitzeitError =>
  new GleitzeitError(
    "CASSETTE_INVALID",
    `${file} is no recording of a call: ${why}. Move it out of the cassette, or record it anew with --record`,
    { details: { file } },
  );

async function listed({ folder, shown }: Place): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    throw unusable(shown, error);
  }
}

/** Names the place, and what is to be done about it. */
export function unusable(path: string, error: unknown): GleitzeitError {
  if (error instanceof GleitzeitError) return error;
  const message = error instanceof Error ? error.message : String(error);
  switch (reasonOf(error)) {
    case "ENOENT":
      return new GleitzeitError(
        "CASSETTE_INVALID",
        `there is no cassette ${path}: \`--record ${path}\` makes one`,
        { cause: error },
      );
    case "ENOTDIR":
    case "EEXIST":
      return new GleitzeitError(
        "CASSETTE_INVALID",
        `${path} is no folder: a cassette is a folder of recordings`,
        {
          cause: error,
        },
      );
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new GleitzeitError("AUTHORIZATION_FAILED", `the cassette ${path}: ${message}`, { cause: error });
    default:
      return new GleitzeitError("PERSISTENCE_WRITE_FAILED", `the cassette ${path}: ${message}`, {
        cause: error,
      });
  }
}
