import { expect, test } from "vitest";
import { copyOf, isList, isObject, own, pathText } from "../../src/domain/index.ts";

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

test("a copy is equal, and nothing in it is the same", () => {
  const value = { list: [1, { deep: ["x"] }], none: null, text: "t" };
  const copy = copyOf(value);
  expect(copy).toEqual(value);
  expect(copy).not.toBe(value);
  expect(copy.list).not.toBe(value.list);
  expect(isList(copy.list) && copy.list[1]).not.toBe(value.list[1]);
  expect(["t", 7, false, null].map((one) => copyOf(one))).toEqual(["t", 7, false, null]);
});

test("what every object seems to have is not its own", () => {
  expect(own({ a: 0 }, "a")).toBe(0);
  expect(own({}, "toString")).toBeUndefined();
  expect(own(JSON.parse('{"__proto__":1}'), "__proto__")).toBe(1);
});
