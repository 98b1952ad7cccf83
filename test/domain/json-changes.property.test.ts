import fc from "fast-check";
import { expect, test } from "vitest";
import { isList, isObject, type Json, type JsonChange, jcs, jsonChanges } from "../../src/domain/index.ts";

const json: fc.Arbitrary<Json> = fc
  .jsonValue({ maxDepth: 3 })
  .map((value): Json => JSON.parse(JSON.stringify(value)));

test("equal values have no changes, others have some", () => {
  fc.assert(
    fc.property(json, json, (a, b) => {
      expect(jsonChanges(a, a)).toEqual([]);
      expect(jsonChanges(a, b).length > 0).toBe(jcs(a) !== jcs(b));
    }),
  );
});

const at = (value: Json, path: JsonChange["path"]): Json | undefined =>
  path.reduce<Json | undefined>((inner, step) => {
    if (isList(inner) && typeof step === "number") return inner[step];
    return isObject(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined;
  }, value);

test("what came or changed stands in the one at that place, and what went stood in the other", () => {
  fc.assert(
    fc.property(json, json, (a, b) => {
      for (const { path, before, after } of jsonChanges(a, b)) {
        if (after !== undefined) expect(jcs(at(b, path) ?? null)).toBe(jcs(after));
        else expect(before).toBeDefined();
      }
    }),
  );
});

test("an element that came in between is one change; one with a name is the same wherever it stands", () => {
  const list = [1, 2, 3, 4].map((n) => ({ id: `t${n}`, n }));
  const [, second] = list;
  expect(jsonChanges(list, [...list.slice(0, 2), { id: "new" }, ...list.slice(2)])).toEqual([
    { path: [2], after: { id: "new" } },
  ]);
  expect(
    jsonChanges(
      list,
      list.map((one) => (one === second ? { ...one, n: 9 } : one)),
    ),
  ).toEqual([{ path: [1, "n"], before: 2, after: 9 }]);
  expect(jsonChanges([1, 2, 3], [1, 3])).toEqual([{ path: [1], before: 2 }]);
});

test("texts that say the same are equal, in lists too", () => {
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  expect(jsonChanges({ a: ["X", 1, "y"] }, { a: ["x", "Y"] }, same)).toEqual([{ path: ["a", 1], before: 1 }]);
});

test("long lists that have little in common are compared by place, in time", () => {
  const list = Array.from({ length: 5000 }, (_, i) => i);
  expect(
    jsonChanges(
      list,
      list.map((n) => -n - 1),
    ),
  ).toHaveLength(5000);
});
