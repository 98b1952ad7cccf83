// JSON values as they stand in events: I-JSON (RFC 7493), so that every reader sees the same number and text.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export const MAX_DEPTH = 200;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isList = (value: unknown): value is readonly Json[] => Array.isArray(value);

/** A member that stands there itself: names like `constructor` are found in every object. */
export const own = (members: JsonObject, key: string): Json | undefined =>
  Object.hasOwn(members, key) ? members[key] : undefined;

/** Equal, and nothing of it the same: whoever gets it may do with it what they like. */
export function copyOf(value: JsonObject): JsonObject;
export function copyOf(value: Json): Json;
export function copyOf(value: Json): Json {
  if (isList(value)) return value.map((member) => copyOf(member));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copyOf(member)]));
}

/** `items[2].name`, `["odd key"].x`: how a place in a value is written in every message. */
export function pathText(path: readonly (string | number)[]): string {
  return path
    .map((step, i) => {
      if (typeof step === "number") return `[${step}]`;
      if (!/^[A-Za-z_][\w-]*$/.test(step)) return `[${JSON.stringify(step)}]`;
      return i === 0 ? step : `.${step}`;
    })
    .join("");
}

export type JsonProblem = { readonly path: readonly (string | number)[]; readonly message: string };

/**
 * The first thing that keeps a value from being I-JSON, or undefined: NaN and infinities, integers
 * beyond 2^53 − 1, lone surrogates, anything that is not JSON, nesting deeper than 200.
 */
export function jsonProblem(
  value: unknown,
  path: readonly (string | number)[] = [],
): JsonProblem | undefined {
  if (value === null || typeof value === "boolean") return undefined;
  if (typeof value === "string") return textProblem(value, path);
  if (typeof value === "number") return numberProblem(value, path);
  if (path.length > MAX_DEPTH) return { path, message: `nested deeper than ${MAX_DEPTH}` };
  if (Array.isArray(value)) return firstProblem(value.entries(), path);
  if (typeof value === "object") return memberProblem(value, path);
  return { path, message: `${typeof value} is not JSON` };
}

function memberProblem(value: object, path: readonly (string | number)[]): JsonProblem | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return { path, message: "not a plain object" };
  const entries = Object.entries(value);
  const badKey = entries.find(([key]) => !key.isWellFormed());
  if (badKey) return { path: [...path, badKey[0]], message: "key with a lone surrogate" };
  return firstProblem(entries, path);
}

function firstProblem(
  entries: Iterable<readonly [string | number, unknown]>,
  path: readonly (string | number)[],
): JsonProblem | undefined {
  for (const [key, member] of entries) {
    const problem = jsonProblem(member, [...path, key]);
    if (problem) return problem;
  }
  return undefined;
}

function textProblem(text: string, path: readonly (string | number)[]): JsonProblem | undefined {
  return text.isWellFormed() ? undefined : { path, message: "text with a lone surrogate" };
}

function numberProblem(number: number, path: readonly (string | number)[]): JsonProblem | undefined {
  if (!Number.isFinite(number)) return { path, message: `${number} is not JSON` };
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) {
    return { path, message: `integer ${number} is beyond 2^53 − 1; return it as a string` };
  }
  return undefined;
}
