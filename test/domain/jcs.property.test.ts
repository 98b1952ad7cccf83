import canonicalize from "canonicalize";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  isObject,
  type Json,
  jcs,
  jcsBy,
  jcsOfUserValue,
  jsonProblem,
  unescapeKeys,
} from "../../src/domain/index.ts";
import { tries } from "./tries.ts";

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
      tries(1000),
    );
  });

  test("is the same whoever writes its members", () => {
    const objects = value.filter(isObject);
    fc.assert(
      fc.property(objects, fc.func(fc.boolean()), (json, isWritten) => {
        expect(jcsBy(json, (key, member) => (isWritten(key) ? jcs(member) : undefined))).toBe(jcs(json));
      }),
    );
  });

  test("leaves out what is undefined", () => {
    expect(jcsBy({ b: undefined, a: 1, c: [] }, () => undefined)).toBe('{"a":1,"c":[]}');
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
      tries(1000),
    );
  });

  test("are canonical when stored, though escaping changes the order of keys", () => {
    fc.assert(
      fc.property(value, (json) => {
        const stored = jcsOfUserValue(json);
        expect(canonicalize(parse(stored))).toBe(stored);
      }),
    );
    expect(jcsOfUserValue({ $b: 1, $blob: 2, $a: 3, $: 4 })).toBe('{"$":4,"$$blob":2,"$a":3,"$b":1}');
  });

  test("with a `$` in keys that are none of ours keep them", () => {
    const own = { $: 1, $blobs: 2, a$blob: 3, $$: 4, "$$blob ": 5, blob: 6 };
    expect(parse(jcsOfUserValue(own))).toEqual(own);
    expect(unescapeKeys(own)).toEqual(own);
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
    [{ a: [Number.POSITIVE_INFINITY] }, ["a", 0], /^Infinity is not JSON$/],
    [{ fine: {}, a: { "\ud800": 1 } }, ["a", "\ud800"], /^key with a lone surrogate$/],
  ])("that are not I-JSON are named by their place: %s", (bad, path, message) => {
    expect(jsonProblem(bad)).toEqual({ path, message: expect.stringMatching(message) });
  });

  test("that are nested too deeply are refused without exhausting the stack", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i += 1) deep = [deep];
    expect(jsonProblem(deep)?.message).toMatch(/nested deeper than 200/);
  });

  test("may be nested 200 levels deep", () => {
    const nested = (levels: number): unknown => (levels === 0 ? {} : [nested(levels - 1)]);
    expect(jsonProblem(nested(200))).toBeUndefined();
    expect(jsonProblem(nested(201))).toEqual({ path: Array(201).fill(0), message: "nested deeper than 200" });
  });
});
