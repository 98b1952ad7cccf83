// What a script may hand back, and all the ways in which it may not.
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { errorOf, resultOf } from "../outcomes.ts";
import { memberOf, sandbox } from "./sandbox.ts";

const box = sandbox();
const small = sandbox({ limits: { resultBytes: 10_000 } });
afterAll(() => Promise.all([box.close(), small.close()]));

describe("a result", () => {
  test("comes back as it went in, whatever JSON it is", async () => {
    const json = fc.jsonValue({ maxDepth: 4 }).filter((value) => isExact(value));
    const key = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("__proto__", "constructor", "$blob"),
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(key, json), async (value) => {
        const given = resultOf(
          await box.execute({ code: "result = context", context: JSON.parse(JSON.stringify(value)) }),
        );
        expect(memberOf(given, "result")).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ["(1, [2, (3,)])", [1, [2, [3]]]],
    [
      "{'__proto__': 1, 'constructor': 2, '': 3, '$blob': {'$erased': True}}",
      JSON.parse('{"__proto__":1,"constructor":2,"":3,"$blob":{"$erased":true}}'),
    ],
    ["__import__('collections').OrderedDict(b=1, a=2)", { b: 1, a: 2 }],
    ["__import__('collections').Counter('aab')", { a: 2, b: 1 }],
    ["__import__('enum').IntEnum('E', 'ONE TWO').TWO", 2],
    [
      "[2**53 - 1, -(2**53 - 1), 1e-300, 0.1 + 0.2, -0.0]",
      [9007199254740991, -9007199254740991, 1e-300, 0.30000000000000004, -0],
    ],
    ["'\\u2028 \\x00 \\U0001F469 \\x7f'", "\u2028 \0 👩 \x7f"],
  ])("is the plain value of what it is made of: %s", async (expression, value) => {
    const result = await box.result(`result = ${expression}`);
    expect(JSON.stringify(result)).toBe(JSON.stringify(value));
  });

  test.each([
    ["{'v': [float('nan')]}", "result.v[0]: nan is not JSON"],
    ["[1, float('-inf')]", "result[1]: -inf is not JSON"],
    ["{'a b': 2**53}", 'result["a b"]: integer 9007199254740992 is beyond 2^53 − 1; return it as a string'],
    ["[-(2**53)]", "result[0]: integer -9007199254740992 is beyond"],
    ["1e20", "result: integer 1e+20 is beyond"],
    ["10**5000", "result: integer of 16610 bits is beyond"],
    ["{'n': b'x'}", "result.n: bytes is not JSON; decode it"],
    ["{1, 2}", "result: set is not JSON; return sorted(…)"],
    ["{1: 'a'}", "result: a key is int, not text"],
    ["{'x': {None: 1}}", "result.x: a key is NoneType, not text"],
    ["__import__('datetime').datetime.now()", "result: datetime is not JSON; return .isoformat()"],
    ["__import__('decimal').Decimal(1)", "result: Decimal is not JSON"],
    ["1j", "result: complex is not JSON"],
    ["print", "result: builtin_function_or_method is not JSON"],
    ["['\\ud800']", "result[0]: text with a lone surrogate"],
    ["{'\\udfff': 1}", "result: text with a lone surrogate"],
  ])("that is not I-JSON is refused with its place: %s", async (expression, message) => {
    const outcome = await box.execute({ code: `print('seen')\nresult = ${expression}` });
    expect(errorOf(outcome)).toMatchObject({
      code: "TASK_RESULT_INVALID",
      retryable: false,
      message: expect.stringContaining(message),
    });
    expect(outcome).toMatchObject({ evidence: { stdout: "seen\n" } });
  });

  test.each([
    ["a list that contains itself", "result = []; result.append(result)", "result[0]: a cycle"],
    ["a cycle further in", "a = {}; result = {'x': [a]}; a['y'] = result", "result.x[0].y: a cycle"],
    ["200 levels and one", "result = 1\nfor _ in range(201): result = [result]", "nested deeper than 200"],
    [
      "a million levels",
      "result = 1\nfor _ in range(1_000_000): result = [result]",
      "nested deeper than 200",
    ],
    [
      "long keys all the way down",
      "result = 1j\nfor _ in range(150): result = {'k' * 1000: result}",
      "complex is not JSON",
    ],
    [
      "odd keys all the way down",
      "result = 1j\nfor _ in range(150): result = {chr(1) * 1000: result}",
      "complex is not JSON",
    ],
    ["of a class with a long name", "result = type('N' * 100_000, (), {})()", "NNN is not JSON"],
    ["a class of its own", "class C: pass\nresult = {'c': C()}", "result.c: C is not JSON"],
    [
      "two keys that read the same",
      "class K(str):\n    def __hash__(self): return id(self)\n    def __eq__(self, o): return self is o\nresult = {K('k'): 1, K('k'): 2}",
      'result: two keys read "k"',
    ],
  ])("that is %s is refused", async (_name, code, message) => {
    expect(await box.failure(code)).toMatchObject({
      code: "TASK_RESULT_INVALID",
      message: expect.stringContaining(message),
    });
  });

  test("of 200 levels is a result", async () => {
    const text = JSON.stringify(await box.result("result = 1\nfor _ in range(199): result = [result]"));
    expect(text).toBe(`${"[".repeat(199)}1${"]".repeat(199)}`);
  });

  test.each([
    [
      "a dictionary that lies",
      "class D(dict):\n    def items(self): raise KeyError\n    def __iter__(self): raise KeyError\n    keys = values = __len__ = __iter__\nresult = D(a=1)",
      { a: 1 },
    ],
    [
      "a list that lies",
      "class L(list):\n    def __iter__(self): return iter(range(10**9))\n    def __len__(self): return -1\nresult = L([1])",
      [1],
    ],
    [
      "a text that lies",
      "class S(str):\n    def __str__(self): raise KeyError\n    __repr__ = encode = isascii = __len__ = __str__\nresult = S('s')",
      "s",
    ],
    [
      "a number that lies",
      "class I(int):\n    def __index__(self): return 7\n    __int__ = __index__\n    def __repr__(self): return '8'\nresult = I(6)",
      6,
    ],
    [
      "a fraction that lies",
      "class F(float):\n    def __float__(self): return 7.0\n    def __repr__(self): return 'x'\nresult = F(1.5)",
      1.5,
    ],
    [
      "an object whose class lies",
      "class C:\n    __class__ = property(lambda s: dict)\nresult = [C] and 1",
      1,
    ],
  ])("of %s is what it is, and none of its code runs", async (_name, code, value) => {
    expect(await box.result(code)).toEqual(value);
  });

  test("whose class claims to be another is refused", async () => {
    expect(
      (await box.failure("class C:\n    __class__ = property(lambda s: dict)\nresult = C()")).message,
    ).toContain("C is not JSON");
  });

  test("over the limit is refused, never cut, also before it is put together", async () => {
    expect(JSON.stringify(await small.result("result = 'x' * 9_998"))).toHaveLength(10_000);
    for (const code of [
      "result = 'x' * 9_999",
      "result = 'é' * 5_000",
      "a = ['y' * 1000] * 1000\nresult = [a] * 1000",
      "result = list(range(5_000))",
    ]) {
      const error = await small.failure(code);
      expect(error).toMatchObject({
        code: "TASK_RESULT_INVALID",
        message: expect.stringContaining("larger than 10000 bytes"),
      });
    }
  });

  test("of megabytes comes whole", async () => {
    const result = await box.result("result = ['ü' * 1000] * 7_000");
    expect(Array.isArray(result) && result.length).toBe(7_000);
    expect(Array.isArray(result) && result.every((part) => part === "ü".repeat(1000))).toBe(true);
  });
});

const isExact = (value: unknown): boolean =>
  JSON.stringify(value, (_key, member: unknown) =>
    typeof member === "number" && Number.isInteger(member) && !Number.isSafeInteger(member)
      ? undefined
      : member,
  ) === JSON.stringify(value) && !JSON.stringify(value).includes("\\ud");
