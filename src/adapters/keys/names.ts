// Who stands behind an actor's id: one small file each, so that a name can be erased by removing its file. The log
// holds ids only. An entry that was erased is on a list: one that is put back from a backup tells nobody's name.
import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { type Actor, GleitzeitError } from "../../domain/index.ts";
import type { NameEntries } from "../../engine/ports/index.ts";
import type { ErasedNames } from "./erasure-list.ts";
import { codeOf, fileFailure, writeDurably } from "./key-file.ts";

/** `entry` is random: who comes back after an erasure has another. */
const Entry = z.object({ type: z.string(), name: z.string(), entry: z.string().exactOptional() });
type Entry = z.infer<typeof Entry>;

export type Names = NameEntries & {
  remember(actor: Actor, name: string): Promise<void>;
  /** Undefined when it was never known, or erased. */
  nameOf(id: string): Promise<string | undefined>;
};

export function namesIn(folder: string, erased: ErasedNames): Names {
  const fileOf = (id: string): string => join(folder, `${encodeURIComponent(id)}.json`);

  const textOf = (id: string): Promise<string | undefined> =>
    readFile(fileOf(id), "utf8").catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return undefined;
      throw fileFailure(error, fileOf(id));
    });

  /** Undefined when there is none that counts. */
  const entryOf = async (id: string): Promise<Entry | undefined> => {
    const text = await textOf(id);
    const found = text === undefined ? undefined : entryIn(text, fileOf(id));
    if (found?.entry === undefined || !(await erased.has(found.entry))) return found;
    await rm(fileOf(id), { force: true });
    return undefined;
  };

  async function write(id: string, entry: Entry): Promise<void> {
    const file = fileOf(id);
    const draft = `${file}.${randomUUID()}`;
    try {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeDurably(draft, new TextEncoder().encode(JSON.stringify(entry)));
      await rename(draft, file);
    } catch (error) {
      await rm(draft, { force: true });
      throw fileFailure(error, file);
    }
  }

  async function fileWith(entry: string): Promise<string | undefined> {
    for (const name of await filesIn(folder)) {
      const file = join(folder, name);
      const text = await readFile(file, "utf8").catch(() => ""); // gone since, or nobody's to read
      if (text.includes(entry) && entryIn(text, file).entry === entry) return file;
    }
    return undefined;
  }

  return {
    nameOf: async (id) => (await entryOf(id))?.name,
    remember: async ({ type, id }, name) => {
      const known = await entryOf(id).catch(unlessDamaged);
      if (known?.type === type && known.name === name) return;
      const entry = (known?.name === name ? known.entry : undefined) ?? randomUUID();
      await write(id, { type, name, entry });
    },
    entryOf: async (id) => {
      const known = await entryOf(id).catch(unlessDamaged);
      if (known?.entry !== undefined) return known.entry;
      if ((await textOf(id)) === undefined) return undefined;
      const entry = randomUUID();
      await write(id, { ...(known ?? { type: "cli", name: "" }), entry });
      return entry;
    },
    erase: async (entry) => {
      await erased.add({ entry });
      const file = await fileWith(entry);
      if (file !== undefined) await rm(file, { force: true });
      return file !== undefined;
    },
  };
}

const filesIn = (folder: string): Promise<readonly string[]> =>
  readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return [];
    throw fileFailure(error, folder);
  });

/** A damaged entry is written anew, or removed, as if it were not there. */
function unlessDamaged(error: unknown): undefined {
  if (error instanceof GleitzeitError && error.code === "PERSISTENCE_INTEGRITY_ERROR") return undefined;
  throw error;
}

function entryIn(text: string, file: string): Entry {
  try {
    return Entry.parse(JSON.parse(text));
  } catch (error) {
    throw new GleitzeitError("PERSISTENCE_INTEGRITY_ERROR", `${file} is damaged; it may be deleted`, {
      cause: error,
    });
  }
}
