// What a case expects of a value. Subset: objects may have more keys, lists have equal length, scalars are equal and
// of one type. An object with one key that begins with `$` is a matcher in place of a value.
import { isList, isObject, type Json, type JsonObject } from "../../src/domain/index.ts";

/** The first thing that does not fit, with its place; undefined when all does. */
export function mismatch(actual: Json | undefined, expected: Json, path = "$"): string | undefined {
  if (isObject(expected)) {
    const matcher = matcherIn(expected);
    if (matcher) return matched(actual, matcher, path);
    if (!isObject(actual)) return differs(actual, expected, path);
    return first(Object.entries(expected), ([key, value]) =>
      mismatch(Object.hasOwn(actual, key) ? actual[key] : undefined, value, `${path}.${key}`),
    );
  }
  if (isList(expected)) {
    if (!isList(actual) || actual.length !== expected.length) return differs(actual, expected, path);
    return first([...expected.entries()], ([i, value]) => mismatch(actual[i], value, `${path}[${i}]`));
  }
  return actual === expected ? undefined : differs(actual, expected, path);
}

export const fits = (actual: Json | undefined, expected: Json): boolean =>
  mismatch(actual, expected) === undefined;

/** Exactly: the same keys, no matchers. */
export function sameJson(a: Json | undefined, b: Json): boolean {
  if (isObject(b)) {
    if (!isObject(a)) return false;
    const keys = Object.keys(b);
    return (
      keys.length === Object.keys(a).length &&
      keys.every((key) => Object.hasOwn(a, key) && sameJson(a[key], b[key] ?? null))
    );
  }
  if (!isList(b)) return a === b;
  return isList(a) && a.length === b.length && b.every((member, i) => sameJson(a[i], member));
}

type Matcher = readonly [name: string, operand: Json];

const NAMES = ["$contains", "$regex", "$min", "$max", "$length", "$one_of", "$json", "$not"];

function matcherIn(expected: JsonObject): Matcher | undefined {
  const entries = Object.entries(expected);
  const [only] = entries;
  if (!only?.[0].startsWith("$")) return undefined;
  if (entries.length > 1 || !NAMES.includes(only[0]))
    throw new Error(`no such matcher: ${JSON.stringify(expected)}`);
  return only;
}

function matched(actual: Json | undefined, [name, operand]: Matcher, path: string): string | undefined {
  const holds = holdsFor(actual, name, operand);
  return holds ? undefined : `${path} is ${show(actual)}, which is not ${name} ${show(operand)}`;
}

function holdsFor(actual: Json | undefined, name: string, operand: Json): boolean {
  switch (name) {
    case "$contains":
      return (isList(operand) ? operand : [operand]).every((one) => contains(actual, one));
    case "$regex":
      return typeof actual === "string" && typeof operand === "string" && new RegExp(operand).test(actual);
    case "$min":
      return typeof actual === "number" && typeof operand === "number" && actual >= operand;
    case "$max":
      return typeof actual === "number" && typeof operand === "number" && actual <= operand;
    case "$length":
      return lengthOf(actual) === operand;
    case "$one_of":
      return isList(operand) && operand.some((one) => fits(actual, one));
    case "$json":
      return typeof actual === "string" && fits(parsed(actual), operand);
    default:
      return !fits(actual, operand);
  }
}

function contains(actual: Json | undefined, part: Json): boolean {
  if (typeof actual === "string") return typeof part === "string" && actual.includes(part);
  return isList(actual) && actual.some((member) => fits(member, part));
}

function lengthOf(value: Json | undefined): number | undefined {
  if (typeof value === "string") return [...value].length;
  if (isList(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : undefined;
}

function parsed(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const differs = (actual: Json | undefined, expected: Json, path: string): string =>
  `${path} is ${show(actual)}, expected ${show(expected)}`;

const show = (value: Json | undefined): string => {
  const text = JSON.stringify(value) ?? "missing";
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
};

function first<T>(items: readonly T[], look: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = look(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
