// Answers that are held to a JSON schema. The checker is loaded when the first of them is asked for.
import type { AnySchemaObject, ErrorObject } from "ajv";
import { GleitzeitError, type Json, type JsonObject, parseJson } from "../../../domain/index.ts";

export type Checked =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly problem: string };

/** Draft 2020-12, or draft 7 where the schema says so. */
export async function answerCheck(format: "json" | JsonObject): Promise<(text: string) => Checked> {
  if (format === "json") return jsonIn;
  const schema: AnySchemaObject = structuredClone({ ...format });
  const isOld = typeof format.$schema === "string" && /draft-0[467]/.test(format.$schema);
  const { Ajv } = await import("ajv");
  const { Ajv2020 } = await import("ajv/dist/2020.js");
  const settings = { strict: false, validateFormats: false, allErrors: true };
  const ajv = isOld ? new Ajv(settings) : new Ajv2020(settings);
  const validate = compiled(() => ajv.compile(schema));
  return (text) => {
    const parsed = jsonIn(text);
    if (!parsed.ok || validate(parsed.value)) return parsed;
    return { ok: false, problem: problemsOf(validate.errors ?? []) };
  };
}

function compiled<T>(compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new GleitzeitError("INVALID_PARAMS", `params.response_format is no JSON schema: ${why}`, {
      cause: error,
    });
  }
}

/** Models like to put a fence around it. */
function jsonIn(text: string): Checked {
  const bare = /^\s*```(?:json)?\s*\n([\s\S]*?)\n\s*```\s*$/.exec(text)?.[1] ?? text;
  try {
    return { ok: true, value: parseJson(bare) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ok: false, problem: `it is not JSON: ${error.message}` };
  }
}

const MOST_PROBLEMS = 5;

function problemsOf(errors: readonly ErrorObject[]): string {
  const lines = errors.map(
    ({ instancePath, message = "is not valid" }) => `${instancePath || "it"} ${message}`,
  );
  const unique = [...new Set(lines)];
  const more = unique.length > MOST_PROBLEMS ? ` (and ${unique.length - MOST_PROBLEMS} more)` : "";
  return `${unique.slice(0, MOST_PROBLEMS).join("; ")}${more}`;
}
