// Rows of kept read models as text: JCS, so that equal rows have equal texts, with what JSON has no form for marked.
import { type Json, jcs, parseJson } from "../domain/index.ts";

export type RowCodec<R> = { readonly text: (row: R) => string; readonly row: (text: string) => R };

/** For rows of plain data, maps, sets and bigints. What comes out is what went in: the text is read by its own writer. */
export const rowCodec = <R>(): RowCodec<R> => ({
  text: (row) => jcs(flat(row)),
  row: (text) => whole(parseJson(text)) as R,
});

const [MAP, SET, BIGINT] = ["$map", "$set", "$bigint"];

function flat(value: unknown): Json {
  if (typeof value === "bigint") return { [BIGINT]: String(value) };
  if (value instanceof Map) return { [MAP]: [...value].map(([key, member]) => [flat(key), flat(member)]) };
  if (value instanceof Set) return { [SET]: [...value].map(flat) };
  if (Array.isArray(value)) return value.map(flat);
  if (typeof value !== "object" || value === null) return value as Json;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => (member === undefined ? [] : [[key, flat(member)]])),
  );
}

function whole(value: Json): unknown {
  if (Array.isArray(value)) return value.map(whole);
  if (typeof value !== "object" || value === null) return value;
  const [only, ...others] = Object.entries(value);
  if (only && others.length === 0) {
    const [key, content] = only;
    if (key === BIGINT && typeof content === "string") return BigInt(content);
    if (key === MAP && Array.isArray(content)) return new Map(content.map(whole) as [unknown, unknown][]);
    if (key === SET && Array.isArray(content)) return new Set(content.map(whole));
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, whole(member)]));
}
