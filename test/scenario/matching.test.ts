import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../../src/domain/index.ts";
import { fits, mismatch, sameJson } from "./matching.ts";

const json = fc.jsonValue().map((value): Json => JSON.parse(JSON.stringify(value)));

test("every value fits itself, exactly and as a subset", () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(sameJson(value, value)).toBe(true);
      if (!JSON.stringify(value).includes('"$')) expect(mismatch(value, value)).toBeUndefined();
    }),
  );
});

const cases: readonly (readonly [fit: boolean, actual: Json, expected: Json])[] = [
  [true, { a: 1, b: 2 }, { a: 1 }],
  [false, { a: 1 }, { a: 1, b: 2 }],
  [true, [{ a: 1, b: 2 }], [{ a: 1 }]],
  [false, [1, 2], [1]],
  [true, 1, 1.0],
  [false, 1, true],
  [false, "1", 1],
  [false, null, {}],
  [false, { a: null }, { a: { b: 1 } }],
  [true, "a long text", { $contains: "long" }],
  [true, "a long text", { $contains: ["long", "text"] }],
  [false, "a long text", { $contains: ["long", "short"] }],
  [true, [{ a: 1, b: 2 }, 3], { $contains: { a: 1 } }],
  [false, [1], { $contains: 2 }],
  [false, 7, { $contains: "7" }],
  [true, "workflow.yaml", { $regex: "\\.ya?ml$" }],
  [false, 5, { $regex: "5" }],
  [true, 5, { $min: 5 }],
  [false, 4, { $min: 5 }],
  [true, 5, { $max: 5 }],
  [false, "5", { $max: 5 }],
  [true, "äöü", { $length: 3 }],
  [true, [1, 2], { $length: 2 }],
  [true, { a: 1 }, { $length: 1 }],
  [false, 12, { $length: 2 }],
  [true, "b", { $one_of: ["a", "b"] }],
  [true, "abc", { $one_of: [{ $regex: "^a" }, 1] }],
  [false, "c", { $one_of: ["a", "b"] }],
  [true, '{"a": [1], "b": 2}', { $json: { a: [1] } }],
  [false, "{", { $json: {} }],
  [true, 5, { $not: 6 }],
  [false, 5, { $not: { $min: 1 } }],
  [true, { a: "x1" }, { a: { $regex: "^x" } }],
];

test.each(cases)("%j, %j against %j", (fit, actual, expected) => {
  expect(fits(actual, expected)).toBe(fit);
});

test("what is missing fits only what it is not", () => {
  expect(mismatch(undefined, 1)).toBe("$ is missing, expected 1");
  expect(fits(undefined, { $not: 1 })).toBe(true);
});

test("exactly is more than a subset, and keys of a value may look like matchers", () => {
  expect(sameJson({ a: 1, b: 2 }, { a: 1 })).toBe(false);
  expect(sameJson({ $min: 5 }, { $min: 5 })).toBe(true);
  expect(sameJson([1, [2]], [1, [3]])).toBe(false);
});

test("a mismatch names its place", () => {
  expect(mismatch({ a: [{ b: 1 }] }, { a: [{ b: 2 }] })).toBe("$.a[0].b is 1, expected 2");
});

test("an unknown matcher is an error of the case, not a difference", () => {
  expect(() => mismatch(1, { $between: [1, 2] })).toThrow("no such matcher");
});
