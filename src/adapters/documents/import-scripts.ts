// The scripts that an old document names, or holds, and what of them does not work in the sandbox.
import { readFile } from "node:fs/promises";
import { dirname, relative } from "node:path";
import { GleitzeitError, isObject, type Json, pythonTasks } from "../../domain/index.ts";
import { childPath } from "./child-documents.ts";
import type { Finding } from "./import-finding.ts";
import type { LoadedDocument } from "./load-document.ts";
import { looked } from "./script-sight.ts";

/** Each script once, whichever tasks name it. */
export async function scriptFindings(
  { path, at }: LoadedDocument,
  raw: Json,
  working: string,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  const folder = dirname(path);
  for (const { path: place, params, files } of pythonTasks(raw)) {
    const named = [...textsIn(params.context), ...textsIn(params.args), ...textsIn([...files])];
    const { file, code } = params;
    if (typeof code === "string") {
      const { line } = at?.({ path: place }) ?? { line: 1 };
      for (const one of await looked(code, folder, folder, named))
        findings.push({
          kind: "differs",
          message: `${one.message} (line ${one.line} of \`code\`)`,
          file: path,
          line,
        });
    }
    if (typeof file !== "string" || file.includes("${")) continue;
    const script = await found(file, folder, working);
    if (typeof script !== "string") {
      findings.push({
        kind: "refused",
        code: script.code,
        message: script.message,
        file: path,
        ...at?.({ path: place }),
      });
      continue;
    }
    if (seen.has(script)) continue;
    seen.add(script);
    const shown = relative(working, script);
    const text = await readFile(script, "utf8");
    for (const one of await looked(text, dirname(script), folder, named))
      findings.push({ kind: "differs", ...one, file: shown });
  }
  return findings;
}

async function found(file: string, folder: string, working: string): Promise<string | GleitzeitError> {
  try {
    return await childPath(file, folder, working);
  } catch (error) {
    if (error instanceof GleitzeitError) return error;
    throw error;
  }
}

function textsIn(value: Json | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
