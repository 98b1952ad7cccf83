// A list that only grows, a JSON line for each, in a file to which other processes add too.
//
// 1. Who adds holds the file's lock, so what is unfinished at its end then was left by a process that died, or by a disk that was full.
// 2. That rest never counted: whoever wrote it was not answered. It is left out, and cut off before the next line is added.
// 3. Anything else that is no line of it is damage, and nothing is concluded from such a list.
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

export type LineFile = {
  readonly file: string;
  /** One at a time, of all processes. */
  readonly exclusively: <R>(file: string, work: () => Promise<R>) => Promise<R>;
  /** Told of a rest that was cut off. */
  readonly warn: (message: string) => void;
};

type Lines<T> = LineFile & { readonly what: string; readonly line: z.ZodType<T> };

/** `what` it is a list of. */
export function lineList<T>(
  { file, what, line, exclusively, warn }: Lines<T>,
  keyOf: (one: T) => string,
): LineList<T> {
  let known: { readonly stamp: string; readonly byKey: ReadonlyMap<string, T> } = {
    stamp: "",
    byKey: new Map(),
  };

  const byKeyIn = (bytes: Uint8Array): ReadonlyMap<string, T> => {
    try {
      const { lines, rest } = parted(bytes);
      const texts = [...lines, ...(isUnfinished(rest) ? [] : [rest])].filter((one) => one !== "");
      return new Map(texts.map((one) => line.parse(JSON.parse(one))).map((one) => [keyOf(one), one]));
    } catch (error) {
      throw new GleitzeitError(
        "PERSISTENCE_INTEGRITY_ERROR",
        `${file}, the list of ${what}, is damaged: put it back from a backup`,
        { cause: error },
      );
    }
  };

  // Asked for each time something sealed is read: a look at the file costs little.
  const current = async (): Promise<ReadonlyMap<string, T>> => {
    const stamp = await stampOf(file);
    if (stamp !== known.stamp) known = { stamp, byKey: byKeyIn(await bytesOf(file)) };
    return known.byKey;
  };

  async function append(one: T): Promise<void> {
    if ((await current()).has(keyOf(one))) return;
    const { rest, end } = parted(await bytesOf(file));
    const handle = await open(file, "a", 0o600);
    try {
      if (isUnfinished(rest)) {
        await handle.truncate(end);
        warn(`${file} ended in the middle of a line, which never counted and is cut off`);
      }
      const isWhole = rest === "" || isUnfinished(rest);
      await handle.appendFile(`${isWhole ? "" : "\n"}${JSON.stringify(one)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  return {
    has: async (key) => (await current()).has(key),
    all: async () => [...(await current()).values()],
    add: async (one) => {
      if ((await current()).has(keyOf(one))) return;
      try {
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        await exclusively(`${file}.lock`, () => append(one));
      } catch (error) {
        throw error instanceof GleitzeitError ? error : fileFailure(error, file);
      }
    },
  };
}

/** `end`: where the last line ends, in bytes. `rest`: what stands behind it. */
function parted(bytes: Uint8Array) {
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  const text = new TextDecoder();
  return {
    lines: text.decode(bytes.subarray(0, end)).split("\n"),
    rest: text.decode(bytes.subarray(end)),
    end,
  };
}

const NEWLINE = 10;

/** The beginning of a JSON object is no JSON; a line that lacks its line break only is whole. */
function isUnfinished(rest: string): boolean {
  try {
    return rest !== "" && JSON.parse(rest) === undefined;
  } catch {
    return true;
  }
}

const stampOf = (file: string): Promise<string> =>
  stat(file).then(
    ({ ino, mtimeMs, size }) => `${ino} ${mtimeMs} ${size}`,
    (error: unknown) => {
      if (codeOf(error) === "ENOENT") return "";
      throw fileFailure(error, file);
    },
  );

const bytesOf = (file: string): Promise<Uint8Array> =>
  readFile(file).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return new Uint8Array(0);
    throw fileFailure(error, file);
  });
