// A script that takes whatever there is: it fails, and the next task has everything again.
import { afterAll, describe, expect, test } from "vitest";
import { tried } from "./attempt.ts";
import { sandbox } from "./sandbox.ts";

const box = sandbox({ limits: { memoryMiB: 128, fileBytes: 4 << 20 } });
afterAll(box.close);

describe("files", () => {
  test.each([
    ["one large file", "f = open('/tmp/f', 'wb')\nwhile True: f.write(b'x' * 100_000)"],
    ["a file made large at once", "open('/tmp/f', 'wb').truncate(1 << 40)"],
    [
      "holes",
      "import os\nfd = os.open('/tmp/f', os.O_CREAT | os.O_WRONLY)\nos.lseek(fd, 1 << 31, 0)\nos.write(fd, b'x')",
    ],
    ["files without number", "import itertools\nfor i in itertools.count(): open(f'/tmp/{i}', 'w').close()"],
    [
      "deep folders, then files",
      "import os, itertools\nfor i in range(500):\n    os.mkdir('d')\n    os.chdir('d')\nos.chdir('/tmp')\nfor i in itertools.count(): open(f'{i}', 'w').close()",
    ],
    ["long links", "import os, itertools\nfor i in itertools.count(): os.symlink('x' * 4000, f'/tmp/{i}')"],
  ])("are full at the limit, and gone for the next task: %s", async (_what, code) => {
    const [kind, text] = await tried(box, code);
    expect(kind, text).toMatch(/^(OSError|OverflowError)$/);
    expect(
      await box.result("import os\nopen('/tmp/a', 'w').write('x' * 1_000_000)\nresult = os.listdir('/tmp')"),
    ).toEqual(["a"]);
  });
});

describe("memory", () => {
  test.each([
    ["in large pieces", "x = []\nwhile True: x.append(bytearray(5_000_000))"],
    ["at once", "x = bytearray(1 << 31)"],
    ["in small pieces", "x = []\nwhile True: x.append(object())"],
    ["as one growing text", "x = 'x'\nwhile True: x += x"],
    ["as one huge number", "x = 1 << (1 << 33)"],
  ])("is used up %s: a failed task, and the next one works", async (_how, code) => {
    const error = await box.failure(code);
    expect(["TASK_EXECUTION_FAILED", "RESOURCE_EXHAUSTED"]).toContain(error.code);
    expect(error.message).toMatch(/MemoryError|memory|OverflowError/);
    expect(await box.result("result = len(bytearray(5_000_000))")).toBe(5_000_000);
  });
});
