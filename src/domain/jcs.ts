// RFC 8785 (JCS): the one text of a JSON value, so that equal values have equal bytes and hashes.
// Own code because it is on the hot path of every append; held to the `canonicalize` package by a property test.
import { isList, type Json, type JsonObject } from "./json.ts";

/** The caller has checked that the value is I-JSON (`jsonProblem`). Members that are undefined are left out. */
export function jcs(value: Json): string {
  return text(value, false);
}

/**
 * User values next to our own placeholders: a key that looks like one of ours (`$blob`, `$erased`,
 * `$sealed`, with any number of leading `$`) gains one `$` here and loses it in `unescapeKeys`.
 */
export const jcsOfUserValue = (value: Json): string => text(value, true);

const DOLLAR = 36;
const OURS = /^\$+(?:blob|erased|sealed)$/;
const escaped = (key: string): string => (OURS.test(key) ? `$${key}` : key);

function text(value: Json, isUsers: boolean): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value === null || typeof value !== "object") return String(value === 0 ? 0 : value);
  return isList(value) ? listText(value, isUsers) : objectText(value, isUsers);
}

function listText(list: readonly Json[], isUsers: boolean): string {
  let out = "[";
  for (let i = 0; i < list.length; i += 1) out += (i > 0 ? "," : "") + text(list[i] ?? null, isUsers);
  return `${out}]`;
}

function objectText(object: JsonObject, isUsers: boolean): string {
  const keys = Object.keys(object);
  if (isUsers && keys.some((key) => key.charCodeAt(0) === DOLLAR)) return escapedText(object, keys);
  keys.sort();
  let out = "{";
  for (const key of keys) {
    const member = object[key];
    if (member === undefined) continue;
    out += `${(out.length > 1 ? "," : "") + JSON.stringify(key)}:${text(member, isUsers)}`;
  }
  return `${out}}`;
}

/** Seldom needed, so apart: escaping changes the order of keys. */
function escapedText(object: JsonObject, keys: readonly string[]): string {
  const members = keys
    .map((key) => [escaped(key), object[key]] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const texts = members.flatMap(([key, member]) =>
    member === undefined ? [] : [`${JSON.stringify(key)}:${text(member, true)}`],
  );
  return `{${texts.join(",")}}`;
}

/** What `jcsOfUserValue` did to keys, undone. */
export function unescapeKeys(value: Json): Json {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(unescapeKeys);
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key.startsWith("$$") && OURS.test(key) ? key.slice(1) : key,
      unescapeKeys(member),
    ]),
  );
}
