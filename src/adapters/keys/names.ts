// Who stands behind an actor's id: one small file each, so that a name can be erased by removing its file. The log
// holds ids only. An entry that was erased is on a list: one that is put back from a backup tells nobody's name.
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { type Actor, GleitzeitError } from "../../domain/index.ts";
import type { ErasedNames } from "./erasure-list.ts";
import { codeOf, fileFailure, writeDurably } from "./key-file.ts";

/** `entry` is random: who comes back after an erasure has another. */
const Entry = z.object({ type: z.string(), name: z.string(), entry: z.string().exactOptional() });
type Entry = z.infer<typeof Entry>;

export type Names = {
  remember(actor: Actor, name: string): Promise<void>;
  /** Undefined when it was never known, or erased. */
  nameOf(id: string): Promise<string | undefined>;
  /** Whether there was one. */
  forget(id: string): Promise<boolean>;
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

  return {
    nameOf: async (id) => (await entryOf(id))?.name,
    remember: async ({ type, id }, name) => {
      const known = await entryOf(id).catch(unlessDamaged);
      if (known?.type === type && known.name === name) return;
      const text = JSON.stringify({ type, name, entry: randomUUID() });
      const file = fileOf(id);
      const draft = `${file}.${randomUUID()}`;
      try {
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        await writeDurably(draft, new TextEncoder().encode(text));
        await rename(draft, file);
      } catch (error) {
        await rm(draft, { force: true });
        throw fileFailure(error, file);
      }
    },
    forget: async (id) => {
      const known = await entryOf(id).catch(unlessDamaged);
      const isKnown = known !== undefined || (await textOf(id)) !== undefined;
      if (known?.entry !== undefined) await erased.add({ entry: known.entry });
      await rm(fileOf(id), { force: true });
      return isKnown;
    },
  };
}

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
