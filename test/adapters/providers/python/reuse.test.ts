// What one task of a run leaves behind for the next one in the same interpreter: nothing.
import { afterAll, describe, expect, test } from "vitest";
import { sandbox } from "./sandbox.ts";

// One interpreter at most, so that the second task meets what the first one left.
const box = sandbox({ interpreters: 1, spares: 0 });
afterAll(box.close);

describe("within a run", () => {
  test("an interpreter serves task after task", async () => {
    await box.result("result = 1");
    const [first] = box.processes.living();
    for (let i = 0; i < 20; i++) expect(await box.result(`result = ${i}`)).toBe(i);
    expect(box.processes.living()).toEqual([first]);
  });

  test.each([
    [
      "names",
      "x = 1\nimport builtins\nbuiltins.y = 2",
      "'x' in globals() or hasattr(__builtins__, 'y')",
      false,
    ],
    [
      "files",
      "import os\nos.makedirs('/tmp/a/b')\nopen('/tmp/a/b/c', 'w').write('x')\nopen('here', 'w')\nos.symlink('here', 'there')",
      "__import__('os').listdir('/tmp') + __import__('os').listdir()",
      [],
    ],
    [
      "a folder nobody may enter",
      "import os\nos.mkdir('/tmp/d')\nopen('/tmp/d/x', 'w')\nos.chmod('/tmp/d', 0)",
      "__import__('os').listdir('/tmp')",
      [],
    ],
    ["the working folder", "import os\nos.mkdir('d')\nos.chdir('d')", "__import__('os').getcwd()", "/work"],
    [
      "the search path and arguments",
      "import sys\nsys.path.append('/x')\nsys.argv.append('y')",
      "[__import__('sys').argv, '/x' in __import__('sys').path]",
      [["<code>"], false],
    ],
    [
      "the environment",
      "import os\nos.environ['SECRET'] = 'x'\ndel os.environ['HOME']",
      "[__import__('os').environ.get(n) for n in ('SECRET', 'HOME')]",
      [null, "/home/pyodide"],
    ],
    [
      "a patched module",
      "import json\njson.dumps = None\njson.decoder.JSONDecoder.decode = None\njson.evil = 1",
      "[__import__('json').dumps([1]), __import__('json').loads('[2]'), hasattr(__import__('json'), 'evil')]",
      ["[1]", [2], false],
    ],
    [
      "a patched builtin",
      "import builtins\nbuiltins.len = lambda x: 42\nbuiltins.print = None",
      "len([])",
      0,
    ],
    [
      "every builtin and the library's own encoder gone",
      "import builtins, json\njson.dumps = json.loads = json.encoder.JSONEncoder.iterencode = None\nfor n in ('len', 'type', 'isinstance', 'str', 'any', 'map', 'dict'): setattr(builtins, n, None)",
      "[len([1]), __import__('json').dumps([1])]",
      [1, "[1]"],
    ],
    [
      "a patched class",
      "import collections\ncollections.Counter.most_common = lambda s: 'evil'\ncollections.Counter.extra = 1",
      "[__import__('collections').Counter('a').most_common(), hasattr(__import__('collections').Counter, 'extra')]",
      [[["a", 1]], false],
    ],
    [
      "a library module learnt on the way",
      "import configparser\nconfigparser.ConfigParser = 'evil'\nconfigparser.DEFAULTSECT = 'evil'",
      "[__import__('configparser').ConfigParser.__name__, __import__('configparser').DEFAULTSECT]",
      ["ConfigParser", "DEFAULT"],
    ],
    [
      "limits and hooks",
      "import sys\nsys.setrecursionlimit(100)\nsys.settrace(lambda *a: None)\nsys.excepthook = None\nsys.set_int_max_str_digits(0)",
      "[__import__('sys').getrecursionlimit() > 500, __import__('sys').gettrace()]",
      [true, null],
    ],
    [
      "warnings and logging",
      "import logging, warnings\nlogging.basicConfig(level=10)\nlogging.getLogger('a').setLevel(10)\nwarnings.simplefilter('error')",
      "[len(__import__('logging').root.handlers), __import__('logging').getLogger('a').level]",
      [0, 0],
    ],
    [
      "the random state",
      "import random\nrandom.seed(1)\nrandom.random()",
      "__import__('random').random() == 0.8474337369372327",
      false,
    ],
    ["an exit function", "import atexit, builtins\natexit.register(exit, 3)\natexit._clear = None", "1", 1],
    [
      "the replaced output",
      "import sys, io\nsys.stdout = io.StringIO()\nprint('lost')",
      "print('seen') or 5",
      5,
    ],
    ["the closed output", "import sys\nsys.stdout.close()", "print('seen') or 6", 6],
    ["the closed streams", "import os\nos.close(1)\nos.close(2)", "print('seen') or 7", 7],
    [
      "the redirected streams",
      "import os\nos.dup2(os.open('/tmp/sink', os.O_CREAT | os.O_WRONLY), 1)",
      "print('seen') or 8",
      8,
    ],
    [
      "an audit hook",
      "import sys\nsys.addaudithook(lambda *a: 1 / 0)",
      "open('/tmp/x', 'w').close() or 9",
      9,
    ],
    [
      "a look at everything",
      "import gc\n[o.clear() for o in gc.get_objects() if type(o) is dict and 'context' in o]",
      "context",
      {},
    ],
    [
      "a thing that does not die",
      "class Z:\n    def __del__(self):\n        global z\n        z = self\nz = Z()",
      "'z' in globals()",
      false,
    ],
  ])("a task finds no trace of another: %s", async (_what, before, expression, found) => {
    await box.execute({ code: before });
    expect(await box.result(`result = ${expression}`)).toEqual(found);
  });

  test("nor of its captured files and modules", async () => {
    const texts = {
      "lib/shapes.py": "SIDES = 4\n",
      "lib/use.py": "import shapes\nresult = shapes.SIDES\n",
      "a.txt": "a",
    };
    expect(await box.execute({ file: "lib/use.py" }, { texts })).toMatchObject({ result: { result: 4 } });
    const other = { "lib/shapes.py": "SIDES = 5\n", "lib/use.py": texts["lib/use.py"] };
    expect(await box.execute({ file: "lib/use.py" }, { texts: other })).toMatchObject({
      result: { result: 5 },
    });
    expect(await box.result("import os\nresult = os.path.exists('a.txt') or os.path.exists('lib')")).toBe(
      false,
    );
  });

  test("a module beside the script comes before the library's, and the script's own name does not", async () => {
    const texts = {
      "s/statistics.py": "mean = 'mine'\n",
      "s/calendar/__init__.py": "days = 'mine'\n",
      "s/use.py": "import statistics, calendar\nresult = [statistics.mean, calendar.days]\n",
      "s/types.py": "import dataclasses, types\nresult = types.ModuleType.__name__\n",
    };
    const files = (...names: readonly (keyof typeof texts)[]) =>
      Object.fromEntries(names.map((n) => [n, texts[n]]));
    const mine = await box.execute(
      { file: "s/use.py" },
      { texts: files("s/statistics.py", "s/calendar/__init__.py", "s/use.py") },
    );
    expect(mine).toMatchObject({ result: { result: ["mine", "mine"] } });
    const own = await box.execute({ file: "s/types.py" }, { texts: files("s/types.py") });
    expect(own).toMatchObject({ result: { result: "module" } });
    expect(
      await box.result(
        "import statistics, calendar\nresult = [statistics.mean([1, 3]), calendar.isleap(2024)]",
      ),
    ).toEqual([2, true]);
  });

  test("the base of the file system cannot be changed by anybody", async () => {
    const attempts = [
      "os.remove('/lib/python314.zip')",
      "open('/lib/python314.zip', 'wb')",
      "os.rename('/lib', '/lib2')",
      "os.rename('/lib/python314.zip', '/x')",
      "os.chmod('/work', 0)",
      "os.truncate('/lib/python314.zip', 0)",
      "os.write(os.open('/lib/python314.zip', os.O_RDWR), b'x')",
      "mmap.mmap(os.open('/lib/python314.zip', os.O_RDWR), 10).flush()",
    ];
    for (const attempt of attempts) {
      const code = `import os, mmap\ntry:\n    ${attempt}\n    result = 'changed'\nexcept OSError as e:\n    result = e.strerror`;
      expect(await box.result(code), attempt).toBe("Read-only file system");
    }
  });
});
