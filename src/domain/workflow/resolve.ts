// References → values. What comes in is data: it is put in place as it is and never read as a template again.
import { type ErrorInfo, errorInfo } from "../errors.ts";
import { isList, isObject, type Json, type JsonObject, pathText } from "../json.ts";
import { lookUp, type Scope } from "./look-up.ts";
import type { Path } from "./problems.ts";
import { isTemplate, type Part, parseTemplate, type Reference } from "./references.ts";

export type Resolved<T extends Json = Json> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ErrorInfo };

/** Longer texts are refused: a few references to one large value could otherwise make any size of text. */
const MAX_TEXT = 64 * 1024 * 1024;

type Step = { readonly scope: Scope; error?: ErrorInfo };

/** `place` names the value in messages: `params`, `outputs`. The first thing that cannot be resolved is the error. */
export function resolve(value: JsonObject, scope: Scope, place?: string): Resolved<JsonObject>;
export function resolve(value: Json, scope: Scope, place?: string): Resolved;
export function resolve(value: Json, scope: Scope, place = "params"): Resolved {
  const step: Step = { scope };
  const resolved = walk(value, step, [place]);
  return step.error ? { ok: false, error: step.error } : { ok: true, value: resolved };
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
  if (only?.kind === "reference") return referred(only.reference, step, path);
  let text = "";
  for (const part of parts) {
    text += textOf(part, step, path);
    if (text.length > MAX_TEXT) fail(step, path, `the text grows beyond ${MAX_TEXT} characters`);
    if (step.error) return null;
  }
  return text;
}

function textOf(part: Part, step: Step, path: Path): string {
  switch (part.kind) {
    case "text":
      return part.text;
    case "reference": {
      const value = referred(part.reference, step, path);
      return typeof value === "string" ? value : JSON.stringify(value);
    }
    case "broken":
      fail(step, path, `\`${part.text}\` ${part.message}`);
      return "";
  }
}

function referred(reference: Reference, step: Step, path: Path): Json {
  const found = lookUp(reference, step.scope);
  if (found.ok) return found.value;
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
