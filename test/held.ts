// Tables that say which tests hold what: rows are read, and each test they name is looked for.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { nodesOf, parse, root } from "./architecture/source.ts";

export type Row = { readonly number: number; readonly what: string; readonly held: readonly string[] };

/** Of a page beside this file. */
export function rowsOf(text: string): readonly Row[] {
  return text.split("\n").flatMap((line) => {
    const [, number, what, held] = /^\| (\d+) \| ([^|]+) \| (.+) \|$/.exec(line) ?? [];
    return number === undefined || what === undefined || held === undefined
      ? []
      : [{ number: Number(number), what, held: held.split("<br>") }];
  });
}

export const rowsIn = (page: string): readonly Row[] =>
  rowsOf(readFileSync(join(root, "test", page), "utf8"));

/** What is wrong with one thing said to hold a row; nothing when it is a test that exists. */
export function problemOf(held: string): string | undefined {
  if (/^(?:by construction|open): \S/.test(held)) return undefined;
  const [, path, name] = /^(\S+\.ts) › (.+)$/.exec(held) ?? [];
  if (path === undefined || name === undefined) return caseProblem(held);
  if (!existsSync(join(root, "test", path))) return `no such file: ${path}`;
  return namesIn(path).has(name) ? undefined : `no such test in ${path}: ${name}`;
}

/** A folder that scenario/fixtures.test.ts runs and compares. */
function caseProblem(held: string): string | undefined {
  const [, name] = /^cases\/([\w-]+)$/.exec(held) ?? [];
  if (name === undefined) return `neither a test nor a construction: ${held}`;
  return existsSync(join(root, "test/cases", name, "expected.json")) ? undefined : `no such case: ${name}`;
}

export const problemsIn = (rows: readonly Row[]): readonly string[] =>
  rows.flatMap(({ number, held }) =>
    held.flatMap((what) => problemOf(what) ?? []).map((problem) => `${number}: ${problem}`),
  );

const cache = new Map<string, ReadonlySet<string>>();

/** First arguments of calls, and keys of the tables that tests are made from. */
function namesIn(path: string): ReadonlySet<string> {
  const known = cache.get(path);
  if (known) return known;
  const nodes = nodesOf(parse(path, readFileSync(join(root, "test", path), "utf8")));
  const names = nodes.flatMap((node) => {
    const named = ts.isCallExpression(node)
      ? node.arguments[0]
      : ts.isPropertyAssignment(node)
        ? node.name
        : undefined;
    if (named === undefined) return [];
    if (ts.isStringLiteralLike(named)) return [named.text];
    return ts.isTemplateExpression(named) ? [named.getText().slice(1, -1)] : [];
  });
  const found = new Set(names);
  cache.set(path, found);
  return found;
}
