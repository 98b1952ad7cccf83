// RFC 8785 (JCS): the one text of a JSON value, so that equal values have equal bytes and hashes.
// Own code because it is on the hot path of every append; held to the `canonicalize` package by a property test.
import type { Json } from "./json.ts";

/** The caller has checked that the value is I-JSON (`jsonProblem`). Members that are undefined are left out. */
export function jcs(value: Json): string {
  return text(value, same);
}

type KeyMap = (key: string) => string;
const same: KeyMap = (key) => key;

/**
 * User values next to our own placeholders: a key that looks like one of ours (`$blob`, `$erased`,
 * `$sealed`, with any number of leading `$`) gains one `$` here and loses it in `unescapeKeys`.
 */
export const jcsOfUserValue = (value: Json): string => text(value, escaped);

const OURS = /^\$+(?:blob|erased|sealed)$/;
const escaped: KeyMap = (key) => (key.charCodeAt(0) === 36 && OURS.test(key) ? `$${key}` : key);

function text(value: Json, mapKey: KeyMap): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value === null || typeof value !== "object") return String(value === 0 ? 0 : value);
  if (Array.isArray(value)) return listText(value, mapKey);
  return objectText(value, mapKey);
}

function listText(list: readonly Json[], mapKey: KeyMap): string {
  let out = "[";
  for (let i = 0; i < list.length; i += 1) out += (i > 0 ? "," : "") + text(list[i] ?? null, mapKey);
  return `${out}]`;
}

function objectText(object: Json & object, mapKey: KeyMap): string {
  const members = Object.entries(object).map(([key, member]) => [mapKey(key), member] as const);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  let out = "{";
  for (const [key, member] of members) {
    if (member === undefined) continue;
    out += `${(out.length > 1 ? "," : "") + JSON.stringify(key)}:${text(member, mapKey)}`;
  }
  return `${out}}`;
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
