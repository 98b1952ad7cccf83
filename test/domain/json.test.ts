import { expect, test } from "vitest";
import { isList, isObject, pathText } from "../../src/domain/index.ts";

test.each<readonly [string, readonly (string | number)[]]>([
  ["", []],
  ["items", ["items"]],
  ["items[2].name", ["items", 2, "name"]],
  ["[0]", [0]],
  ["_a-1.b", ["_a-1", "b"]],
  ['["odd key"].x', ["odd key", "x"]],
  ['a["1b"]', ["a", "1b"]],
  ['a["b c"]["d!"][""]', ["a", "b c", "d!", ""]],
  ['a["-b"]["\\"q\\""]', ["a", "-b", '"q"']],
])("a place is written %s", (written, path) => {
  expect(pathText(path)).toBe(written);
});

test("an object is neither null nor a list", () => {
  expect([{}, [], null, undefined, "{}", 1].map(isObject)).toEqual([true, false, false, false, false, false]);
  expect([{}, [], null].map(isList)).toEqual([false, true, false]);
});
