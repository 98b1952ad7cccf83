// Every promise about documents names tests that exist, and every key of a document is in one.
import { expect, test } from "vitest";
import { documentSchemas, isObject } from "../src/domain/index.ts";
import { problemsIn, rowsIn } from "./held.ts";

const rows = rowsIn("workflow-format.md");
const textOf = (section: number): string =>
  rows.flatMap(({ number, what }) => (number === section ? [what] : [])).join("\n");

const keysOf = (part: unknown): readonly string[] =>
  isObject(part) && isObject(part.properties) ? Object.keys(part.properties) : [];
const missing = (section: number, keys: readonly string[]): readonly string[] =>
  keys.filter((key) => !new RegExp(`\`${key}\\b`).test(textOf(section)));

test("every row is held by tests that exist", () => {
  expect(problemsIn(rows)).toEqual([]);
});

test("the rows stand in the order of the sections", () => {
  const numbers = rows.map(({ number }) => number);
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
});

test("no key is left out", () => {
  const { workflow, batch } = documentSchemas();
  const keys = keysOf(workflow);
  expect(keys.length).toBeGreaterThan(15);
  expect(missing(1, [...new Set([...keys, ...keysOf(batch)])])).toEqual([]);
});
