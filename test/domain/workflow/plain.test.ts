// What is no JSON makes no document, whoever made it.
import { expect, test } from "vitest";
import { exactly } from "./catalog.ts";

const withParams = (params: unknown) => ({ name: "Test", tasks: [{ id: "a", method: "echo/echo", params }] });

test.each<readonly [string, object, readonly string[]]>([
  [
    "numbers and texts are all named",
    { a: Number.NaN, b: [2 ** 60], c: "\ud800", d: { e: Number.POSITIVE_INFINITY } },
    [
      "a: NaN is not JSON",
      "b.0: integer 1152921504606847000 is beyond 2^53 − 1; write it as a string",
      "c: text with a lone surrogate",
      "d.e: Infinity is not JSON",
    ],
  ],
  ["an object of another kind ends the search", { a: new Date(0), b: Number.NaN }, ["a: is not a plain map"]],
  ["so does what no text can be of", { a: 1n, b: Number.NaN }, ["a: bigint is not JSON"]],
  ["what is undefined", { a: [undefined], b: Number.NaN }, ["a.0: undefined is not JSON"]],
  ["and a function", { f: () => 1, n: Number.NaN }, ["f: function is not JSON"]],
  ["a map without a prototype is plain", { m: Object.assign(Object.create(null), { a: 1 }) }, []],
  [
    "keys are looked at before values",
    {
      m: Object.fromEntries([
        ["n", Number.NaN],
        ["__proto__", 1],
        ["\udc00", 1],
      ]),
    },
    [
      "m.__proto__ (key): `__proto__` cannot be a key: name it otherwise",
      "m.\udc00 (key): text with a lone surrogate",
      "m.n: NaN is not JSON",
    ],
  ],
])("%s", (_, params, refusals) => {
  expect(exactly(withParams(params))).toEqual(
    refusals.map((refusal) => `WORKFLOW_VALIDATION_FAILED tasks.0.params.${refusal}`),
  );
});

test("a document may be nested two hundred levels deep", () => {
  const nested = (levels: number): unknown => (levels === 0 ? {} : [nested(levels - 1)]);
  expect(exactly(withParams({ deep: nested(196) }))).toEqual([]);
  expect(exactly(withParams({ deep: nested(197), n: Number.NaN }))).toEqual([
    "WORKFLOW_VALIDATION_FAILED tasks.0.params: nested deeper than 200 levels",
  ]);
});

test.each<readonly [unknown, string]>([
  [Number.NaN, "NaN is not JSON"],
  [Symbol.iterator, "symbol is not JSON"],
  [undefined, "undefined is not JSON"],
])("not even JSON", (document, message) => {
  expect(exactly(document)[0]).toBe(`WORKFLOW_VALIDATION_FAILED : ${message}`);
});

test("of hostile input the first thousand problems are told, and that there are more", () => {
  const wrong = (count: number) => exactly(withParams(Array.from({ length: count }, () => Number.NaN)));
  expect(wrong(999)).toHaveLength(999 + 1);
  expect(wrong(5000)).toHaveLength(1000 + 1);
  expect(wrong(5000).at(-1)).toBe("WORKFLOW_VALIDATION_FAILED : and more: these are the first 1000 problems");
});
