// What a script leaves as its result comes back as it is, or is refused with its place: nothing is changed or left out.
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { type Json, jsonProblem } from "../../../../src/domain/index.ts";
import { resultOf } from "../outcomes.ts";
import { memberOf } from "../script-box.ts";
import { box } from "./box.ts";

const here = box({ interpreters: 1, spares: 0 });
const small = box({ interpreters: 1, spares: 0, limits: { resultBytes: 1_000 } });
afterAll(() => Promise.all([here.close(), small.close()]));

/** Without −0, which JSON does not have. */
const parsed = (value: unknown): Json => JSON.parse(JSON.stringify(value));

describe("the result is", () => {
  test.each<readonly [string, string, unknown]>([
    ["what is assigned to `result`", "result = context.a", 5],
    ["assigned in a function, later", "setTimeout(() => { result = 'late' }, 5)", "late"],
    ["a `result` that the script declares", "const result = [1]; // größer", [1]],
    ["one that is only declared at the end", "let result;\nresult = await Promise.resolve('x')", "x"],
    ["the default export", "export default { n: 7 }", { n: 7 }],
    ["`result` before the default export", "export default 1; result = 2", 2],
    ["null, when that is said", "console.log('[1]'); result = null", null],
    ["the last printed line that is JSON", "console.log('[1]'); console.log('done')", [1]],
    ["else the last printed line", "console.log('done')", "done"],
    ["else nothing", "1 + 1", null],
    ["not a `result` inside of something", "{ const result = 5 } console.log('6')", 6],
    ["the same after a word like it", "const results = 1; export default results", 1],
  ])("%s", async (_what, code, expected) => {
    expect(await here.result(code, {})).toEqual(code.includes("context") ? null : expected);
    const given = resultOf(await here.execute({ code, context: { a: 5 } }));
    expect(memberOf(given, "result")).toEqual(expected);
  });

  test("any JSON that went in, unchanged", async () => {
    const value = fc.jsonValue({ maxDepth: 4 }).filter((sample) => jsonProblem(parsed(sample)) === undefined);
    await fc.assert(
      fc.asyncProperty(value, async (sample) => {
        const context = { v: parsed(sample) };
        const given = resultOf(await here.execute({ code: "result = context.v", context }));
        expect(memberOf(given, "result")).toEqual(context.v);
      }),
      { numRuns: 25 },
    );
  });
});

describe("refused with its place is", () => {
  test.each([
    ["result = { v: [NaN] }", "result.v[0]: NaN is not JSON"],
    ["result = [1, -Infinity]", "result[1]: -Infinity is not JSON"],
    ["result = { v: [1n] }", "result.v[0]: a BigInt (1) is not JSON; return it as a string"],
    [
      "result = { id: 2 ** 53 }",
      "result.id: integer 9007199254740992 is beyond 2^53 − 1; return it as a string",
    ],
    ["result = { v: undefined }", "result.v: undefined is not JSON"],
    ["result = [1, , 3]", "result[1]: undefined is not JSON"],
    ["result = { v: () => 1 }", "result.v: a function is not JSON"],
    ["result = Symbol('x')", "result: a symbol is not JSON"],
    ["result = { [Symbol('x')]: 1 }", "result: a key is a symbol"],
    [
      "result = { 'a b': { 'ü': [new Date()] } }",
      'result["a b"]["ü"][0]: a Date is not JSON; return .toISOString()',
    ],
    ["result = new Map([[1, 2]])", "result: a Map is not JSON; return Object.fromEntries"],
    ["result = new Uint8Array(2)", "result: an Uint8Array is not JSON"],
    ["result = Promise.resolve(1)", "result: a Promise is not JSON; await it"],
    ["result = new (class Point { x = 1 })()", "result: a Point is not JSON; return a plain object"],
    ["result = { toJSON: () => 'forged' }", "result.toJSON: a function is not JSON"],
    ["result = 'a\\ud800'", "result: text with a lone surrogate"],
    ["const a = [1]; a.push({ a }); result = a", "result[1].a: a cycle"],
    ["let v = 1; for (let i = 0; i < 300; i++) v = [v]; result = v", "nested deeper than 200"],
    ["result = { get v() { throw new Error('boom') } }", "result.v: cannot be converted: Error: boom"],
    ["result = { get v() { throw { get name() { throw 1 } } } }", "result.v: cannot be converted"],
    [
      "result = new Proxy({}, { ownKeys() { throw new TypeError('trap') } })",
      "result: cannot be converted: TypeError: trap",
    ],
    ["result = new Proxy({}, { getPrototypeOf() { throw 5 } })", "result: cannot be converted: 5"],
    ["let n = 0; result = { get v() { n++; return result } }", "result.v: a cycle"],
    ["const next = () => ({ get v() { return next() } }); result = next()", "nested deeper than 200"],
  ])("%s", async (code, message) => {
    const error = await here.failure(code);
    expect(error).toMatchObject({
      code: "TASK_RESULT_INVALID",
      message: expect.stringContaining(message),
      retryable: false,
    });
    expect(memberOf(error.details, "path")).toBe(error.message.split(": ")[0]);
  });

  test("a result over the limit, however it is spread, and in bytes", async () => {
    for (const code of [
      "'x'.repeat(2000)",
      "Array(600).fill(0)",
      "'é'.repeat(600)",
      "{ ['k'.repeat(2000)]: 1 }",
      "new Proxy([], { get: (_, key) => (key === 'length' ? 2 ** 40 : 1) })",
    ]) {
      expect(await small.failure(`result = (${code})`)).toMatchObject({
        code: "TASK_RESULT_INVALID",
        message: expect.stringContaining("is larger than 1000 bytes"),
      });
    }
    expect(await small.result("result = 'x'.repeat(990)")).toBe("x".repeat(990));
  });
});

describe("a script that changed the language under the conversion", () => {
  test.each([
    "JSON.stringify = () => '5'",
    "Array.isArray = () => false",
    "Object.keys = () => []; Reflect.ownKeys = () => []",
    "Array.prototype.push = Array.prototype.join = () => { throw 1 }",
    "Object.prototype.toJSON = String.prototype.toJSON = () => 'forged'",
    "Array.prototype[Symbol.iterator] = String.prototype[Symbol.iterator] = () => { throw 1 }",
    "Object.defineProperty(Array.prototype, '0', { set() { throw 1 }, configurable: true })",
    "String.prototype.isWellFormed = () => true; Number.isFinite = () => true",
    "Function.prototype.call = Function.prototype.apply = () => { throw 1 }",
  ])("gets its result all the same: %s", async (trick) => {
    expect(
      await here.result(`const value = { v: [1, 'a"b', { n: null }] };\n${trick};\nresult = value`),
    ).toEqual({
      v: [1, 'a"b', { n: null }],
    });
  });

  test("a key named __proto__ is a key", async () => {
    const outcome = await here.execute({ code: 'result = JSON.parse(\'{"__proto__": {"x": 1}}\')' });
    expect(JSON.stringify(memberOf(resultOf(outcome), "result"))).toBe('{"__proto__":{"x":1}}');
  });
});
