// What is known of a tool before it is called, whatever its language.
import { GleitzeitError, type JsonObject, type Problem } from "../../../domain/index.ts";

export type FoundTool = {
  readonly name: string;
  /** Of its source, as it is captured. */
  readonly path: string;
  readonly line: number;
  readonly description: string;
  /** JSON Schema of its arguments. */
  readonly parameters: JsonObject;
  /** Arguments are handed over one after the other, in this order; absent: all in one object, or by name. */
  readonly order?: readonly string[];
};

export type Found = { readonly tools: readonly FoundTool[]; readonly problems: readonly Problem[] };

export const problemAt = (file: string, line: number, message: string): Problem => ({
  code: "CONFIGURATION_ERROR",
  message,
  file,
  line,
  column: 1,
});

const MOST_TOLD = 20;

/** CONFIGURATION_ERROR with everything that is wrong in the folder. */
export function toolsOf(all: readonly Found[]): ReadonlyMap<string, FoundTool> {
  const problems = all.flatMap((one) => one.problems);
  const tools = new Map<string, FoundTool>();
  for (const tool of all.flatMap((one) => one.tools)) {
    const first = tools.get(tool.name);
    if (first) {
      const message = `there is a tool \`${tool.name}\` already, at ${first.path}:${first.line}: rename one of them`;
      problems.push(problemAt(tool.path, tool.line, message));
    } else tools.set(tool.name, tool);
  }
  if (problems.length === 0) return tools;
  const told = problems
    .slice(0, MOST_TOLD)
    .map((one) => `${one.file ?? ""}:${one.line ?? 1}: ${one.message}`);
  const more = problems.length > told.length ? `; and ${problems.length - told.length} more` : "";
  throw new GleitzeitError("CONFIGURATION_ERROR", `${told.join("; ")}${more}`, { problems });
}
