import { afterAll, describe, expect, test } from "vitest";
import { errorOf, resultOf } from "../outcomes.ts";
import { memberOf, sandbox } from "./sandbox.ts";

const box = sandbox();
afterAll(box.close);

const VALVE = `# opens a valve
from pressure import check

print("pressure is", context["bar"])
check(context["bar"])
result = "open"
`;
const PRESSURE = `def check(bar):
    if bar > 5:
        raise ValueError(f"valve refuses {bar} bar")
`;
const texts = { "scripts/valve.py": VALVE, "scripts/pressure.py": PRESSURE };

describe("a script that raises", () => {
  test("is a failed task that says what, in which of the user's files and where, with what it had printed", async () => {
    const outcome = await box.execute({ file: "scripts/valve.py", context: { bar: 9 } }, { texts });
    expect(errorOf(outcome)).toMatchObject({
      code: "TASK_EXECUTION_FAILED",
      retryable: false,
      message: "ValueError: valve refuses 9 bar (scripts/pressure.py, line 3)",
      details: { type: "ValueError", file: "scripts/pressure.py", line: 3 },
    });
    expect(outcome).toMatchObject({ evidence: { stdout: "pressure is 9\n" } });
    const traceback = memberOf(errorOf(outcome).details, "traceback");
    expect(traceback).toBe(`Traceback (most recent call last):
  File "scripts/valve.py", line 5, in <module>
    check(context["bar"])
    ~~~~~^^^^^^^^^^^^^^^^
  File "scripts/pressure.py", line 3, in check
    raise ValueError(f"valve refuses {bar} bar")
ValueError: valve refuses 9 bar
`);
  });

  test("shows the causes, and never what runs around it", async () => {
    const code =
      "try:\n    {}['missing']\nexcept KeyError as error:\n    raise RuntimeError('no such valve') from error";
    const error = await box.failure(code);
    expect(error.message).toBe("RuntimeError: no such valve (<code>, line 4)");
    expect(memberOf(error.details, "traceback")).toMatch(
      /KeyError: 'missing'[\s\S]+direct cause[\s\S]+line 4, in <module>/,
    );
    expect(JSON.stringify(error)).not.toContain("_gleitzeit");
  });

  test.each([
    ["def f(:\n    pass", "SyntaxError: invalid syntax (<code>, line 1)"],
    [
      "if True:\nresult = 1",
      "IndentationError: expected an indented block after 'if' statement on line 1 (<code>, line 2)",
    ],
    ["result = 1\n\x00", "SyntaxError: source code string cannot contain null bytes"],
    ["import sys\nsys.exit(3)", "SystemExit: the script ended with exit code 3 (<code>, line 2)"],
    ["import sys\nsys.exit('no water')", "SystemExit: no water (<code>, line 2)"],
    ["raise KeyboardInterrupt", "KeyboardInterrupt (<code>, line 1)"],
    ["input()", "OSError: [Errno 29] I/O error (<code>, line 1)"],
    ["def f(): f()\nf()", "RecursionError: maximum recursion depth exceeded (<code>, line 1)"],
    ["assert 1 == 2, 'sums'", "AssertionError: sums (<code>, line 1)"],
    [
      "raise ExceptionGroup('two', [ValueError(1), TypeError(2)])",
      "ExceptionGroup: two (2 sub-exceptions) (<code>, line 1)",
    ],
    [
      "import asyncio\nasync def f(): await asyncio.get_running_loop().create_future()\nasyncio.run(f())",
      "RuntimeError: every coroutine waits, and nothing can ever wake one (<code>, line 3)",
    ],
  ])("has its type and place: %j", async (code, message) => {
    expect(await box.failure(code)).toMatchObject({ code: "TASK_EXECUTION_FAILED", message });
  });

  test("that opens a file it was not given is told what to do", async () => {
    const error = await box.failure("open('data/x.csv')", { texts: { "data/y.csv": "1" } });
    expect(error.message).toContain("No such file or directory: 'data/x.csv'");
    expect(error.message).toContain("add the file under `files:`");
  });

  test("that wants a package is told what there is", async () => {
    expect((await box.failure("import numpy")).message).toMatch(
      /No module named 'numpy'.+the standard library and the modules beside it/,
    );
  });

  test.each([
    [
      "str() raises",
      "class E(Exception):\n    def __str__(self): raise KeyError(1)\nraise E",
      "its text cannot be shown",
    ],
    [
      "str() gives no text",
      "class E(Exception):\n    def __str__(self): return 5\nraise E",
      "its text cannot be shown",
    ],
    ["a text of megabytes", "raise ValueError('x' * 5_000_000)", "ValueError: xxx"],
    ["a lone surrogate", "raise ValueError('\\ud800!')", "ValueError: \ufffd!"],
    ["a name of megabytes", "raise type('N' * 1_000_000, (Exception,), {})('n')", "NNNN"],
    ["notes of megabytes", "e = ValueError('v'); e.add_note('n' * 5_000_000); raise e", "ValueError: v"],
    [
      "a file name of megabytes",
      "exec(compile('1/0', '/work/' + 'f' * 1_000_000, 'exec'))",
      "ZeroDivisionError",
    ],
    ["a line that is none", "raise SyntaxError('s', ('/work/a', -5, 2**70, 't'))", "SyntaxError: s (a)"],
    [
      "causes without end",
      "e = None\nfor i in range(2000):\n    n = ValueError(i); n.__cause__ = e; e = n\nraise e",
      "ValueError: 1999",
    ],
    ["a cause that is itself", "e = ValueError('loop'); e.__cause__ = e; raise e", "ValueError: loop"],
    [
      "SystemExit with an evil code",
      "class C:\n    def __eq__(self, o): raise KeyError\n    def __repr__(self): raise KeyError\nraise SystemExit(C())",
      "SystemExit",
    ],
  ])("cannot upset whoever tells of it: %s", async (_name, code, message) => {
    const error = await box.failure(code);
    expect(error).toMatchObject({ code: "TASK_EXECUTION_FAILED", message: expect.stringContaining(message) });
    expect(JSON.stringify(error).length).toBeLessThan(200_000);
    expect(await box.result("result = 'still here'")).toBe("still here");
  });
});

describe("a script that breaks its interpreter", () => {
  test.each([
    ["import os\nos.abort()"],
    ["import ctypes\nctypes.string_at(-8, 8)"],
    ["import _pyodide_core\n_pyodide_core.trigger_fatal_error()"],
  ])(
    "is a failure of the provider that may be tried again, and the next gets a new one: %j",
    async (code) => {
      const outcome = await box.execute({ code: `print('before')\n${code}` });
      expect(errorOf(outcome)).toMatchObject({ code: "PROVIDER_ERROR", retryable: true });
      expect(outcome).toMatchObject({ evidence: { stdout: expect.stringMatching(/^before\n/) } });
      expect(await box.result("result = 'new'")).toBe("new");
    },
  );
});

describe("the other methods", () => {
  const call = async (method: string, params: Record<string, string>) =>
    resultOf(
      await box.provider.execute(
        { method, params },
        (await import("../call-context.ts")).callContext({}, texts),
      ),
    );

  test("validate tells what is wrong with a script, without running it", async () => {
    expect(await call("validate", { code: "raise ValueError" })).toEqual({ valid: true, errors: [] });
    expect(await call("validate", { file: "scripts/valve.py" })).toEqual({ valid: true, errors: [] });
    expect(await call("validate", { code: "x = (1\nprint(x" })).toEqual({
      valid: false,
      errors: [{ message: "'(' was never closed", line: 2, column: 6 }],
    });
  });

  test("info tells versions and modules", async () => {
    const info = await call("info", {});
    expect(info).toMatchObject({ python: expect.stringMatching(/^3\.\d+\.\d+$/), execution_modes: ["wasm"] });
    expect(memberOf(info, "modules")).toEqual(expect.arrayContaining(["csv", "json", "re", "statistics"]));
    expect(memberOf(info, "modules")).not.toContain("tkinter");
  });
});
