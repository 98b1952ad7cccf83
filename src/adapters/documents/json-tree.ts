// JSON (RFC 8259), strictly, with the place of everything. The first mistake ends it.
import { MAX_DEPTH } from "../../domain/index.ts";
import type { Located, Member, Parsed } from "./located.ts";

/** How the parser gives up; never leaves this file. */
class Mistake extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

type Cursor = { readonly text: string; at: number };

const BLANKS = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORDS = { true: true, false: false, null: null } as const;

export function jsonTree(text: string): Parsed {
  const cursor: Cursor = { text, at: 0 };
  try {
    skipBlanks(cursor);
    const tree = value(cursor, 0);
    skipBlanks(cursor);
    if (cursor.at < text.length) throw new Mistake("something follows the end of the document", cursor.at);
    return { tree, problems: [] };
  } catch (error) {
    if (error instanceof Mistake) return { problems: [{ message: error.message, at: error.at }] };
    throw error;
  }
}

function value(cursor: Cursor, depth: number): Located {
  const { text, at } = cursor;
  if (depth > MAX_DEPTH) throw new Mistake(`nested deeper than ${MAX_DEPTH} levels`, at);
  const opening = text[at];
  if (opening === "{")
    return { kind: "map", at, members: sequence(cursor, "}", () => member(cursor, depth)) };
  if (opening === "[")
    return { kind: "list", at, items: sequence(cursor, "]", () => value(cursor, depth + 1)) };
  return { kind: "scalar", at, value: opening === '"' ? quoted(cursor) : wordOrNumber(cursor) };
}

/** What stands between two brackets, with commas in between. */
function sequence<T>(cursor: Cursor, close: string, one: () => T): readonly T[] {
  const all: T[] = [];
  cursor.at += 1;
  skipBlanks(cursor);
  if (take(cursor, close)) return all;
  for (;;) {
    all.push(one());
    skipBlanks(cursor);
    if (take(cursor, close)) return all;
    if (!take(cursor, ",")) throw new Mistake(`expected \`,\` or \`${close}\`${seen(cursor)}`, cursor.at);
    skipBlanks(cursor);
    if (cursor.text[cursor.at] === close)
      throw new Mistake(`a comma before \`${close}\` is not JSON`, cursor.at);
  }
}

function member(cursor: Cursor, depth: number): Member {
  const keyAt = cursor.at;
  if (cursor.text[keyAt] !== '"') throw new Mistake(`expected a key in double quotes${seen(cursor)}`, keyAt);
  const key = quoted(cursor);
  skipBlanks(cursor);
  if (!take(cursor, ":")) throw new Mistake(`expected \`:\` after the key${seen(cursor)}`, cursor.at);
  skipBlanks(cursor);
  return { key, keyAt, value: value(cursor, depth + 1) };
}

function quoted(cursor: Cursor): string {
  const { text, at } = cursor;
  let end = at + 1;
  while (end < text.length && text[end] !== '"') {
    if (text.charCodeAt(end) < 0x20)
      throw new Mistake("a line break or control character inside a text", end);
    end += text[end] === "\\" ? 2 : 1;
  }
  if (end >= text.length) throw new Mistake("the text that begins here does not end", at);
  cursor.at = end + 1;
  return unescaped(text.slice(at, end + 1), at);
}

function unescaped(source: string, at: number): string {
  if (!source.includes("\\")) return source.slice(1, -1);
  try {
    return String(JSON.parse(source));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Mistake("a bad escape (`\\…`) in this text", at);
    throw error;
  }
}

function wordOrNumber(cursor: Cursor): null | boolean | number {
  const { text, at } = cursor;
  NUMBER.lastIndex = at;
  const number = NUMBER.exec(text)?.[0];
  if (number !== undefined && !/[\w.]/.test(text[at + number.length] ?? "")) {
    cursor.at += number.length;
    return Number(number);
  }
  for (const [word, meaning] of Object.entries(WORDS)) {
    if (!text.startsWith(word, at) || /\w/.test(text[at + word.length] ?? "")) continue;
    cursor.at += word.length;
    return meaning;
  }
  throw new Mistake(`expected a value${seen(cursor)}`, at);
}

function skipBlanks(cursor: Cursor): void {
  BLANKS.lastIndex = cursor.at;
  cursor.at += BLANKS.exec(cursor.text)?.[0].length ?? 0;
}

function take(cursor: Cursor, char: string): boolean {
  if (cursor.text[cursor.at] !== char) return false;
  cursor.at += 1;
  return true;
}

const seen = ({ text, at }: Cursor): string =>
  at >= text.length
    ? ", but the document ends here"
    : `, not \`${String.fromCodePoint(text.codePointAt(at) ?? 0)}\``;
