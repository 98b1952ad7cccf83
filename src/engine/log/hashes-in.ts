// Which blobs an event's bytes name: files, definitions, lists and values moved out of it.
import { isList, isObject, type Json, keyOfStream, parseJson } from "../../domain/index.ts";
import type { StoredEvent } from "../ports/index.ts";

const utf8 = new TextDecoder();
const START = "sha256-"; // in canonical JSON there is no other way to write it
const NONE: Named = { hashes: [], lists: [] };
const HASH = /^sha256-[0-9a-f]{64}$/;
/** Where our own references stand; a user's text that looks like a hash names nothing. */
const KEYS: ReadonlySet<string> = new Set(["$blob", "hash"]);

export type Named = {
  readonly hashes: readonly string[];
  /** Those of `hashes` that are lists, of files or of workflows, and may name further ones. */
  readonly lists: readonly string[];
};

const NOTHING: Named = { hashes: [], lists: [] };

/** Of a key the log has the hash of its secret, and that is the hash of nothing that is kept. */
export const namedBy = ({ stream, data }: Pick<StoredEvent, "stream" | "data">): Named =>
  keyOfStream(stream) === undefined ? hashesIn(data) : NOTHING;

/** Control fields anywhere; of values only the references that stand in place of a member. */
export function hashesIn(bytes: Uint8Array): Named {
  const text = utf8.decode(bytes);
  if (!text.includes(START)) return NONE; // most events
  const parsed = json(text);
  if (!isObject(parsed)) return { hashes: named(parsed ?? null), lists: listsIn(parsed ?? null) };
  const { values, sealed = null, ...control } = parsed;
  const moved = isObject(values) ? Object.values(values).flatMap(reference) : [];
  return { hashes: [...named(control), ...named(sealed), ...moved], lists: listsIn(control) };
}

/** With what the lists name; `read` gives the bytes of one, if they are there. */
export function allHashesIn(
  bytes: Uint8Array,
  read: (hash: string) => Uint8Array | undefined,
): readonly string[] {
  const { hashes, lists } = hashesIn(bytes);
  const inside = lists.flatMap((list) => {
    const listed = read(list);
    return listed ? allHashesIn(listed, read) : [];
  });
  return [...hashes, ...inside];
}

function listsIn(value: Json): readonly string[] {
  if (isList(value)) return value.flatMap(listsIn);
  if (!isObject(value)) return [];
  return "$blob" in value ? reference(value) : Object.values(value).flatMap(listsIn);
}

function json(text: string): Json | undefined {
  try {
    return parseJson(text);
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
