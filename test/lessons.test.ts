// Every row of lessons.md names tests that exist, and a row that was closed once stays closed.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { nodesOf, parse, root } from "./architecture/source.ts";

/** Rows are added here when their last `open:` goes, and never taken away. */
const CLOSED = [
  ...[
    1, 2, 3, 5, 7, 8, 9, 10, 12, 15, 16, 17, 18, 19, 20, 21, 24, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37,
    38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 49, 52, 53, 55, 56, 57,
  ],
  ...[58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 70, 74, 76, 82, 88, 89],
];

type Row = { readonly number: number; readonly held: readonly string[] };

function rowsOf(text: string): readonly Row[] {
  return text.split("\n").flatMap((line) => {
    const [, number, , held] = /^\| (\d+) \| ([^|]+) \| (.+) \|$/.exec(line) ?? [];
    return number === undefined || held === undefined
      ? []
      : [{ number: Number(number), held: held.split("<br>") }];
  });
}

/** What is wrong with one thing said to hold a row; nothing when it is a test that exists. */
function problemOf(held: string): string | undefined {
  if (/^(?:by construction|open): \S/.test(held)) return undefined;
  const [, path, name] = /^(\S+\.ts) › (.+)$/.exec(held) ?? [];
  if (path === undefined || name === undefined) return `neither a test nor a construction: ${held}`;
  if (!existsSync(join(root, "test", path))) return `no such file: ${path}`;
  return namesIn(path).has(name) ? undefined : `no such test in ${path}: ${name}`;
}

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

const rows = rowsOf(readFileSync(join(root, "test/lessons.md"), "utf8"));
const isOpen = ({ held }: Row): boolean => held.some((what) => what.startsWith("open:"));

test("every row is held by tests that exist", () => {
  expect(
    rows.flatMap(({ number, held }) =>
      held.flatMap((what) => problemOf(what) ?? []).map((p) => `${number}: ${p}`),
    ),
  ).toEqual([]);
});

test("each number stands once, in order", () => {
  const numbers = rows.map(({ number }) => number);
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
});

test("no closed row is open again or gone", () => {
  const closed = rows.filter((row) => !isOpen(row)).map(({ number }) => number);
  expect(CLOSED.filter((number) => !closed.includes(number))).toEqual([]);
  expect(closed, "closed rows are listed as such").toEqual(CLOSED);
});

describe("the check itself can fail", () => {
  test.each([
    ["architecture.test.ts › nobody wrote this test", "no such test"],
    ["nowhere.test.ts › a test", "no such file"],
    ["it just works", "neither"],
    ["by construction: ", "neither"],
  ])("%s", (held, problem) => {
    expect(problemOf(held)).toContain(problem);
  });

  test("a row without anything, or with a cell too many, is no row", () => {
    expect(rowsOf("| 1 | a | b |\n| 2 | c |\n| x | y | z |")).toEqual([{ number: 1, held: ["b"] }]);
  });
});
