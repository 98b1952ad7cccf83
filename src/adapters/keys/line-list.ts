// A list that only grows, a JSON line for each, in a file to which other processes add too.
import { mkdir, open, readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { z } from "zod";
import { GleitzeitError } from "../../domain/index.ts";
import { codeOf, fileFailure } from "./key-file.ts";

export type LineList<T> = {
  /** Durable when it resolves; once for each key. */
  add(one: T): Promise<void>;
  has(key: string): Promise<boolean>;
  all(): Promise<readonly T[]>;
};

/** `what` it is a list of. */
export function lineList<T>(
  { file, what, line }: { readonly file: string; readonly what: string; readonly line: z.ZodType<T> },
  keyOf: (one: T) => string,
): LineList<T> {
  let known: { readonly size: number; readonly byKey: ReadonlyMap<string, T> } = {
    size: 0,
    byKey: new Map(),
  };

  const byKeyIn = (text: string): ReadonlyMap<string, T> => {
    try {
      const lines = text.split("\n").filter((one) => one !== "");
      const all = lines.map((one) => line.parse(JSON.parse(one)));
      return new Map(all.map((one) => [keyOf(one), one]));
    } catch (error) {
      throw new GleitzeitError(
        "PERSISTENCE_INTEGRITY_ERROR",
        `${file}, the list of ${what}, is damaged: put it back from a backup`,
        { cause: error },
      );
    }
  };

  // Asked for each time something sealed is read: a look at the file's size costs little.
  const current = async (): Promise<ReadonlyMap<string, T>> => {
    const size = await sizeOf(file);
    if (size !== known.size) known = { size, byKey: byKeyIn(await textOf(file)) };
    return known.byKey;
  };

  return {
    has: async (key) => (await current()).has(key),
    all: async () => [...(await current()).values()],
    add: async (one) => {
      if ((await current()).has(keyOf(one))) return;
      try {
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        const handle = await open(file, "a", 0o600);
        try {
          await handle.appendFile(`${JSON.stringify(one)}\n`);
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
