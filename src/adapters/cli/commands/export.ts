// export RUN|--all: what leaves the log, as others can read it.
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { GleitzeitError } from "../../../domain/index.ts";
import { findRun } from "../../../engine/index.ts";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import { streamed } from "../streamed-file.ts";
import { lines as linesOf } from "../view/text.ts";

const Options = z.object({
  all: z.boolean().default(false),
  format: z.enum(["bundle"]).default("bundle"),
  since: z.string().min(1, "a file is missing").optional(),
  /** `--no-children` is false. */
  children: z.boolean().default(true),
  output: z.string().min(1, "a file is missing").optional(),
});

export const exportLog: Command = async ({ args: [text], options: typed }, context) => {
  const { all, format, since, children, output } = optionsOf(Options, typed);
  if ((text === undefined) !== all) {
    throw new GleitzeitError("USAGE_ERROR", "name a run, or say --all for everything");
  }
  const { parts, terminal, globals } = context;
  const what =
    text === undefined
      ? ({ all: true } as const)
      : { run: await findRun(await parts.driving(), text), children };
  const note = since === undefined ? undefined : await noteIn(since);
  const bundle = await (await parts.auditing()).bundle(what, note);
  if (output === undefined) {
    let written = 0;
    for await (const line of bundle) {
      if (terminal.gone.aborted) break;
      terminal.out.write(line);
      written += 1;
      if (written % 50 === 0) await terminal.out.drained();
    }
    return EXIT.done;
  }
  const { lines, bytes } = await streamed(output, bundle);
  answer(
    { terminal, globals },
    { file: output, format, lines, bytes },
    () => `${linesOf(output)}: ${lines} lines, ${bytes} bytes\n`,
  );
  return EXIT.done;
};

async function noteIn(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new GleitzeitError("RUN_NOT_FOUND", `--since ${file} cannot be read: ${String(error)}`, {
      cause: error,
    });
  }
}
