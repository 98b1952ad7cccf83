// Who stands behind an actor's id: one small file each, so that a name can be erased by removing its file. The log
// holds ids only.
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { type Actor, GleitzeitError } from "../../domain/index.ts";
import { codeOf, fileFailure, writeDurably } from "./key-file.ts";

const Entry = z.object({ type: z.string(), name: z.string() });

export type Names = {
  remember(actor: Actor, name: string): Promise<void>;
  /** Undefined when it was never known, or erased. */
  nameOf(id: string): Promise<string | undefined>;
  /** Whether there was one. */
  forget(id: string): Promise<boolean>;
};

export function namesIn(folder: string): Names {
  const fileOf = (id: string): string => join(folder, `${encodeURIComponent(id)}.json`);

  const textOf = (id: string): Promise<string | undefined> =>
    readFile(fileOf(id), "utf8").catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return undefined;
      throw fileFailure(error, fileOf(id));
    });

  return {
    nameOf: async (id) => {
      const text = await textOf(id);
      return text === undefined ? undefined : nameIn(text, fileOf(id));
    },
    remember: async ({ type, id }, name) => {
      const text = JSON.stringify({ type, name });
      if ((await textOf(id)) === text) return;
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
      const isKnown = (await textOf(id)) !== undefined;
      await rm(fileOf(id), { force: true });
      return isKnown;
    },
  };
}

function nameIn(text: string, file: string): string {
  try {
    return Entry.parse(JSON.parse(text)).name;
  } catch (error) {
    throw new GleitzeitError("PERSISTENCE_INTEGRITY_ERROR", `${file} is damaged; it may be deleted`, {
      cause: error,
    });
  }
}
