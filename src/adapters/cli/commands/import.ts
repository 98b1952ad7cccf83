// import FILE…: documents of the Python original, and what becomes of each of them here.
import { z } from "zod";
import { errorInfo, GleitzeitError, type JsonObject } from "../../../domain/index.ts";
import { errorJson } from "../../../engine/index.ts";
import type { Command, Context } from "../context.ts";
import { EXIT, EXIT_OF_ERROR } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { printJson, problemText } from "../output.ts";
import type { ImportFinding } from "../parts.ts";
import { savedFile } from "../saved-file.ts";
import { paint } from "../view/paint.ts";
import { counted, lines } from "../view/text.ts";

const Options = z.object({ rewrite: z.boolean().default(false) });

type Looked = {
  readonly file: string;
  readonly findings: readonly ImportFinding[];
  readonly isRewritten: boolean;
};

export const importDocuments: Command = async ({ args, options: typed }, context) => {
  const { rewrite } = optionsOf(Options, typed);
  const all: Looked[] = [];
  for (const file of args) if (file !== undefined) all.push(await lookedAt(file, rewrite, context));
  const refused = all.flatMap(({ findings }) => findings.filter(({ kind }) => kind === "refused"));
  if (context.globals.json) printJson(context.terminal.out, documentOf(all, refused));
  else for (const one of all) printText(one, context);
  const isMissing = refused.length > 0 && refused.every(({ code }) => code === "WORKFLOW_NOT_FOUND");
  return isMissing ? EXIT_OF_ERROR.WORKFLOW_NOT_FOUND : refused.length > 0 ? EXIT.invalid : EXIT.done;
};

async function lookedAt(file: string, rewrite: boolean, { parts }: Context): Promise<Looked> {
  try {
    const { findings, text } = await parts.imported(file);
    if (!rewrite || text === undefined) return { file, findings, isRewritten: false };
    const target = await savedFile(file, "--rewrite");
    try {
      await target.save(text);
    } finally {
      await target.discard();
    }
    return { file, findings: (await parts.imported(file)).findings, isRewritten: true };
  } catch (error) {
    if (!(error instanceof GleitzeitError) || EXIT_OF_ERROR[error.code] === EXIT.notAllowed) throw error;
    const { code, message } = error;
    return { file, findings: [{ kind: "refused", code, message, file }], isRewritten: false };
  }
}

function documentOf(all: readonly Looked[], refused: readonly ImportFinding[]): JsonObject {
  const files = all.map(({ file, findings, isRewritten }) => ({
    file,
    runs: !findings.some(({ kind }) => kind === "refused"),
    rewritten: isRewritten,
    findings: findings.map((finding) => ({ kind: finding.kind, ...placed(finding) })),
  }));
  const [first] = refused;
  if (!first) return { files, problems: [] };
  const error = errorInfo("WORKFLOW_VALIDATION_FAILED", first.message);
  return { files, error: errorJson(error), problems: refused.map(placed) };
}

/** What is refused has a code; of the others the kind says enough. */
const placed = ({ code, message, file, line, column, path }: ImportFinding): JsonObject => ({
  ...(code !== undefined && { code }),
  message,
  ...(file !== undefined && { file }),
  ...(line !== undefined && { line }),
  ...(column !== undefined && { column }),
  ...(path !== undefined && { path }),
});

const WORDS = { refused: "refused", differs: "differs", key: "old key" } as const;

function printText(
  { file, findings, isRewritten }: Looked,
  { terminal: { out, err }, globals }: Context,
): void {
  const { red, yellow, dim, green } = paint(out.color);
  const tint = { refused: red, differs: yellow, key: dim };
  for (const { kind, code, ...finding } of findings) {
    const place = problemText({ code: code ?? "WORKFLOW_VALIDATION_FAILED", ...finding, message: "" }, out);
    out.write(`${place} ${tint[kind](WORDS[kind])} ${lines(finding.message)}\n`);
  }
  if (globals.quiet) return;
  const count = (wanted: ImportFinding["kind"]): number =>
    findings.filter(({ kind }) => kind === wanted).length;
  const isRefused = count("refused") > 0;
  const verdict = isRefused ? red(`${counted(count("refused"), "thing")} refused`) : green("runs");
  const more = [
    ...(isRewritten ? ["rewritten"] : []),
    ...(count("differs") > 0 ? [counted(count("differs"), "difference")] : []),
    ...(count("key") > 0 ? [counted(count("key"), "old key")] : []),
  ];
  (isRefused ? err : out).write(`${lines(file)}: ${[verdict, ...more].join(", ")}\n`);
}
