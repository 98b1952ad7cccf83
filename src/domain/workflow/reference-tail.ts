// What stands behind the head of a reference: `.path[0]["odd key"] ?? default }`.
import type { Json } from "../json.ts";
import { jsonIn } from "./json-text.ts";
import type { Path } from "./problems.ts";

export type Tail =
  | {
      readonly ok: true;
      readonly path: Path;
      readonly fallback?: { readonly value: Json };
      /** Just behind the closing brace. */
      readonly end: number;
    }
  /** `end`: where it is known that nothing of this reference goes on. */
  | { readonly ok: false; readonly message: string; readonly end?: number };

type Step = { readonly step: string | number; readonly end: number };

const STEP_END = /[.[\]}]|\?\?/g;
const INDEX = /\[(\d{1,15})\]/y;

export function tailOf(text: string, from: number): Tail {
  const path: (string | number)[] = [];
  let at = from;
  for (let step = readStep(text, at); step; step = readStep(text, at)) {
    if (step.step === "") return { ok: false, message: "has an empty step in its path" };
    path.push(step.step);
    at = step.end;
  }
  at = skipBlanks(text, at);
  if (text[at] === "}") return { ok: true, path, end: at + 1 };
  if (text.startsWith("??", at)) return withDefault(text, at + 2, path);
  return { ok: false, message: 'has a path that is not made of `.name`, `[0]` and `["odd name"]`' };
}

function readStep(text: string, at: number): Step | undefined {
  if (text[at] === ".") {
    STEP_END.lastIndex = at + 1;
    const end = STEP_END.exec(text)?.index ?? text.length;
    return { step: text.slice(at + 1, end).trimEnd(), end };
  }
  if (text[at] !== "[") return undefined;
  INDEX.lastIndex = at;
  const index = INDEX.exec(text);
  if (index) return { step: Number(index[1]), end: at + index[0].length };
  if (text[at + 1] !== '"') return undefined;
  const end = quotedEnd(text, at + 1);
  const key = jsonIn(text.slice(at + 1, end));
  return text[end] === "]" && typeof key?.value === "string" ? { step: key.value, end: end + 1 } : undefined;
}

function withDefault(text: string, from: number, path: Path): Tail {
  const end = defaultEnd(text, from);
  if (end === undefined) return { ok: false, message: "has a default that does not end", end: text.length };
  const written = text.slice(from, end).trim();
  const fallback = jsonIn(written);
  if (fallback) return { ok: true, path, fallback, end: end + 1 };
  const remedy = `write \`?? ${JSON.stringify(written.slice(0, 40))}\` for a text`;
  return { ok: false, message: `has a default that is not JSON: ${remedy}`, end: end + 1 };
}

/** The brace that closes the reference: the first one that the default itself has not opened. */
function defaultEnd(text: string, from: number): number | undefined {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const char = text[at];
    if (char === "}" && depth === 0) return at;
    if (char === "{") depth += 1;
    if (char === "}") depth -= 1;
    at = char === '"' ? quotedEnd(text, at) : at + 1;
  }
  return undefined;
}

/** Just behind the quote that closes the one at `from`, or the end. */
function quotedEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === " ") at += 1;
  return at;
}
