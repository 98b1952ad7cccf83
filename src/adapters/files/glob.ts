// Globs, answered without a file system (a run's files are a listing, not a disk) and in time that no pattern can
// blow up: `*` and `?` stay inside a name, `**` spans folders, `[a-z]` and `[!a]` are one character, `{a,b}` one
// of several, `\` takes the next character as it is. What begins with a dot is matched only by a dot.

import { alternatives } from "./braces.ts";

type Token =
  | { readonly kind: "char"; readonly char: string }
  | { readonly kind: "any" }
  | { readonly kind: "star" }
  | {
      readonly kind: "set";
      readonly negated: boolean;
      readonly ranges: readonly (readonly [string, string])[];
    };

type Segment = readonly Token[] | "**";

export type Glob = {
  readonly matches: (path: string) => boolean;
  /** The folder in which every match lies, `` for the top. */
  readonly base: string;
  /** How many names a match has at most. */
  readonly depth: number;
};

export function glob(pattern: string): Glob {
  const variants = alternatives(pattern.replace(/^(?:\.\/)+/, "")).map((variant) =>
    variant.split("/").map(segment),
  );
  return {
    matches: (path) => {
      const names = path.split("/").map((name) => [...name]);
      return variants.some((segments) => matchPath(segments, names));
    },
    base: commonBase(variants),
    depth: Math.max(...variants.map((one) => (one.includes("**") ? Number.POSITIVE_INFINITY : one.length))),
  };
}

function segment(text: string): Segment {
  if (text === "**") return text;
  const tokens: Token[] = [];
  const chars = [...text];
  for (let i = 0; i < chars.length; i += 1) {
    const char = chars[i] ?? "";
    const end = char === "[" ? setEnd(chars, i) : -1;
    if (char === "*") {
      if (tokens.at(-1)?.kind !== "star") tokens.push({ kind: "star" });
    } else if (char === "?") tokens.push({ kind: "any" });
    else if (end > 0) {
      tokens.push(setOf(chars.slice(i + 1, end)));
      i = end;
    } else if (char === "\\" && i + 1 < chars.length) {
      i += 1;
      tokens.push({ kind: "char", char: chars[i] ?? "" });
    } else tokens.push({ kind: "char", char });
  }
  return tokens;
}

/** The `]` that closes a set; one that comes first belongs to it. */
const setEnd = (chars: readonly string[], open: number): number =>
  chars.indexOf("]", open + (chars[open + 1] === "!" || chars[open + 1] === "^" ? 3 : 2));

function setOf(chars: readonly string[]): Token {
  const negated = chars[0] === "!" || chars[0] === "^";
  const ranges: (readonly [string, string])[] = [];
  for (let i = negated ? 1 : 0; i < chars.length; i += 1) {
    const from = chars[i] ?? "";
    const isRange = chars[i + 1] === "-" && i + 2 < chars.length;
    ranges.push([from, (isRange ? chars[i + 2] : from) ?? from]);
    if (isRange) i += 2;
  }
  return { kind: "set", negated, ranges };
}

/** Segments against names; `**` takes any number of names that do not begin with a dot. */
function matchPath(segments: readonly Segment[], names: readonly (readonly string[])[]): boolean {
  let reached = new Set([0]);
  for (const one of segments) {
    const next = new Set<number>();
    for (const at of reached) {
      const name = names[at];
      if (one !== "**") {
        if (name && matchName(one, name)) next.add(at + 1);
        continue;
      }
      for (let to = at; to <= names.length; to += 1) {
        next.add(to);
        if (names[to]?.[0] === ".") break;
      }
    }
    reached = next;
  }
  return reached.has(names.length);
}

/** One name, in time proportional to its length times that of the pattern: after a mismatch only the last star gives. */
function matchName(tokens: readonly Token[], name: readonly string[]): boolean {
  if (name.length === 0) return false;
  if (name[0] === "." && !(tokens[0]?.kind === "char" && tokens[0].char === ".")) return false;
  let token = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  while (at < name.length) {
    const one = tokens[token];
    if (one?.kind === "star") {
      star = token;
      starAt = at;
      token += 1;
    } else if (one && fits(one, name[at] ?? "")) {
      token += 1;
      at += 1;
    } else if (star >= 0) {
      starAt += 1;
      at = starAt;
      token = star + 1;
    } else return false;
  }
  return tokens.slice(token).every(({ kind }) => kind === "star");
}

function fits(token: Token, char: string): boolean {
  switch (token.kind) {
    case "char":
      return token.char === char;
    case "any":
    case "star":
      return true;
    case "set":
      return token.ranges.some(([from, to]) => from <= char && char <= to) !== token.negated;
  }
}

function commonBase(variants: readonly (readonly Segment[])[]): string {
  const [first = [], ...others] = variants.map(literalFolders);
  const length = first.findIndex((name, i) => others.some((other) => other[i] !== name));
  return first.slice(0, length < 0 ? first.length : length).join("/");
}

/** The leading names without a wildcard, but for the last one. */
function literalFolders(segments: readonly Segment[]): readonly string[] {
  const names = segments
    .slice(0, -1)
    .map((one) => (one !== "**" && one.every(({ kind }) => kind === "char") ? one : undefined));
  const length = names.indexOf(undefined);
  return names
    .slice(0, length < 0 ? names.length : length)
    .map((tokens) => (tokens ?? []).map((token) => (token.kind === "char" ? token.char : "")).join(""));
}

export const globMatches = (pattern: string, path: string): boolean => glob(pattern).matches(path);

export const hasWildcards = (pattern: string): boolean => /[*?[{]/.test(pattern);
