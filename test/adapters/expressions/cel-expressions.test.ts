import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { celExpressions } from "../../../src/adapters/expressions/index.ts";
import type { Json, JsonObject } from "../../../src/domain/index.ts";

const cel = celExpressions();
const outcomeOf = (text: string, inputs: JsonObject = {}): Json => {
  const found = cel.evaluate(text, { inputs });
  return found.ok ? found.value : { refused: found.message };
};

describe("expressions", () => {
  test.each([
    ["inputs.n + 1 == 4 && 1 + inputs.n == 4 && inputs.n - 1 == 2 && inputs.n * 2 == 6"],
    ["inputs.n / 2 == 1.5 && inputs.n % 2 == 1 && inputs.n % inputs.n == 0"],
    ["inputs.n / 2.0 == 1.5 && inputs.n / 1.0 == 3 && size(inputs.text) * 1.5 == 3 && 3 == 1.5 * 2"],
    ["inputs.n > 2 && 2 < inputs.n && inputs.n in [1, 2, 3] && inputs.list == [1, 2, 3]"],
    ["inputs.list.map(x, x * 2).filter(x, x > 2).size() == 2"],
    ["inputs.list.exists(x, inputs.list.exists(y, y > x))"],
    ['timestamp("2026-03-01T12:00:00Z") < timestamp("2026-03-02T12:00:00+01:00")'],
    ["size(inputs.text) == 2 && inputs.text.startsWith('a')"],
  ])("%s", (text) => {
    expect(cel.problem(text)).toBeUndefined();
    expect(outcomeOf(text, { n: 3, list: [1, 2, 3], text: "ab" })).toBe(true);
  });

  test("results are JSON", () => {
    const inputs = { any: { a: [1, "x", null, true] } };
    expect(outcomeOf("inputs.any", inputs)).toEqual(inputs.any);
    expect(outcomeOf("inputs.any.a.size() == 4", inputs)).toBe(true);
    expect(outcomeOf("dyn(size(inputs.any.a))", inputs)).toBe(4);
    expect(outcomeOf("dyn(9223372036854775807)")).toMatchObject({ refused: expect.stringContaining("2^53") });
    expect(outcomeOf("dyn(timestamp('2026-03-01T12:00:00Z'))")).toMatchObject({
      refused: "the result is Date, which is no JSON",
    });
    expect(outcomeOf("dyn(inputs.text + inputs.text)", { text: "x".repeat(40_000) })).toMatchObject({
      refused: "the result is larger than 64 KiB",
    });
  });

  test.each([
    ["inputs.text.matches('(a+)+b')", "`matches` is not available"],
    ["cel.bind(x, inputs.n, x > 1)", "`cel.bind` is not available"],
    ["inputs.l.all(a, inputs.l.all(b, inputs.l.all(c, a == c)))", "at most 2 may be nested"],
    ["inputs.text.split('').exists(c, c == 'a')", "goes over a list that is made on the way"],
    ["(inputs.l + inputs.l).exists(c, c == 1)", "goes over a list that is made on the way"],
    ["inputs.", "expected identifier"],
    ["process.exit(1)", "unknown variable: process"],
    ["constructor.constructor('return 1')()", ""],
    ["inputs.n == 1 ? 1 : 'a'", ""],
  ])("%s is refused: %s", (text, message) => {
    expect(cel.problem(text)?.toLowerCase()).toContain(message.toLowerCase());
    expect(cel.evaluate(text, { inputs: {} })).toMatchObject({ ok: false });
  });

  test("is of limited size and depth", () => {
    expect(cel.problem(`[${"1,".repeat(1001)}1].size() > 1`)).toContain("exceeded maxAstNodes");
    expect(cel.problem(`${"(".repeat(500)}true${")".repeat(500)}`)).toContain("exceeded maxDepth");
  });

  test("keys that mean something to JavaScript are keys, and nothing is inherited", () => {
    const hostile: JsonObject = JSON.parse('{"__proto__": {"admin": true}, "constructor": 1, "toString": 2}');
    expect(outcomeOf("inputs.constructor == 1 && inputs.toString == 2", hostile)).toBe(true);
    expect(outcomeOf("has(inputs.admin)", hostile)).toBe(false);
    expect(outcomeOf("has(inputs.hasOwnProperty)", {})).toBe(false);
    expect(outcomeOf("has(inputs.__proto__)", hostile)).toBe(false);
  });

  test("is never silently false: what is missing is an error that says how to ask for it", () => {
    expect(outcomeOf("inputs.a.b == 1", { a: {} })).toEqual({
      refused: "no such key: b (column 10); `has(…)` asks for it, `.?name.orValue(…)` gives a default",
    });
  });

  test("answers whatever it is given, and never throws", () => {
    const words = fc.constantFrom(
      "inputs",
      ".",
      "a",
      "(",
      ")",
      "[",
      "]",
      "1",
      "'x'",
      "==",
      "&&",
      "?",
      ":",
      "exists",
      ",",
      "{",
      "}",
      "-",
      "\\",
      '"',
      "has",
      "1u",
      "b'x'",
      "dyn",
      "optional",
      ".none",
      "duration",
      "type",
      "in",
      "null",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), fc.jsonValue(), (parts, value) => {
        const text = parts.join(" ");
        const inputs: Json = JSON.parse(JSON.stringify({ a: value }));
        const isRefused = cel.problem(text) !== undefined;
        const { ok } = cel.evaluate(text, { inputs });
        if (isRefused) expect(ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
