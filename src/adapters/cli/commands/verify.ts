// verify BUNDLE: offline. Opens the files that it is given, no store and no network.
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { z } from "zod";
import { type ErrorCode, GleitzeitError } from "../../../domain/index.ts";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import { plainJson } from "../plain-json.ts";
import { progressBar } from "../progress-bar.ts";

const Options = z.object({
  vkey: z.array(z.string()).min(1, "is missing: a key that you trust, or a file of such").default([]),
  checkpoint: z.string().min(1, "a file is missing").optional(),
  requireComplete: z.boolean().default(false),
});

export const verify: Command = async ({ args: [file = ""], options: typed }, context) => {
  const { vkey: vkeys, checkpoint, requireComplete } = optionsOf(Options, typed);
  if (vkeys.length === 0) {
    throw new GleitzeitError(
      "USAGE_ERROR",
      "--vkey is missing: a key that you trust, or a file with such, one a line",
    );
  }
  const bar = progressBar(context, "bytes");
  const since =
    checkpoint === undefined ? {} : { since: await readable(checkpoint, () => readFile(checkpoint, "utf8")) };
  const { size } = await readable(file, () => stat(file));
  const asked = { vkeys, requireComplete, ...since };
  const { verdict, text } = await readable(file, () =>
    context.parts.verifyBundle(
      counted(createReadStream(file, { highWaterMark: 1 << 20 }), size, bar.show),
      asked,
    ),
  ).finally(bar.end);
  answer(context, plainJson(verdict), () => text);
  return verdict.ok ? EXIT.done : EXIT.invalid;
};

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  all: number,
  show: (done: number, all: number) => void,
) {
  let done = 0;
  for await (const chunk of chunks) {
    yield chunk;
    done += chunk.length;
    show(done, all);
  }
}

const CODES: Readonly<Record<string, ErrorCode>> = {
  ENOENT: "RUN_NOT_FOUND",
  EACCES: "AUTHORIZATION_FAILED",
};

async function readable<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (error instanceof GleitzeitError || !/^E[A-Z]+$/.test(code)) throw error;
    const message = `${file} cannot be read: ${error instanceof Error ? error.message : code}`;
    throw new GleitzeitError(CODES[code] ?? "PERSISTENCE_READ_FAILED", message, { cause: error });
  }
}
