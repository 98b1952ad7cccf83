// What changed between two values, as people would say it: one in between is one change, and a name stays a name.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Json, type JsonChange, jsonChanges } from "../../src/domain/index.ts";

describe("lists", () => {
  test.each<[string, Json, Json, readonly JsonChange[]]>([
    ["one in place of another", [1, 2, 3], [1, 9, 3], [{ path: [1], before: 2, after: 9 }]],
    ["one at the beginning", [1, 2], [0, 1, 2], [{ path: [0], after: 0 }]],
    ["one at the end", [1, 2], [1, 2, 3], [{ path: [2], after: 3 }]],
    ["of two alike, one that went", [1, 1], [1], [{ path: [1], before: 1 }]],
    [
      "all that went",
      [1, 2],
      [],
      [
        { path: [0], before: 1 },
        { path: [1], before: 2 },
      ],
    ],
    [
      "one that went and, elsewhere, one that came",
      [1, 2, 3, 4],
      [2, 3, 9, 4],
      [
        { path: [0], before: 1 },
        { path: [2], after: 9 },
      ],
    ],
    [
      "one that moved to the end",
      [1, 2, 3],
      [2, 3, 1],
      [
        { path: [0], before: 1 },
        { path: [2], after: 1 },
      ],
    ],
    [
      "two that changed places: the first is the one that moved",
      [1, 2],
      [2, 1],
      [
        { path: [0], before: 1 },
        { path: [1], after: 1 },
      ],
    ],
    [
      "more in place of fewer",
      [0, 1, 5],
      [0, 2, 3, 5],
      [
        { path: [1], before: 1, after: 2 },
        { path: [2], after: 3 },
      ],
    ],
    ["a list within", [[1, 2], 3], [[1, 4], 3], [{ path: [0, 1], before: 2, after: 4 }]],
    ["a text is no list of letters", "ab", "ac", [{ path: [], before: "ab", after: "ac" }]],
  ])("%s", (_, before, after, changes) => {
    expect(jsonChanges(before, after)).toStrictEqual(changes);
  });

  test("what two lists have in common in one order is never said to have changed", () => {
    const values = fc.uniqueArray(fc.nat({ max: 99 }), { maxLength: 15 });
    const kinds = fc.array(fc.constantFrom("both", "before", "after"), { minLength: 15, maxLength: 15 });
    fc.assert(
      fc.property(values, kinds, (all, where) => {
        const of = (place: string) => all.filter((_, i) => where[i] === "both" || where[i] === place);
        const [before, after] = [of("before"), of("after")];
        const changes = jsonChanges(before, after);
        const went = changes.flatMap((one) => (one.before === undefined ? [] : [one.before]));
        const came = changes.flatMap((one) => (one.after === undefined ? [] : [one.after]));
        expect(went.toSorted()).toEqual(before.filter((n) => !after.includes(n)).toSorted());
        expect(came.toSorted()).toEqual(after.filter((n) => !before.includes(n)).toSorted());
      }),
    );
  });
});

describe("elements that go by a name", () => {
  const listed =
    (...names: readonly (readonly [string | number, number])[]) =>
    (key: string) =>
      names.map(([name, n]) => ({ [key]: name, n }));

  test.each(["id", "key", "name"])("their %s, are the same thing in another order", (key) => {
    const before = listed(["a", 1], ["b", 2])(key);
    const after = listed(["b", 3], ["a", 4])(key);
    expect(jsonChanges(before, after)).toEqual([
      { path: [1, "n"], before: 1, after: 4 },
      { path: [0, "n"], before: 2, after: 3 },
    ]);
  });

  test.each(["id", "key", "name"])("another %s is another thing, not one that changed", (key) => {
    const before = listed(["a", 1])(key);
    const after = listed(["b", 1])(key);
    expect(jsonChanges(before, after)).toEqual([
      { path: [0], before: before[0] },
      { path: [0], after: after[0] },
    ]);
  });

  test("an id says more than a key, and a key more than a name", () => {
    const [before, after] = [[{ id: 1, key: "k", name: "n" }], [{ id: 1, key: "l", name: "m" }]];
    expect(jsonChanges(before, after)).toEqual([
      { path: [0, "key"], before: "k", after: "l" },
      { path: [0, "name"], before: "n", after: "m" },
    ]);
    expect(jsonChanges([{ key: "k", name: "n" }], [{ key: "l", name: "n" }])).toHaveLength(2);
  });

  test("what has a name never stands for what has none", () => {
    const named = { id: "a" };
    for (const bare of [1, "a", null, {}, { id: {} }, { id: true }, ["a"]])
      expect(jsonChanges([named], [bare])).toEqual([
        { path: [0], before: named },
        { path: [0], after: bare },
      ]);
  });

  test("those without are told apart by their order, past any that have one", () => {
    const named = { id: "a", n: 1 };
    expect(jsonChanges([named, { n: 1 }], [{ n: 2 }, { ...named, n: 3 }])).toEqual([
      { path: [1, "n"], before: 1, after: 3 },
      { path: [0, "n"], before: 1, after: 2 },
    ]);
  });
});

describe("members", () => {
  test.each<[string, Json, Json, readonly JsonChange[]]>([
    ["one that came", {}, { a: null }, [{ path: ["a"], after: null }]],
    ["one that went", { a: null }, {}, [{ path: ["a"], before: null }]],
    ["one that every object seems to have", {}, { toString: 1 }, [{ path: ["toString"], after: 1 }]],
    ["a list in place of an object", { a: {} }, { a: [] }, [{ path: ["a"], before: {}, after: [] }]],
  ])("%s", (_, before, after, changes) => {
    expect(jsonChanges(before, after)).toStrictEqual(changes);
  });

  test("only texts say the same though they are not", () => {
    const always = () => true;
    expect(jsonChanges({ a: "x", b: 1 }, { a: "y", b: "1" }, always)).toEqual([
      { path: ["b"], before: 1, after: "1" },
    ]);
    expect(jsonChanges({ b: "1" }, { b: 1 }, always)).toHaveLength(1);
  });
});
