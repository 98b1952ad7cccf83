// Memory images of a loaded interpreter, kept between processes: a child starts from one five times faster.
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errorInfoOf, GleitzeitError } from "../../domain/index.ts";
import type { Log } from "../../engine/ports/index.ts";

/** Other versions' images are left to their programs for a while. */
const KEEP_IMAGES = 4;
/** Nobody writes one image for so long. */
const ABANDONED_MS = 3_600_000;

export interface Snapshots {
  /** Path of an image; undefined when none can be kept, and interpreters start without. Made once, on demand. */
  file(): Promise<string | undefined>;
  /** That one is damaged: the next call makes another. */
  discard(file: string): Promise<void>;
}

/** `make` gives the image; the file is its SHA-256 (32 bytes), which the child compares, and the image. */
export function snapshots(
  folder: string | undefined,
  /** `name`: whose images these are; `key`: what they depend on. */
  { name, key }: { readonly name: string; readonly key: string },
  make: () => Promise<Uint8Array>,
  log: Log,
): Snapshots {
  let found: Promise<string | undefined> | undefined;

  const findOrMake = async (): Promise<string | undefined> => {
    if (folder === undefined) return undefined;
    const file = join(folder, `${name}-${key}.snapshot`);
    if (await exists(file)) return file;
    try {
      await mkdir(folder, { recursive: true });
      const image = await make();
      await writeWhole(file, image);
      await removeOldest(folder, name);
      return file;
    } catch (error) {
      if (error instanceof GleitzeitError && error.code === "SYSTEM_SHUTDOWN") throw error;
      log.warn(
        { folder, name, error: errorInfoOf(error).message },
        "no snapshot of an interpreter can be kept: interpreters start slowly",
      );
      return undefined;
    }
  };

  return {
    file: () => {
      found ??= findOrMake();
      return found;
    },
    async discard(file) {
      log.warn({ file }, "a damaged snapshot of an interpreter is made again");
      await rm(file, { force: true });
      found = undefined;
    },
  };
}

/** Under its name there is always a whole file, also when several processes make it at once. */
async function writeWhole(file: string, image: Uint8Array): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const digest = createHash("sha256").update(image).digest();
    await writeFile(temporary, Buffer.concat([digest, image]), { mode: 0o600, flag: "wx" });
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Images of other versions, and what a process that was killed left half written. */
async function removeOldest(folder: string, owner: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(`${owner}-`));
  const files = await Promise.all(
    names.map(async (name) => ({ path: join(folder, name), changed: await changedAt(join(folder, name)) })),
  );
  const newestFirst = files.toSorted((a, b) => b.changed - a.changed);
  const images = newestFirst.filter(({ path }) => path.endsWith(".snapshot"));
  const abandoned = newestFirst.filter(
    ({ path, changed }) => path.endsWith(".tmp") && changed < (images[0]?.changed ?? 0) - ABANDONED_MS,
  );
  const surplus = [...images.slice(KEEP_IMAGES), ...abandoned];
  await Promise.all(surplus.map(({ path }) => rm(path, { force: true })));
}

const exists = async (file: string): Promise<boolean> => (await changedAt(file)) > 0;

/** Epoch milliseconds; 0 for a file that is not there (any more). */
const changedAt = (file: string): Promise<number> =>
  stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
