// References → values. What comes in is data: it is put in place as it is and never read as a template again.
import { type ErrorInfo, errorInfo } from "../errors.ts";
import { jcs } from "../jcs.ts";
import { isList, isObject, type Json, type JsonObject, pathText } from "../json.ts";
import { lookUp, type Scope } from "./look-up.ts";
import type { Path } from "./problems.ts";
import { isTemplate, type Part, parseTemplate, type Reference } from "./references.ts";
import type { SecretPlace } from "./secret-places.ts";

export type Resolved<T extends Json = Json> =
  /** `secrets`: where the value names some; absent where it names none. */
  | { readonly ok: true; readonly value: T; readonly secrets?: readonly SecretPlace[] }
  | { readonly ok: false; readonly error: ErrorInfo };

/** Longer texts are refused: a few references to one large value could otherwise make any size of text. */
const MAX_TEXT = 64 * 1024 * 1024;

type Step = { readonly scope: Scope; error?: ErrorInfo; readonly secrets: SecretPlace[] };

/** `place` names the value in messages: `params`, `outputs`. The first thing that cannot be resolved is the error. */
export function resolve(value: JsonObject, scope: Scope, place?: string): Resolved<JsonObject>;
export function resolve(value: Json, scope: Scope, place?: string): Resolved;
export function resolve(value: Json, scope: Scope, place = "params"): Resolved {
  const step: Step = { scope, secrets: [] };
  const resolved = walk(value, step, [place]);
  if (step.error) return { ok: false, error: step.error };
  const { secrets } = step;
  return { ok: true, value: resolved, ...(secrets.length > 0 && { secrets }) };
}

function walk(value: Json, step: Step, path: Path): Json {
  if (step.error) return null;
  if (typeof value === "string") return isTemplate(value) ? filled(value, step, path) : value;
  if (isList(value)) return value.map((member, i) => walk(member, step, [...path, i]));
  if (!isObject(value)) return value;
  // Keys stand as written, whatever they look like.
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, walk(member, step, [...path, key])]),
  );
}

function filled(template: string, step: Step, path: Path): Json {
  const parts = parseTemplate(template, step.scope.heads);
  const only = parts.length === 1 ? parts[0] : undefined;
  if (only?.kind === "reference") return referred(only.reference, step, path, 0);
  let text = "";
  for (const part of parts) {
    text += textOf(part, step, path, text.length);
    if (text.length > MAX_TEXT) fail(step, path, `the text grows beyond ${MAX_TEXT} characters`);
    if (step.error) return null;
  }
  return text;
}

function textOf(part: Part, step: Step, path: Path, at: number): string {
  switch (part.kind) {
    case "text":
      return part.text;
    case "reference": {
      const value = referred(part.reference, step, path, at);
      // Keys in one order: a value that was read from the log again is the same text.
      return typeof value === "string" ? value : jcs(value);
    }
    case "broken":
      fail(step, path, `\`${part.text}\` ${part.message}`);
      return "";
  }
}

/** `at`: where its value will stand in the text. */
function referred(reference: Reference, step: Step, path: Path, at: number): Json {
  const found = lookUp(reference, step.scope);
  if (found.ok) {
    if (found.secret !== undefined) step.secrets.push({ path: path.slice(1), at, name: found.secret });
    return found.value;
  }
  if (reference.fallback) return reference.fallback.value;
  const { message, keys } = found;
  fail(step, path, `\`${reference.text}\`: ${message}`, { reference: reference.text, ...(keys && { keys }) });
  return null;
}

function fail(step: Step, path: Path, message: string, details?: JsonObject): void {
  const where = pathText(path);
  step.error ??= errorInfo("TASK_PARAMETER_ERROR", `${where}: ${message}`, {
    details: { path: where, ...details },
  });
}
