// A script that tries something, and tells what came of it.
import type { Sandbox } from "./sandbox.ts";

/** Its failure, or the text of what it gave, when it is tried. */
export const attempt = (code: string) => `
def attempt():
${code
  .split("\n")
  .map((line) => `    ${line}`)
  .join("\n")}
try:
    result = ["gave", repr(attempt())[:500]]
except BaseException as error:
    result = [type(error).__name__, str(error)[:500]]
`;

/** Kind and text of its failure, or "gave" and what it gave. */
export async function tried(box: Sandbox, code: string): Promise<readonly [string, string]> {
  const result = await box.result(attempt(code));
  if (!Array.isArray(result)) throw new Error(`no answer but ${JSON.stringify(result)}`);
  return [String(result[0]), String(result[1])];
}
