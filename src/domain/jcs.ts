// RFC 8785 (JCS): the one text of a JSON value, so that equal values have equal bytes and hashes.
// Own code because it is on the hot path of every append; held to the `canonicalize` package by a property test.
import { isList, type Json, type JsonObject } from "./json.ts";

/**
 * The caller has checked that the value is I-JSON (`jsonProblem`); what RFC 8785 has no text for throws, because it
 * would be bytes that nobody can read again. Members that are undefined are left out.
 */
export function jcs(value: Json): string {
  return text(value, false);
}

/** The same of an object whose members are written by `write`, unless it leaves one to this. */
export const jcsBy = (object: Members, write: (key: string, member: Json) => string | undefined): string => {
  let out = "{";
  for (const key of inOrder(Object.keys(object))) {
    const member = object[key];
    if (member === undefined) continue;
    out += (out.length > 1 ? "," : "") + keyText(key) + (write(key, member) ?? text(member, false));
  }
  return `${out}}`;
};

type Members = { readonly [key: string]: Json | undefined };

/**
 * User values next to our own placeholders: a key that looks like one of ours (`$blob`, `$erased`,
 * `$sealed`, with any number of leading `$`) gains one `$` here and loses it in `unescapeKeys`.
 */
export const jcsOfUserValue = (value: Json): string => text(value, true);

const DOLLAR = 36;
const OURS = /^\$+(?:blob|erased|sealed)$/;
const escaped = (key: string): string => (OURS.test(key) ? `$${key}` : key);

function text(value: Json, isUsers: boolean): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return numberText(value);
  if (value === null || typeof value !== "object") return String(value);
  return isList(value) ? listText(value, isUsers) : objectText(value, isUsers);
}

function quoted(string: string): string {
  if (!string.isWellFormed()) throw new Error("a text with a lone surrogate has no canonical JSON");
  return JSON.stringify(string);
}

function numberText(number: number): string {
  if (!Number.isFinite(number)) throw new Error(`${number} has no canonical JSON`);
  return String(number === 0 ? 0 : number);
}

function listText(list: readonly Json[], isUsers: boolean): string {
  let out = "[";
  for (let i = 0; i < list.length; i += 1) out += (i > 0 ? "," : "") + text(list[i] ?? null, isUsers);
  return `${out}]`;
}

function objectText(object: JsonObject, isUsers: boolean): string {
  const keys = Object.keys(object);
  if (isUsers && keys.some((key) => key.charCodeAt(0) === DOLLAR)) return escapedText(object, keys);
  let out = "{";
  for (const key of inOrder(keys)) {
    const member = object[key];
    if (member !== undefined) out += (out.length > 1 ? "," : "") + keyText(key) + text(member, isUsers);
  }
  return `${out}}`;
}

/** Seldom needed, so apart: escaping changes the order of keys. */
function escapedText(object: JsonObject, keys: readonly string[]): string {
  const members = keys
    .map((key) => [escaped(key), object[key]] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const texts = members.flatMap(([key, member]) =>
    member === undefined ? [] : [keyText(key) + text(member, true)],
  );
  return `{${texts.join(",")}}`;
}

/** An event has few keys, often in order already: the engine's own sort costs several times more. */
const FEW = 24;

/** Sorts in place, by UTF-16 code unit as the RFC wants it. */
function inOrder(keys: string[]): readonly string[] {
  if (keys.length > FEW) return keys.sort();
  for (let i = 1; i < keys.length; i += 1) {
    const key = keys[i] ?? "";
    let j = i - 1;
    for (let before = keys[j]; before !== undefined && before > key; before = keys[j]) {
      keys[j + 1] = before;
      j -= 1;
    }
    keys[j + 1] = key;
  }
  return keys;
}

/** The same few keys stand in every event; users' own are many, and not all are kept. */
const keyTexts = new Map<string, string>();
const MOST_KEYS = 2000;
const LONGEST_KEY = 64;

function keyText(key: string): string {
  const known = keyTexts.get(key);
  if (known !== undefined) return known;
  const made = `${quoted(key)}:`;
  if (keyTexts.size < MOST_KEYS && key.length <= LONGEST_KEY) keyTexts.set(key, made);
  return made;
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
