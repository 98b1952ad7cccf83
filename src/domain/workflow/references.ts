// Templates: text with `${…}` in it, taken apart once. What a reference brings in is data and is never read again.
import { isList, isObject, type Json } from "../json.ts";
import { type Heads, isHead } from "./heads.ts";
import type { Path } from "./problems.ts";
import { skipBlanks, tailOf } from "./reference-tail.ts";

export type Reference = {
  /** As written, braces included. */
  readonly text: string;
  /** Id or name of a task, or a word such as `inputs`. */
  readonly head: string;
  readonly path: Path;
  /** What stands behind `??`. */
  readonly fallback?: { readonly value: Json };
};

export type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "reference"; readonly reference: Reference }
  | { readonly kind: "broken"; readonly text: string; readonly message: string };

/** Has something to resolve: a reference, or `$${`, which stands for `${`. */
export const isTemplate = (text: string): boolean => text.includes("${");

/** The template that resolves to exactly this text. */
export const literally = (text: string): string => text.replaceAll("${", () => "$${");

/** Left to right: `$${` is a literal `${`, any other `${` opens a reference. */
export function parseTemplate(template: string, heads: Heads): readonly Part[] {
  const parts: Part[] = [];
  let text = "";
  let from = 0;
  for (let open = template.indexOf("${"); open >= 0; open = template.indexOf("${", from)) {
    const escaped = open > from && template[open - 1] === "$";
    text += template.slice(from, escaped ? open - 1 : open);
    if (escaped) {
      text += "${";
      from = open + 2;
      continue;
    }
    const { part, end } = parseReference(template, open, heads);
    if (text !== "") parts.push({ kind: "text", text });
    parts.push(part);
    text = "";
    from = end;
  }
  text += template.slice(from);
  if (text !== "") parts.push({ kind: "text", text });
  return parts;
}

type Parsed = { readonly part: Part; readonly end: number };

function parseReference(template: string, open: number, heads: Heads): Parsed {
  const close = template.indexOf("}", open);
  if (close < 0) return broken(template, open, template.length, "is not closed by `}`");
  const start = skipBlanks(template, open + 2);
  const headEnd = knownHeadEnd(template, start, close, heads) ?? unknownHeadEnd(template, start, close);
  const head = template.slice(start, headEnd).trimEnd();
  if (head === "") return broken(template, open, close + 1, "names no task and no input");
  const tail = tailOf(template, headEnd);
  if (!tail.ok) return broken(template, open, tail.end ?? close + 1, tail.message);
  const { path, fallback, end } = tail;
  const reference = { text: template.slice(open, end), head, path, ...(fallback && { fallback }) };
  return { part: { kind: "reference", reference }, end };
}

const broken = (template: string, open: number, end: number, message: string): Parsed => ({
  part: { kind: "broken", text: shortened(template.slice(open, Math.min(end, open + 81))), message },
  end,
});

const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

const LONGEST_HEAD = 400;

/** The longest known id or name wins, so that names may hold spaces, dots and brackets. */
function knownHeadEnd(template: string, start: number, close: number, heads: Heads): number | undefined {
  for (let end = Math.min(close, start + LONGEST_HEAD); end > start; end--) {
    if (endsHead(template, end) && isHead(heads, template.slice(start, end))) return end;
  }
  return undefined;
}

function endsHead(template: string, at: number): boolean {
  if (template[at] === "." || template[at] === "[") return true;
  const next = skipBlanks(template, at);
  return template[next] === "}" || template.startsWith("??", next);
}

function unknownHeadEnd(template: string, start: number, close: number): number {
  for (let end = start; end < close; end++) {
    if (template[end] === "." || template[end] === "[" || template.startsWith("??", end)) return end;
  }
  return close;
}

/** Every reference and broken reference in a value with its place; keys of objects are not looked at. */
export function* partsIn(
  value: Json,
  heads: Heads,
  path: Path = [],
): Generator<{ readonly path: Path; readonly part: Exclude<Part, { readonly kind: "text" }> }> {
  if (typeof value === "string") {
    if (!isTemplate(value)) return;
    for (const part of parseTemplate(value, heads)) if (part.kind !== "text") yield { path, part };
  } else if (isList(value)) {
    for (const [i, member] of value.entries()) yield* partsIn(member, heads, [...path, i]);
  } else if (isObject(value)) {
    for (const [key, member] of Object.entries(value)) yield* partsIn(member, heads, [...path, key]);
  }
}

/** Some string in it is a template. */
export function hasTemplates(value: Json): boolean {
  if (typeof value === "string") return isTemplate(value);
  if (isList(value)) return value.some(hasTemplates);
  return isObject(value) && Object.values(value).some(hasTemplates);
}
