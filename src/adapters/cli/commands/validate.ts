// validate FILE…: every problem of every document, with its place.
import { errorInfoOf, GleitzeitError, type Problem } from "../../../domain/index.ts";
import { errorJson } from "../../../engine/index.ts";
import type { Command, Context } from "../context.ts";
import { EXIT, EXIT_OF_ERROR } from "../exit-codes.ts";
import { printJson, problemJson, problemText } from "../output.ts";
import { paint } from "../view/paint.ts";
import { counted, lines } from "../view/text.ts";

type Checked = { readonly path: string; readonly problems: readonly Problem[] };

export const validate: Command = async ({ args }, context) => {
  const { terminal, globals } = context;
  const paths = args.filter((path) => path !== undefined);
  // What is wrong with the configuration is no fault of any document.
  await context.parts.configuration();
  const checked: Checked[] = [];
  for (const path of paths) checked.push({ path, problems: await problemsIn(path, context) });
  const problems = checked.flatMap((one) => one.problems);
  if (globals.json) printJson(terminal.out, documentOf(checked, problems));
  else printText(checked, context);
  return exitOf(problems);
};

/** A document that cannot be read at all is a problem among others: the rest is checked all the same. */
async function problemsIn(path: string, { parts }: Context): Promise<readonly Problem[]> {
  try {
    return await parts.check(path);
  } catch (error) {
    if (!(error instanceof GleitzeitError)) throw error;
    return [{ code: error.code, message: error.message, file: path }];
  }
}

/** One missing file among several is a missing file only when nothing else is wrong. */
function exitOf(problems: readonly Problem[]): number {
  const exits = new Set(
    problems.map(({ code, line }) =>
      EXIT_OF_ERROR[code] === EXIT.notFound && (code !== "WORKFLOW_NOT_FOUND" || line !== undefined)
        ? EXIT.invalid
        : EXIT_OF_ERROR[code],
    ),
  );
  const [only] = exits;
  return exits.size === 1 && only !== undefined ? only : exits.size === 0 ? EXIT.done : EXIT.invalid;
}

function documentOf(checked: readonly Checked[], problems: readonly Problem[]) {
  const files = checked.map(({ path, problems: own }) => ({ file: path, valid: own.length === 0 }));
  const [first] = problems;
  if (!first) return { valid: true, files, problems: [] };
  const error = errorInfoOf(new GleitzeitError("WORKFLOW_VALIDATION_FAILED", first.message));
  return { valid: false, files, error: errorJson(error), problems: problems.map(problemJson) };
}

function printText(checked: readonly Checked[], { terminal: { out, err }, globals }: Context): void {
  const { green, red } = paint(out.color);
  for (const { path, problems } of checked) {
    for (const problem of problems) out.write(`${problemText(problem, out)}\n`);
    const verdict = problems.length === 0 ? green("valid") : red(counted(problems.length, "problem"));
    if (!globals.quiet) (problems.length === 0 ? out : err).write(`${lines(path)}: ${verdict}\n`);
  }
}
