// config migrate [FILE]: keys of the Python original's configuration become those of today, in place.
import { constants, copyFile } from "node:fs/promises";
import { z } from "zod";
import { errorInfo, GleitzeitError, type JsonObject } from "../../../domain/index.ts";
import { errorJson } from "../../../engine/index.ts";
import type { Command, Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { printJson, problemText } from "../output.ts";
import type { MigratedConfiguration } from "../parts.ts";
import { savedFile } from "../saved-file.ts";
import { lineDiff } from "../view/line-diff.ts";
import { paint } from "../view/paint.ts";
import { line, lines } from "../view/text.ts";

const Options = z.object({ dryRun: z.boolean().default(false), backup: z.boolean().default(true) });

export const migrateConfig: Command = async ({ args: [named], options: typed }, context) => {
  const { dryRun, backup } = optionsOf(Options, typed);
  const found = await context.parts.migratedConfiguration(named);
  const isValid = found.problems.length === 0;
  const isWritten = isValid && !dryRun && found.findings.length > 0;
  const copy = isWritten && backup ? await copied(found.file) : null;
  if (isWritten) await saved(found);
  if (context.globals.json) printJson(context.terminal.out, documentOf(found, isWritten, copy));
  else printText(found, isWritten, copy, context);
  return isValid ? EXIT.done : EXIT.invalid;
};

async function saved({ file, after }: MigratedConfiguration): Promise<void> {
  const target = await savedFile(file, "configuration");
  try {
    await target.save(after);
  } finally {
    await target.discard();
  }
}

/** Readable by whom the file is; one that was made before stays. */
async function copied(file: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const copy = `${file}${n === 1 ? "" : `.${n}`}.backup`;
    try {
      await copyFile(file, copy, constants.COPYFILE_EXCL);
      return copy;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EEXIST") continue;
      const why = error instanceof Error ? error.message : String(error);
      const way = "say --no-backup to do without; nothing was changed";
      throw new GleitzeitError("AUTHORIZATION_FAILED", `no copy of ${file} can be made: ${why}; ${way}`, {
        cause: error,
      });
    }
  }
}

function documentOf(found: MigratedConfiguration, isWritten: boolean, copy: string | null): JsonObject {
  const { file, findings, problems } = found;
  const document = { file, written: isWritten, backup: copy, findings: findings.map((one) => ({ ...one })) };
  const [first] = problems;
  const all = { ...document, diff: [...difference(found)], problems: problems.map((one) => ({ ...one })) };
  return first ? { ...all, error: errorJson(errorInfo("CONFIGURATION_ERROR", first.message)) } : all;
}

function printText(
  found: MigratedConfiguration,
  isWritten: boolean,
  copy: string | null,
  { terminal: { out, err }, globals }: Context,
): void {
  const { file, findings, problems } = found;
  const { red, green, yellow, dim } = paint(out.color);
  for (const { kind, message, line: row, column } of findings)
    out.write(
      `${lines(file)}:${row}:${column}: ${(kind === "dropped" ? yellow : dim)(kind)} ${lines(message)}\n`,
    );
  for (const problem of problems) out.write(`${problemText(problem, out)}\n`);
  if (globals.quiet) return;
  for (const text of difference(found).map(line))
    out.write(`${(text.startsWith("-") ? red : text.startsWith("+") ? green : dim)(text)}\n`);
  const saved = `written${copy === null ? "" : `; as it was: ${lines(copy)}`}`;
  if (problems.length > 0) err.write(`${lines(file)}: nothing was written, it would not be valid\n`);
  else
    out.write(
      `${lines(file)}: ${isWritten ? saved : findings.length > 0 ? "nothing was written" : "up to date"}\n`,
    );
}

const SECRET =
  /^(.*(?:api_?key|token|secret|password|passphrase)["']?\s*:\s*)\S.*$|(\/\/[^/@:\s]*:)[^/@\s]*(?=@)/i;

/** Where others may look on: what may be a password is not shown. */
const difference = ({ before, after }: MigratedConfiguration): readonly string[] =>
  before === after ? [] : lineDiff(before, after).map((text) => text.replace(SECRET, "$1$2***"));
