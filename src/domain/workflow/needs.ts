// From references to indexes: which tasks a value needs.
import type { Json } from "../json.ts";
import { type Heads, RESERVED_HEADS } from "./heads.ts";
import { partsIn } from "./references.ts";

/** Tasks that a value refers to; `strict` are those with a reference that has no default. */
export function needsOf(
  value: Json,
  heads: Heads,
): { readonly all: readonly number[]; readonly strict: readonly number[] } {
  const all: number[] = [];
  const strict: number[] = [];
  for (const { part } of partsIn(value, heads)) {
    if (part.kind === "broken") throw unvalidated(part.text);
    const { head, fallback } = part.reference;
    if (RESERVED_HEADS.has(head)) continue;
    const index = indexOf(head, heads);
    all.push(index);
    if (!fallback) strict.push(index);
  }
  return { all: ascending(all), strict: ascending(strict) };
}

export function indexOf(head: string, heads: Heads): number {
  const index = heads.tasks.get(head);
  if (index === undefined) throw unvalidated(head);
  return index;
}

export const unvalidated = (what: string): Error => new Error(`the definition was not validated: ${what}`);

export const ascending = (indexes: readonly number[]): readonly number[] =>
  [...new Set(indexes)].toSorted((a, b) => a - b);
