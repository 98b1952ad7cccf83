// What a script tries that it should not, each refused or contained. The host's own state is the witness.
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { attempt, tried } from "./attempt.ts";
import { sandbox } from "./sandbox.ts";

const box = sandbox();
let folder = "";
let server: Server;
let port = 0;
let connections = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "host-"));
  await writeFile(join(folder, "secret.txt"), "the host's own");
  server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  port = typeof address === "object" && address ? address.port : 0;
});
afterAll(async () => {
  await box.close();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

describe("reading", () => {
  test.each([
    "/etc/passwd",
    "/etc/hostname",
    "/proc/self/environ",
    "/proc/1/cmdline",
    "/root",
    homedir(),
    process.cwd(),
    process.execPath,
  ])("%s is not there", async (path) => {
    for (const read of [
      `open(${JSON.stringify(path)}).read()`,
      `__import__("os").listdir(${JSON.stringify(path)})`,
    ]) {
      const [kind, text] = await tried(box, `return ${read}`);
      expect(["FileNotFoundError", "NotADirectoryError"], `${read}: ${text}`).toContain(kind);
    }
  });

  test("the host's files stay out of reach by links, by parents and by what is mounted", async () => {
    const secret = JSON.stringify(join(folder, "secret.txt"));
    for (const code of [
      `return open(${secret}).read()`,
      `import os\nos.symlink(${secret}, 'link')\nreturn open('link').read()`,
      `return open('../../../../../../..' + ${secret}).read()`,
      `return open('/proc/self/root' + ${secret}).read()`,
      `return open('/proc/self/cwd' + ${secret}).read()`,
      `import os\nreturn os.open(${secret}, os.O_RDONLY)`,
    ]) {
      const [kind, text] = await tried(box, code);
      expect(kind, `${code}: ${text}`).toMatch(/Error$/);
      expect(text).not.toContain("the host's own");
    }
  });

  test("the environment holds nothing of the host's", async () => {
    expect(await box.result("import os\nresult = dict(os.environ)")).toEqual({
      HOME: "/home/pyodide",
      LANG: "C.UTF-8",
      PATH: "/",
      TMPDIR: "/tmp",
    });
    const all = JSON.stringify(
      await box.result(
        "import sys, os, platform\nresult = [sys.argv, sys.path, os.getcwd(), platform.node(), sys.executable, str(vars(sys))]",
      ),
    );
    expect(all).not.toContain(process.cwd());
    expect(all).not.toContain("node_modules");
  });
});

describe("writing", () => {
  test("reaches the script's own memory, and no disk", async () => {
    const target = JSON.stringify(join(folder, "written.txt"));
    await tried(
      box,
      `import os\nos.makedirs(os.path.dirname(${target}))\nopen(${target}, 'w').write('x')\nreturn os.path.exists(${target})`,
    );
    await tried(box, `open('/tmp/written-by-python', 'w').write('x')`);
    expect(await readdir(folder)).toEqual(["secret.txt"]);
    expect(await readdir(tmpdir())).not.toContain("written-by-python");
  });
});

describe("starting programs", () => {
  test.each([
    "import os\nreturn os.system('touch FOLDER/made')",
    "import os\nreturn os.popen('touch FOLDER/made').read()",
    "import subprocess\nreturn subprocess.run(['touch', 'FOLDER/made'])",
    "import os\nreturn os.fork()",
    "import os\nreturn os.execv('/usr/bin/touch', ['touch', 'FOLDER/made'])",
    "import os\nreturn os.posix_spawn('/usr/bin/touch', ['touch', 'FOLDER/made'], {})",
    "import multiprocessing\nreturn multiprocessing.Process(target=print).start()",
    "import threading\nreturn threading.Thread(target=print).start()",
    "import ctypes\nreturn ctypes.CDLL(None).system(b'touch FOLDER/made')",
    "import os\nreturn os.kill(os.getppid(), 9)",
    "import signal, os\nreturn os.killpg(0, 9)",
  ])("is refused: %s", async (code) => {
    const before = process.pid;
    await box.execute({ code: attempt(code.replaceAll("FOLDER", folder)) });
    expect(await readdir(folder)).toEqual(["secret.txt"]);
    expect(process.pid).toBe(before);
    expect(await box.result("result = 'alive'")).toBe("alive");
  });
});

describe("JavaScript", () => {
  test.each([
    ["import js\nreturn js", "ModuleNotFoundError"],
    ["import pyodide_js\nreturn pyodide_js", "ModuleNotFoundError"],
    ["from pyodide_js._module import FS\nreturn FS", "ModuleNotFoundError"],
    ["from pyodide.code import run_js\nreturn run_js('1')", "ModuleNotFoundError"],
    ["import importlib\nreturn importlib.import_module('js')", "ModuleNotFoundError"],
    [
      "import sys\n[f for f in sys.meta_path if hasattr(f, 'jsproxies')][0].jsproxies['js']\nreturn 1",
      "KeyError",
    ],
    [
      "from pyodide.ffi import to_js\nreturn to_js([]).constructor.constructor('return process')()",
      "JsException",
    ],
    ["from pyodide.ffi import to_js\nreturn to_js([]).map.constructor('return globalThis')()", "JsException"],
    [
      "import time\nreturn time.sleep.__globals__['_pause'][0].constructor('return process')()",
      "JsException",
    ],
    ["from pyodide.http import pyfetch\nreturn pyfetch('http://127.0.0.1').send(None)", "NameError"],
    ["from pyodide.code import eval_code\nreturn eval_code('import js')", "ModuleNotFoundError"],
  ])("is not there: %s", async (code, kind) => {
    expect(await tried(box, code)).toEqual([kind, expect.any(String)]);
  });

  test("run by the C library ends the interpreter, and does nothing else", async () => {
    const code =
      "import ctypes\nctypes.CDLL(None).emscripten_run_script(b'globalThis.escaped = 1')\nresult = 'ran'";
    expect(await box.failure(code)).toMatchObject({ code: "PROVIDER_ERROR" });
    expect(await box.result("result = 'new'")).toBe("new");
  });
});

describe("the network", () => {
  test.each([
    "import socket\nreturn socket.create_connection(('127.0.0.1', PORT), timeout=2)",
    "import urllib.request\nreturn urllib.request.urlopen('http://127.0.0.1:PORT/', timeout=2).read()",
    "import socket\ns = socket.socket()\ns.setblocking(False)\nreturn s.connect_ex(('127.0.0.1', PORT)) == 0 and 'connected'",
    "import http.client\nc = http.client.HTTPConnection('localhost', PORT)\nc.request('GET', '/')\nreturn c.getresponse()",
    "import asyncio\nreturn asyncio.run(asyncio.open_connection('127.0.0.1', PORT))",
  ])("is out of reach: %s", async (code) => {
    await box.execute({ code: attempt(code.replaceAll("PORT", String(port))), timeout: 20 });
    expect(connections).toBe(0);
  });
});
