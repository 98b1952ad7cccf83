// What a program printed last, as its result: as of scripts that set none.
import { type Json, jsonProblem, parseJson } from "../../../domain/index.ts";

/** The last line that is JSON (with numbers that JSON carries unchanged), else the last line, else null. */
export function printedResult(output: string): Json {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  for (const line of lines.toReversed()) {
    const found = /^\s*[[{"\dtfn-]/.test(line) ? exactJson(line) : undefined;
    if (found) return found.value;
  }
  return lines.at(-1)?.trim() ?? null;
}

function exactJson(line: string): { readonly value: Json } | undefined {
  try {
    const value = parseJson(line);
    return jsonProblem(value) ? undefined : { value };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
