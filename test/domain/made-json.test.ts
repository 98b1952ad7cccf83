import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { errorInfo, type Json, jsonProblem, madeError, madeJson } from "../../src/domain/index.ts";

const nested = (levels: number, inner: unknown): unknown =>
  levels === 0 ? inner : levels % 2 === 0 ? [nested(levels - 1, inner)] : { in: nested(levels - 1, inner) };

describe("made JSON", () => {
  test("is I-JSON, whatever it is made of", () => {
    const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSparseArray: true });
    fc.assert(
      fc.property(anything, (value) => {
        expect(jsonProblem(madeJson(value))).toBeUndefined();
      }),
    );
  });

  test("is equal to what is I-JSON already", () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ noUnicodeString: false }).filter((value) => !jsonProblem(value)),
        (value) => {
          expect(madeJson(value)).toEqual(value);
        },
      ),
    );
  });

  test.each<readonly [Json, unknown]>([
    [null, undefined],
    ["NaN", Number.NaN],
    ["-Infinity", Number.NEGATIVE_INFINITY],
    ["9007199254740992", 2 ** 53],
    [9007199254740991, 2 ** 53 - 1],
    [0.5, 0.5],
    ["10", 10n],
    [true, true],
    ["a\ufffd", "a\ud800"],
    [{ "\ufffd": 1 }, { "\ud800": 1 }],
    [
      [1, null, null, null],
      [1, undefined, Symbol("s"), null],
    ],
    [{ c: 0 }, { a: undefined, b: () => 1, c: 0, d: Symbol("s") }],
    [[], []],
  ])("%j", (made, value) => {
    expect(madeJson(value)).toEqual(made);
  });

  test("says where it lay too deep, and keeps what did not", () => {
    expect(madeJson(nested(180, {}))).toEqual(nested(180, {}));
    expect(madeJson(nested(181, {}))).toEqual(nested(181, "(nested deeper than 180)"));
    const itself: unknown[] = [];
    itself.push(itself);
    expect(JSON.stringify(madeJson(itself))).toContain("(nested deeper than 180)");
  });
});

describe("a made error", () => {
  test("is the same, down to its causes, when nothing is wrong with it", () => {
    const cause = errorInfo("TASK_TIMEOUT", "late", { details: { seconds: 3 } });
    const whole = errorInfo("TASK_EXECUTION_FAILED", "no", { details: { n: [1] }, cause });
    expect(madeError(whole)).toEqual(whole);
    expect(Object.keys(madeError(errorInfo("TASK_TIMEOUT", "late")))).toEqual([
      "code",
      "message",
      "retryable",
    ]);
  });

  test("has texts that can be written, in every part", () => {
    const cause = errorInfo("TASK_TIMEOUT", "late \udc00");
    const details = { "n\ud800": Number.NaN };
    expect(madeError(errorInfo("TASK_EXECUTION_FAILED", "no \ud800", { details, cause }))).toEqual(
      errorInfo("TASK_EXECUTION_FAILED", "no \ufffd", {
        details: { "n\ufffd": "NaN" },
        cause: errorInfo("TASK_TIMEOUT", "late \ufffd"),
      }),
    );
  });
});
