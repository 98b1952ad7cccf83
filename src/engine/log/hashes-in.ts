// Which blobs an event's bytes name: files, definitions, lists and values moved out of it.
import { isList, isObject, type Json, parseJson } from "../../domain/index.ts";

const utf8 = new TextDecoder();
const HASH = /^sha256-[0-9a-f]{64}$/;
/** Where our own references stand; a user's text that looks like a hash names nothing. */
const KEYS: ReadonlySet<string> = new Set(["$blob", "hash"]);

export type Named = {
  readonly hashes: readonly string[];
  /** One of `hashes`: a list that names further ones. */
  readonly list: string | undefined;
};

/** Control fields anywhere; of values only the references that stand in place of a member. */
export function hashesIn(bytes: Uint8Array): Named {
  const parsed = json(bytes);
  if (!isObject(parsed)) return { hashes: named(parsed ?? null), list: undefined };
  const { values, ...control } = parsed;
  const moved = isObject(values) ? Object.values(values).flatMap(reference) : [];
  const { files = null } = control;
  return { hashes: [...named(control), ...moved], list: reference(files)[0] };
}

function json(bytes: Uint8Array): Json | undefined {
  try {
    return parseJson(utf8.decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // told by whoever decodes the event
    throw error;
  }
}

const reference = (value: Json): readonly string[] =>
  isObject(value) && typeof value.$blob === "string" && HASH.test(value.$blob) ? [value.$blob] : [];

function named(value: Json): readonly string[] {
  if (isList(value)) return value.flatMap(named);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    KEYS.has(key) && typeof member === "string" && HASH.test(member) ? [member] : named(member),
  );
}
