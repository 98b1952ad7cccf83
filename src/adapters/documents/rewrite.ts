// Puts other words for keys and values into a document's text, and leaves everything else as it stands: comments,
// order, blank lines, quotes.
import type { Place } from "./lines.ts";

export type Edit = { readonly place: Place; readonly from: string; readonly to: string };

/** Undefined when something else stands there: an anchor, an escape; nothing is guessed. */
export function rewritten(text: string, edits: readonly Edit[], isJson: boolean): string | undefined {
  const lines = text.split("\n");
  const sorted = edits.toSorted((a, b) => b.place.line - a.place.line || b.place.column - a.place.column);
  let last: Place | undefined;
  for (const { place, from, to } of sorted) {
    if (last?.line === place.line && last.column === place.column) continue; // repeated by an alias
    last = place;
    const line = lines[place.line - 1] ?? "";
    const [before, after] = [line.slice(0, place.column - 1), line.slice(place.column - 1)];
    const [found, quote = ""] = new RegExp(`^(["']?)${from}\\1(?![\\w-])`).exec(after) ?? [];
    if (found === undefined) return undefined;
    const mark = isJson ? '"' : quote;
    lines[place.line - 1] = `${before}${mark}${to}${mark}${after.slice(found.length)}`;
  }
  return lines.join("\n");
}
