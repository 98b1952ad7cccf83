// Keys that were destroyed, in a file apart from all stores, so that a store and its keys which are put back from a
// backup do not bring back who was erased since. Nothing in it says who that was.
import { mkdir, open, readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { GleitzeitError } from "../../domain/index.ts";
import type { Destroyed } from "../../engine/ports/index.ts";
import { codeOf, fileFailure } from "./key-file.ts";

const Line = z.object({ tenant: z.string(), subject: z.string(), keyId: z.string() });

export type ErasureList = {
  /** Durable when it resolves. */
  add(destroyed: Destroyed): Promise<void>;
  has(keyId: string): Promise<boolean>;
  all(): Promise<readonly Destroyed[]>;
};

/** One JSON line for each; other processes add to it too. */
export function erasureList(file: string): ErasureList {
  let known: { readonly size: number; readonly byKey: ReadonlyMap<string, Destroyed> } = {
    size: 0,
    byKey: new Map(),
  };

  // Asked for each time something sealed is read: a look at the file's size costs little.
  const current = async (): Promise<ReadonlyMap<string, Destroyed>> => {
    const size = await sizeOf(file);
    if (size !== known.size) known = { size, byKey: byKeyIn(await textOf(file), file) };
    return known.byKey;
  };

  return {
    has: async (keyId) => (await current()).has(keyId),
    all: async () => [...(await current()).values()],
    add: async (destroyed) => {
      if ((await current()).has(destroyed.keyId)) return;
      try {
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        const handle = await open(file, "a", 0o600);
        try {
          await handle.appendFile(`${JSON.stringify(destroyed)}\n`);
          await handle.sync();
        } finally {
          await handle.close();
        }
      } catch (error) {
        throw fileFailure(error, file);
      }
    },
  };
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    (error: unknown) => {
      if (codeOf(error) === "ENOENT") return 0;
      throw fileFailure(error, file);
    },
  );

const textOf = (file: string): Promise<string> =>
  readFile(file, "utf8").catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return "";
    throw fileFailure(error, file);
  });

function byKeyIn(text: string, file: string): ReadonlyMap<string, Destroyed> {
  try {
    const lines = text.split("\n").filter((line) => line !== "");
    const all = lines.map((line) => Line.parse(JSON.parse(line)));
    return new Map(all.map((one) => [one.keyId, one]));
  } catch (error) {
    throw new GleitzeitError(
      "PERSISTENCE_INTEGRITY_ERROR",
      `${file}, the list of keys that were destroyed, is damaged: put it back from a backup`,
      { cause: error },
    );
  }
}
