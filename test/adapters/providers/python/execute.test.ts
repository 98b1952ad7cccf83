import { afterAll, describe, expect, test } from "vitest";
import { errorOf, resultOf } from "../outcomes.ts";
import { type Given, memberOf, sandbox } from "./sandbox.ts";

const box = sandbox();
afterAll(box.close);

const COUNT = `import re
from words import split
with open(context["file_path"], encoding="utf-8") as handle:
    text = handle.read()
result = {"words": len(split(text)), "lines": text.count("\\n")}
`;
const FILES = {
  "scripts/count.py": COUNT,
  "scripts/words.py": "def split(text):\n    return text.split()\n",
  "data/harbour.txt": "The ferry leaves\nat seven: größe ✓\n",
};

describe("a script", () => {
  test("finds its context and gives its result, with all that was printed", async () => {
    const code =
      "import sys\nprint('soundings:', len(context['depths']))\nprint('warm', file=sys.stderr)\nresult = max(context['depths'])";
    const given = resultOf(await box.execute({ code, context: { depths: [4, 9, 2, 7] } }));
    expect(given).toEqual({
      result: 9,
      output: "soundings: 4\n",
      stderr: "warm\n",
      success: true,
      execution_time: expect.any(Number),
      execution_mode: "wasm",
    });
    expect(memberOf(given, "execution_time")).toBeGreaterThan(0);
  });

  test("gets every value as the Python value it is", async () => {
    const values = {
      whole: { a: 1 },
      list: [1, 2],
      int: 9,
      float: 5.5,
      open: true,
      nothing: null,
      text: "9 m",
    };
    const code = "result = {k: type(v).__name__ for k, v in context.items()}";
    expect(memberOf(resultOf(await box.execute({ code, context: values })), "result")).toEqual({
      whole: "dict",
      list: "list",
      int: "int",
      float: "float",
      open: "bool",
      nothing: "NoneType",
      text: "str",
    });
  });

  test("on disk sees the captured files beside it: data, sibling modules, its own name and arguments", async () => {
    const params = { file: "scripts/count.py", context: { file_path: "data/harbour.txt" } };
    const given = resultOf(await box.execute(params, { texts: FILES }));
    expect(memberOf(given, "result")).toEqual({ words: 7, lines: 2 });
    const itself =
      "import os, sys\nresult = [__name__, __file__, os.getcwd(), sys.argv, sys.path[0], sorted(os.listdir())]";
    const texts = { "a/b/self.py": itself, "top.txt": "" };
    const named = resultOf(await box.execute({ file: "./a/b/self.py", args: ["-v", "x y"] }, { texts }));
    expect(memberOf(named, "result")).toEqual([
      "__main__",
      "/work/a/b/self.py",
      "/work",
      ["a/b/self.py", "-v", "x y"],
      "/work/a/b",
      ["a", "top.txt"],
    ]);
  });

  test("given the absolute path of a captured file, opens it", async () => {
    const params = {
      code: "result = open(context['at']['path']).read()",
      context: { at: { path: "/home/me/data/harbour.txt" } },
    };
    const given = resultOf(await box.execute(params, { texts: FILES }));
    expect(memberOf(given, "result")).toContain("ferry");
    const script = await box.execute({ file: "/home/me/scripts/words.py" }, { texts: FILES });
    expect(memberOf(resultOf(script), "result")).toBeNull();
  });

  test("reads a file of megabytes, empty ones and any bytes as they are", async () => {
    const big = Buffer.alloc(3_000_000, 7);
    const bytes = {
      "big.bin": big,
      "empty.bin": Buffer.alloc(0),
      "odd é.bin": Buffer.from([0, 255, 10, 13]),
    };
    const files = Object.entries(bytes).map(([path, { length }]) => ({
      path,
      hash: `sha256-${path}`,
      size: length,
    }));
    const readFile = async ({ path }: { readonly path: string }) =>
      Object.entries(bytes).find(([name]) => name === path)?.[1] ?? Buffer.alloc(0);
    const code =
      "import os\nresult = {n: [len(open(n, 'rb').read()), list(open(n, 'rb').read()[:4])] for n in os.listdir()}";
    expect(await box.result(code, { files, readFile })).toEqual({
      "big.bin": [3_000_000, [7, 7, 7, 7]],
      "empty.bin": [0, []],
      "odd é.bin": [4, [0, 255, 10, 13]],
    });
  });

  test("declares its encoding as any Python file may", async () => {
    const latin = Buffer.from("# -*- coding: latin-1 -*-\nresult = 'gr\xfc\xdfe'\n", "latin1");
    const files = [{ path: "old.py", hash: "sha256-0", size: latin.length }];
    const given: Given = { files, readFile: async () => latin };
    expect(memberOf(resultOf(await box.execute({ file: "old.py" }, given)), "result")).toBe("grüße");
  });

  test.each([
    ["print('a')\nprint('{\"b\": [1, 2]}')\nprint('done')", { b: [1, 2] }],
    ["print('first')\nprint('last')\nprint()", "last"],
    ["print(41)\nprint('42 is the answer')", 41],
    ["print('12345678901234567890')", "12345678901234567890"],
    ["print('x', end='')", "x"],
    ["pass", null],
    ["print('[1]')\nresult = None", null],
  ])("without a result gives what it printed last: %j", async (code, result) => {
    expect(await box.result(code)).toEqual(result);
  });

  test("may end itself", async () => {
    for (const end of ["import sys; sys.exit()", "exit(0)", "raise SystemExit", "import os; os._exit(0)"]) {
      expect(await box.result(`result = 5\n${end}`), end).toBe(5);
    }
  });

  test("runs coroutines, and what it registered for its end", async () => {
    const code = `import asyncio, atexit
async def part(n):
    await asyncio.sleep(0.01 * n)
    return n
async def main():
    return await asyncio.gather(*(part(n) for n in (3, 1, 2)))
atexit.register(print, "bye")
result = asyncio.run(main())`;
    expect(resultOf(await box.execute({ code }))).toMatchObject({ result: [3, 1, 2], output: "bye\n" });
  });

  test("is watched while it runs", async () => {
    const chunks: { readonly kind: string; readonly text: string }[] = [];
    const emit = (chunk: { readonly kind: string; readonly text: string }): void => void chunks.push(chunk);
    await box.result("import sys\nprint('one')\nprint('two', file=sys.stderr)\nprint('three')", { emit });
    expect(chunks).toEqual([
      { kind: "stdout", text: "one\n" },
      { kind: "stderr", text: "two\n" },
      { kind: "stdout", text: "three\n" },
    ]);
  });
});

describe("a call", () => {
  test.each([
    [{}, "params: give exactly one of `file` and `code`"],
    [{ file: "a.py", code: "1" }, "exactly one"],
    [{ code: "1", context: [] }, "params.context"],
    [{ code: "1", args: [1] }, "params.args[0]"],
    [{ code: "1", timeout: 0 }, "params.timeout: must be over 0 and at most a day"],
    [{ code: "1", timeout: "2d" }, "params.timeout: must be over 0"],
    [{ code: "1", timeout: "soon" }, 'params.timeout: "soon" is not a duration'],
    [{ code: "1", contxt: {} }, "params.contxt: unknown parameter"],
    [{ code: "1", execution_mode: "docker" }, "`docker` is not available here: no provider of type docker"],
    [{ code: "1", execution_mode: "process" }, "`process` is not available here: it would run with"],
    [{ code: "1", execution_mode: "dokcer" }, "did you mean `docker`?"],
    [{ code: "1", files: "*.txt" }, "params.files"],
  ])("is refused when its params are wrong: %j", async (params, message) => {
    expect(errorOf(await box.execute(params))).toMatchObject({
      code: "INVALID_PARAMS",
      message: expect.stringContaining(message),
    });
  });

  test("is refused when it carries more than fits", async () => {
    const tight = sandbox({ limits: { callBytes: 1000 } });
    for (const params of [{ code: "#".repeat(1001) }, { code: "1", context: { a: "x".repeat(1000) } }]) {
      expect(errorOf(await tight.execute(params))).toMatchObject({
        code: "TASK_PARAMETER_ERROR",
        message: expect.stringContaining("more than the limit of 1000; pass a file instead"),
      });
    }
    await tight.close();
  });

  test("is refused when its script was not captured", async () => {
    expect(errorOf(await box.execute({ file: "gone.py" }, { texts: FILES }))).toMatchObject({
      code: "TASK_PARAMETER_ERROR",
      message: expect.stringContaining("gone.py"),
    });
  });
});
