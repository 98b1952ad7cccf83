// An error that ends a script is told in the user's own files and lines, and what runs late counts.
import { afterAll, describe, expect, test } from "vitest";
import { callContext } from "../call-context.ts";
import { errorOf, resultOf } from "../outcomes.ts";
import { memberOf } from "../script-box.ts";
import { box } from "./box.ts";

const here = box({ interpreters: 1, spares: 0 });
afterAll(() => here.close());

describe("a script that", () => {
  test.each<readonly [string, string, string]>([
    [
      "throws",
      "\n\nfunction f() { null.x }\nf()",
      "TypeError: cannot read property 'x' of null (<code>, line 3)",
    ],
    ["throws after it waited", "await 0;\nthrow new RangeError('r')", "RangeError: r (<code>, line 2)"],
    ["throws in a timer", "setTimeout(() => {\n  throw new Error('t') }, 1)", "Error: t (<code>, line 2)"],
    ["throws in a microtask", "queueMicrotask(() => { throw new Error('m') })", "Error: m (<code>, line 1)"],
    ["throws what is no error", "throw { code: 5 }", "Error: { code: 5 }"],
    ["throws nothing", "throw undefined", "Error: undefined"],
    [
      "throws what cannot be told",
      "throw { get message() { throw 1 }, get name() { throw 2 } }",
      "(cannot be told)",
    ],
    [
      "does not parse",
      "let a = 1;\nlet b = ;",
      "SyntaxError: unexpected token in expression: ';' (<code>, line 2)",
    ],
    [
      "does not end",
      "const text = `abc\nresult = 1",
      "SyntaxError: unexpected end of string (<code>, line 1)",
    ],
    ["returns", "return 5", "set `result`, or `export default` it"],
    ["requires", "require('./x.js')", "a script is a module: use `import` and `export`"],
    ["waits for nothing", "await new Promise(() => {})", "waits for a promise that nothing can settle"],
    ["goes too deep", "function f() { f() }\nf()", "InternalError: stack overflow (<code>, line 1)"],
  ])("%s", async (_what, code, message) => {
    const error = await here.failure(code);
    expect(error).toMatchObject({ code: "TASK_EXECUTION_FAILED", retryable: false });
    expect(error.message).toContain(message);
  });

  test("fails in a module is told with the module's own line, and its trace", async () => {
    const texts = {
      "scripts/main.js": 'import { half } from "./lib/half.js";\n\nresult = half("x");\n',
      "scripts/lib/half.js": "export function half(n) {\n  return n.half();\n}\n",
    };
    const error = errorOf(await here.execute({ file: "scripts/main.js" }, { texts }));
    expect(error.message).toBe("TypeError: not a function (scripts/lib/half.js, line 2)");
    expect(error.details).toMatchObject({ type: "TypeError", file: "scripts/lib/half.js", line: 2 });
    expect(memberOf(error.details, "traceback")).toMatch(/half\.js:2:.*\n.*scripts\/main\.js:3:/);
  });

  test("prints and fails shows what it printed", async () => {
    const outcome = await here.execute({
      code: "console.log('before'); console.error('oh'); throw new Error('x')",
    });
    expect(outcome).toMatchObject({ ok: false, evidence: { stdout: "before\n", stderr: "oh\n" } });
  });
});

describe("validate", () => {
  const check = (code: string) =>
    here.provider.execute({ method: "validate", params: { code } }, callContext());

  test("says where the syntax is wrong, and runs nothing", async () => {
    expect(resultOf(await check("let a = 1;\nlet b = ;"))).toMatchObject({
      valid: false,
      errors: [{ message: "unexpected token in expression: ';'", line: 2, column: 9 }],
    });
    for (const code of [
      "for (;;);",
      "import './nowhere.js'; throw 1",
      "export default await 5",
      "// only a word",
    ]) {
      expect(resultOf(await check(code)), code).toEqual({ valid: true, errors: [] });
    }
    for (const code of ["return 1", "`abc", "/* abc", "const a = 1; const a = 2", "export { nothing }"]) {
      expect(resultOf(await check(code)), code).toMatchObject({ valid: false });
    }
  });
});
