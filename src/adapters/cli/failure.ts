// A command that could not do what it was asked: told once, in the form that was asked for, with the exit that fits.
import { type ErrorInfo, errorInfoOf, GleitzeitError, type Problem } from "../../domain/index.ts";
import { errorJson } from "../../engine/index.ts";
import { EXIT_OF_ERROR } from "./exit-codes.ts";
import { printJson, problemJson, problemText } from "./output.ts";
import type { Globals } from "./parts.ts";
import type { Terminal } from "./terminal.ts";
import { paint } from "./view/paint.ts";
import { lines } from "./view/text.ts";

export function reportFailure(
  thrown: unknown,
  terminal: Terminal,
  globals: Pick<Globals, "json" | "verbose">,
): number {
  const error = errorInfoOf(thrown);
  const problems = (thrown instanceof GleitzeitError && thrown.problems) || [];
  if (globals.json) {
    printJson(terminal.out, { error: errorJson(error), problems: problems.map(problemJson) });
  } else {
    for (const text of textOf(error, problems, terminal, globals.verbose)) terminal.err.write(`${text}\n`);
  }
  const isBug = error.code === "INTERNAL_ERROR" && thrown instanceof Error;
  if (isBug && (globals.verbose || !globals.json)) terminal.err.write(`${lines(thrown.stack ?? "")}\n`);
  return EXIT_OF_ERROR[error.code];
}

function textOf(
  error: ErrorInfo,
  problems: readonly Problem[],
  { err }: Terminal,
  verbose: boolean,
): readonly string[] {
  const { red, dim } = paint(err.color);
  const causes: string[] = [];
  for (let cause = error.cause; cause; cause = cause.cause) {
    const isOurs = cause.code !== "INTERNAL_ERROR";
    if ((isOurs || verbose) && !error.message.includes(cause.message))
      causes.push(dim(`  because: ${lines(cause.message)}`));
  }
  return [
    `${red("error")} ${dim(error.code)}: ${lines(error.message)}`,
    ...causes,
    ...problems
      .filter(({ message }) => problems.length > 1 || !error.message.includes(message))
      .map((problem) => `  ${problemText(problem, err)}`),
  ];
}
