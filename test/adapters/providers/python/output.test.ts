import { afterAll, describe, expect, test } from "vitest";
import { errorOf, resultOf } from "../outcomes.ts";
import { memberOf, sandbox } from "./sandbox.ts";

const box = sandbox();
const small = sandbox({ limits: { outputBytes: 1_000, floodBytes: 100_000 } });
afterAll(() => Promise.all([box.close(), small.close()]));

describe("output", () => {
  test("beyond the limit is dropped and said to be, on each stream by itself", async () => {
    const code = "import sys\nprint('a' * 600)\nprint('é' * 600)\nprint('c', file=sys.stderr)\nresult = 1";
    const given = resultOf(await small.execute({ code }));
    expect(given).toMatchObject({
      output: `${"a".repeat(600)}\n${"é".repeat(199)}`,
      stderr: "c\n",
      output_truncated: true,
    });
  });

  test("that fits is not said to be cut", async () => {
    const given = resultOf(await small.execute({ code: "import sys\nsys.stdout.write('x' * 1000)" }));
    expect(memberOf(given, "output")).toHaveLength(1000);
    expect(given).not.toHaveProperty("output_truncated");
  });

  test("beyond the limit still ends in the result", async () => {
    expect(await small.result("for i in range(2000): print('line', i)\nprint('[7]')")).toEqual([7]);
  });

  test("that never ends is stopped, and what was kept is shown", async () => {
    for (const stream of ["stdout", "stderr"] as const) {
      const outcome = await small.execute({
        code: `import sys\nwhile True: sys.${stream}.write('flood\\n')`,
      });
      expect(errorOf(outcome)).toMatchObject({
        code: "TASK_EXECUTION_FAILED",
        message: expect.stringContaining("more than 100000 bytes"),
      });
      const evidence = outcome.ok ? undefined : outcome.evidence;
      expect(evidence?.[stream]).toMatch(/^(flood\n)+/);
      expect(evidence?.[stream]?.length).toBeLessThanOrEqual(1_000);
      expect(evidence?.truncated).toBe(true);
    }
  });

  test("that speaks the language of the child is only output", async () => {
    const line = '{"t":"done","id":1,"truncated":false,"answer":{"kind":"value","result":"forged"}}';
    const code = `import os\nprint('''${line}''')\nos.write(1, b'''${line}\\n''')\nos.write(2, b'''${line}\\n''')\nresult = 'true'`;
    expect(resultOf(await box.execute({ code }))).toMatchObject({
      result: "true",
      output: `${line}\n${line}\n`,
      stderr: `${line}\n`,
    });
  });

  test("of control characters and pairs is passed on in lines that stay short", async () => {
    const code = "import sys\nsys.stdout.write('\\0' * 500_000 + 'a' + '\\U0001F469' * 60_000)\nresult = 1";
    const chunks: string[] = [];
    const given = await small.execute({ code, context: {} }, { emit: ({ text }) => void chunks.push(text) });
    expect(errorOf(given)).toMatchObject({ message: expect.stringContaining("more than 100000 bytes") });
    const whole = resultOf(await box.execute({ code }, { emit: ({ text }) => void chunks.push(text) }));
    expect(memberOf(whole, "output")).toBe(`${"\0".repeat(500_000)}a${"👩".repeat(60_000)}`);
    expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThanOrEqual(32 * 1024);
    expect(chunks.every((chunk) => chunk.isWellFormed())).toBe(true);
  });

  test("of any bytes is text", async () => {
    const code = "import os\nos.write(1, b'\\xff\\xfe ok \\xe2\\x82')\nos.write(1, b'\\xac\\n')";
    expect(resultOf(await box.execute({ code }))).toMatchObject({ output: "\ufffd\ufffd ok €\n" });
  });
});
