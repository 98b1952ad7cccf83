// Python scripts in real containers.
import { afterAll, describe, expect, test } from "vitest";
import type { JsonObject } from "../../../../src/domain/index.ts";
import { until } from "../../processes/group-members.ts";
import { errorOf, resultOf } from "../../providers/outcomes.ts";
import type { RealDocker } from "../dockerd.ts";
import { box, memberOf } from "./box.ts";

export function describePython(real: RealDocker): void {
  const here = box(real);
  afterAll(() => here.close());
  const value = async (code: string, more: JsonObject = {}) =>
    memberOf(resultOf(await here.script({ code, ...more })), "result");

  describe("a Python script in a container", () => {
    test("sees its files, its context, its arguments, and gives its result", async () => {
      const code = [
        "import os, subprocess, sys, sibling",
        "print('hi')",
        "print('oh', file=sys.stderr)",
        `subprocess.run([sys.executable, '-c', 'print("from a child")'])`,
        "result = [context['x'], sys.argv[1:], sibling.N, open('data/a.txt').read(), sorted(os.listdir())]",
      ].join("\n");
      const texts = { "main.py": code, "sibling.py": "N = 7", "data/a.txt": "ä" };
      const outcome = await here.script(
        { file: "main.py", context: { x: [1, null] }, args: ["a b"] },
        { texts },
      );
      expect(outcome).toMatchObject({ ok: true, instance: expect.stringContaining("@sha256:") });
      expect(resultOf(outcome)).toMatchObject({
        execution_mode: "docker",
        output: "hi\nfrom a child\n",
        stderr: "oh\n",
        result: [[1, null], ["a b"], 7, "ä", ["data", "main.py", "sibling.py"]],
      });
    });

    test("gives what it printed last where it sets no result", async () => {
      expect(await value("print('words:')\nprint('{\"n\": 1}')\nprint(2**60)\nprint('end')")).toEqual({
        n: 1,
      });
    });

    test.each([
      [
        "raises",
        { code: "raise ValueError('no')" },
        "TASK_EXECUTION_FAILED",
        /^ValueError: no \(<code>, line 1\)$/,
      ],
      ["exits", { code: "import os; os._exit(3)" }, "TASK_EXECUTION_FAILED", /exit code 3/],
      [
        "dies",
        { code: "import ctypes; ctypes.string_at(0)" },
        "PROVIDER_ERROR",
        /interpreter ended with exit code 139/,
      ],
      [
        "has no JSON to give",
        { code: "result = {'v': [float('inf')]}" },
        "TASK_RESULT_INVALID",
        /^result\.v\[0\]/,
      ],
      [
        "lacks a package",
        { code: "import numpy" },
        "TASK_EXECUTION_FAILED",
        /what the interpreter's own machine or image has/,
      ],
      [
        "needs too much memory",
        { code: "x = b'1' * 200_000_000" },
        "RESOURCE_EXHAUSTED",
        /used up the interpreter's memory/,
      ],
      [
        "writes without end",
        { code: "while True: print('x' * 1000)" },
        "TASK_EXECUTION_FAILED",
        /wrote more than 4194304 bytes/,
      ],
      [
        "hears no signal",
        { code: "import signal\nsignal.signal(15, signal.SIG_IGN)\nwhile True: pass", timeout: "1s" },
        "TASK_TIMEOUT",
        /within its timeout of 1 seconds/,
      ],
    ])("that %s fails as such", async (_what, params, code, message) => {
      expect(errorOf(await here.script(params))).toMatchObject({
        code,
        message: expect.stringMatching(message),
      });
    });

    test("that starts processes without end comes to its limit", async () => {
      const code =
        "import os, time\nn = 0\ntry:\n  while True:\n    if os.fork() == 0: time.sleep(100)\n    n += 1\nexcept OSError as error:\n  result = [n < 64, error.errno]";
      expect(await value(code)).toEqual([true, 11]);
    });

    test("reaches nothing outside", async () => {
      const code = [
        "import os, socket",
        "def tried(what):",
        "  try: return repr(what())",
        "  except OSError as error: return error.errno",
        "result = [",
        "  tried(lambda: socket.create_connection(('1.1.1.1', 80), 2)),",
        "  tried(lambda: open('/etc/x', 'w')),",
        "  tried(lambda: os.setuid(0)),",
        "  tried(lambda: os.chroot('/tmp')),",
        "]",
      ].join("\n");
      expect(await value(code)).toEqual([101, 30, 1, 1]);
    });

    test("comes from containers that stand ready, each of which serves one script", async () => {
      const ready = box(real, { spares: 2 });
      await ready.script({ code: "open('/tmp/left', 'w').close()" });
      await until(async () => (await ready.standing()) === 2);
      const runs = await Promise.all(
        [1, 2, 3].map(() =>
          ready.script({ code: "import os\nresult = [os.path.exists('/tmp/left'), os.uname().nodename]" }),
        ),
      );
      const results = runs.map((outcome) => memberOf(resultOf(outcome), "result"));
      expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(3);
      expect(results).toEqual(results.map(() => [false, expect.any(String)]));
      await ready.close();
    });
  });
}
