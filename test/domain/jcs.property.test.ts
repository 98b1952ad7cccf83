import canonicalize from "canonicalize";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  isObject,
  type Json,
  jcs,
  jcsOfUserValue,
  jcsWith,
  jsonProblem,
  unescapeKeys,
} from "../../src/domain/index.ts";

const keys = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(
    "$blob",
    "$erased",
    "$sealed",
    "$$blob",
    "$$$sealed",
    "$",
    "__proto__",
    "constructor",
    "toJSON",
  ),
);
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false, 0, -0, 1e21, 1e-7, 5e-324, "\u2028", "é"),
    fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => jsonProblem(n) === undefined),
    fc.string({ unit: "grapheme" }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(keys, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

const parse = (text: string): Json => JSON.parse(text);

describe("canonical JSON", () => {
  test("is what the reference implementation of RFC 8785 gives", () => {
    fc.assert(
      fc.property(value, (json) => {
        expect(jcs(json)).toBe(canonicalize(json));
      }),
      { numRuns: 1000 },
    );
  });

  test("is the same whichever members were written before", () => {
    const objects = value.filter(isObject);
    fc.assert(
      fc.property(objects, fc.func(fc.boolean()), (json, isWritten) => {
        const written = Object.entries(json).filter(([key]) => isWritten(key));
        expect(jcsWith(json, new Map(written.map(([key, member]) => [key, jcs(member)])))).toBe(jcs(json));
      }),
    );
  });

  test("of many keys, too, is in the order of their code units", () => {
    const wide = fc.dictionary(keys, fc.integer(), { minKeys: 20, maxKeys: 60, noNullPrototype: true });
    fc.assert(
      fc.property(wide, (json) => {
        expect(jcs(json)).toBe(canonicalize(json));
      }),
    );
  });

  test.each([
    ["not a number", Number.NaN],
    ["an infinity", [Number.NEGATIVE_INFINITY]],
    ["half a character", { a: "\ud800" }],
    ["a key with half a character", { "\udc00": 1 }],
    ["a placeholder's key beside half a character", { $blob: "\udc00" }],
  ])("of %s is refused, as RFC 8785 asks", (_, json) => {
    expect(() => jcs(json)).toThrow("canonical JSON");
    expect(() => jcsOfUserValue(json)).toThrow("canonical JSON");
  });

  test("is a fixed point: reading and writing it again changes nothing", () => {
    fc.assert(
      fc.property(value, (json) => {
        expect(jcs(parse(jcs(json)))).toBe(jcs(json));
      }),
    );
  });
});

describe("user values", () => {
  test("come back as they were, whatever their keys", () => {
    fc.assert(
      fc.property(value, (json) => {
        expect(jcs(unescapeKeys(parse(jcsOfUserValue(json))))).toBe(jcs(json));
      }),
      { numRuns: 1000 },
    );
  });

  test("never look like one of our placeholders when stored", () => {
    fc.assert(
      fc.property(value, (json) => {
        expect(jcsOfUserValue(json)).not.toMatch(/"\$(?:blob|erased|sealed)":/);
      }),
    );
  });

  test.each([
    [Number.NaN, [], /NaN/],
    [{ a: [1, 2 ** 60] }, ["a", 1], /2\^53/],
    [{ "x y": "\ud800" }, ["x y"], /surrogate/],
    [{ a: undefined }, ["a"], /undefined is not JSON/],
    [{ a: new Date(0) }, ["a"], /plain object/],
    [{ a: 10n }, ["a"], /bigint/],
  ])("that are not I-JSON are named by their place: %s", (bad, path, message) => {
    expect(jsonProblem(bad)).toEqual({ path, message: expect.stringMatching(message) });
  });

  test("that are nested too deeply are refused without exhausting the stack", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i += 1) deep = [deep];
    expect(jsonProblem(deep)?.message).toMatch(/nested deeper than 200/);
  });
});
