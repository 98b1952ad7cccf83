// How a command answers: one JSON document, or text; and how an error looks in both.
import type { Json, Problem } from "../../domain/index.ts";
import type { Context } from "./context.ts";
import type { Channel } from "./terminal.ts";
import { paint } from "./view/paint.ts";
import { lines } from "./view/text.ts";

export function printJson(out: Channel, document: Json): void {
  out.write(`${JSON.stringify(document, null, out.isTTY ? 2 : undefined)}\n`);
}

/** A line of a stream: always one line. */
export const printJsonLine = (out: Channel, document: Json): void =>
  out.write(`${JSON.stringify(document)}\n`);

/** The same fact in both forms; the text is made only when it is wanted. */
export function answer(
  { terminal, globals }: Pick<Context, "terminal" | "globals">,
  document: Json,
  text: () => string,
): void {
  if (globals.json) printJson(terminal.out, document);
  else terminal.out.write(text());
}

export const problemJson = ({ code, message, file, line, column, path }: Problem): Json => ({
  code,
  message,
  ...(file !== undefined && { file }),
  ...(line !== undefined && { line }),
  ...(column !== undefined && { column }),
  ...(path !== undefined && { path }),
});

/** `file:line:column: message`, which editors and terminals turn into a link. */
export function problemText({ file, line, column, message }: Problem, err: Channel): string {
  const { bold } = paint(err.color);
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  return lines(place === "" ? message : `${bold(place)}: ${message}`.trimEnd());
}
