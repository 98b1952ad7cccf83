// export RUN|--all|--subject S: what leaves the log, as others can read it.
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { GleitzeitError } from "../../../domain/index.ts";
import { type ExportedPart, findRun, LINE_FORMATS } from "../../../engine/index.ts";
import type { Command, Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import { streamed } from "../streamed-file.ts";
import { counted, lines as linesOf } from "../view/text.ts";

const Options = z.object({
  all: z.boolean().default(false),
  subject: z.string().min(1, "must not be empty").optional(),
  format: z.enum(["bundle", ...LINE_FORMATS, "cassette"]).default("bundle"),
  since: z.string().min(1, "a file is missing").optional(),
  /** `--no-children` is false. */
  children: z.boolean().default(true),
  output: z.string().min(1, "a file is missing").optional(),
});

type Wanted = z.infer<typeof Options>;

export const exportLog: Command = async ({ args: [text], options: typed }, context) => {
  const wanted = optionsOf(Options, typed);
  const { all, format, children, output, since, subject } = wanted;
  if ([text !== undefined, all, subject !== undefined].filter(Boolean).length !== 1) {
    throw new GleitzeitError(
      "USAGE_ERROR",
      "name a run, or a person with --subject, or say --all for everything",
    );
  }
  if (subject !== undefined) return writtenOn(context, subject, wanted);
  if (since !== undefined && format === "cassette") {
    throw new GleitzeitError("USAGE_ERROR", "a cassette is a whole run: leave --since out");
  }
  const { parts } = context;
  if (text === undefined) return written(context, await linesFor(context, { all: true }, wanted), wanted);
  const run = await findRun(await parts.driving(), text);
  if (format !== "cassette") {
    return written(context, await linesFor(context, { run, children }, wanted), wanted);
  }
  if (output === undefined)
    throw new GleitzeitError("USAGE_ERROR", "a cassette is a folder: say which, -o DIR");
  const calls = await parts.exporting.cassette(run, children, output);
  answer(
    context,
    { folder: output, format, calls },
    () => `${linesOf(output)}: ${counted(calls, "call")}; \`--play ${linesOf(output)}\` answers from there\n`,
  );
  return EXIT.done;
};

/** In clear and complete, so in one form alone, whatever `--format` says by default. */
async function writtenOn(context: Context, subject: string, { since, ...wanted }: Wanted): Promise<number> {
  if (since !== undefined || !["bundle", "jsonl"].includes(wanted.format))
    throw new GleitzeitError(
      "USAGE_ERROR",
      "what is held on a person is JSON lines: leave --format and --since out",
    );
  return written(context, await context.parts.exporting.heldOn(subject), { ...wanted, format: "jsonl" });
}

async function linesFor(
  { parts }: Context,
  what: ExportedPart,
  { format, since }: Wanted,
): Promise<AsyncIterable<string>> {
  const note = since === undefined ? undefined : await noteIn(since);
  switch (format) {
    case "bundle":
      return (await parts.auditing()).bundle(what, note);
    case "cassette":
      throw new GleitzeitError("USAGE_ERROR", "a cassette is made of one run: name it");
    case "jsonl":
    case "cloudevents":
    case "ocsf":
    case "openlineage":
    case "csv":
      return parts.exporting.lines(format, what, note);
  }
}

async function written(
  { terminal, globals }: Context,
  source: AsyncIterable<string>,
  { output, format }: Wanted,
): Promise<number> {
  if (output === undefined) {
    let count = 0;
    for await (const line of source) {
      if (terminal.gone.aborted) break;
      terminal.out.write(line);
      count += 1;
      if (count % 50 === 0) await terminal.out.drained();
    }
    return EXIT.done;
  }
  const { lines, bytes } = await streamed(output, source);
  answer(
    { terminal, globals },
    { file: output, format, lines, bytes },
    () => `${linesOf(output)}: ${lines} lines, ${bytes} bytes\n`,
  );
  return EXIT.done;
}

async function noteIn(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new GleitzeitError("RUN_NOT_FOUND", `--since ${file} cannot be read: ${String(error)}`, {
      cause: error,
    });
  }
}
