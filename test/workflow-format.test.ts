// Every promise about documents names tests that exist, and every key of a document is in one.
import { expect, test } from "vitest";
import { documentSchemas, isObject, type JsonObject } from "../src/domain/index.ts";
import { problemsIn, rowsIn } from "./held.ts";

const rows = rowsIn("workflow-format.md");
const textOf = (section: number): string =>
  rows.flatMap(({ number, what }) => (number === section ? [what] : [])).join("\n");

const keysOf = (part: unknown): readonly string[] =>
  isObject(part) && isObject(part.properties) ? Object.keys(part.properties) : [];
const definitionsOf = (schema: unknown): JsonObject =>
  isObject(schema) && isObject(schema.definitions) ? schema.definitions : {};
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
  const parts = { ...definitionsOf(workflow), ...definitionsOf(batch) };
  const keysIn = (...names: readonly string[]) => names.flatMap((name) => keysOf(parts[name]));
  const ofTask = keysIn("task", "retry", "cache", "wait", "approval");
  const ofBatch = keysIn("batch");
  expect(ofTask.length).toBeGreaterThan(35);
  expect(ofBatch).toHaveLength(5);
  expect(missing(1, [...keysOf(workflow), ...keysOf(batch)])).toEqual([]);
  expect(missing(2, ofTask)).toEqual([]);
  expect(missing(3, ofBatch)).toEqual([]);
});

test("a key that nobody writes about is found", () => {
  expect(missing(1, ["name", "nobody_wrote_this"])).toEqual(["nobody_wrote_this"]);
});
