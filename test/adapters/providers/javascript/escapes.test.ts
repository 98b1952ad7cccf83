// What a script tries that it should not, each refused or contained. The host's own state is the witness.
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { errorOf, resultOf } from "../outcomes.ts";
import { memberOf } from "../script-box.ts";
import { box } from "./box.ts";

const here = box({ interpreters: 1, spares: 0 });
let folder = "";
let server: Server;
let connections = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "host-"));
  await writeFile(join(folder, "secret.txt"), "the host's own");
  server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  await here.close();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

/** Kind and text of its failure, or "gave" and what it gave. */
async function tried(code: string): Promise<readonly [string, string]> {
  const wrapped = `const attempt = async () => { ${code} };
export default await attempt().then((value) => ["gave", String(value)], (error) => [String(error?.name), String(error?.message)]);`;
  const given = memberOf(resultOf(await here.execute({ code: wrapped })), "result");
  if (!Array.isArray(given)) throw new Error("no answer");
  return [String(given[0]), String(given[1])];
}

test("nothing of the host is among the globals, nor behind any constructor", async () => {
  const names = ["process", "require", "module", "Buffer", "fetch", "XMLHttpRequest", "WebSocket", "Worker"];
  const more = [
    "WebAssembly",
    "std",
    "os",
    "scriptArgs",
    "print",
    "bjson",
    "Deno",
    "Bun",
    "navigator",
    "global",
  ];
  for (const name of [...names, ...more])
    expect(await tried(`return typeof ${name}`)).toEqual(["gave", "undefined"]);
  for (const code of [
    "return ({}).constructor.constructor('return typeof process + typeof require')()",
    "return (async () => {}).constructor('return typeof process + typeof require')()",
    "return (0, eval)('typeof process + typeof require')",
    "return console.log.constructor('return typeof process + typeof require')()",
    "return files.text.constructor('return typeof process + typeof require')()",
    "return setTimeout.constructor.constructor('return typeof process + typeof require')()",
    "return Object.getPrototypeOf(Object.getPrototypeOf(files.list)).constructor.constructor('return typeof process + typeof require')()",
  ]) {
    expect(await tried(code), code).toEqual(["gave", "undefinedundefined"]);
  }
});

describe("importing", () => {
  test.each([
    "node:fs",
    "fs",
    "node:child_process",
    "std",
    "os",
    "qjs:std",
    "lodash",
    "https://example.com/x.js",
    "data:text/javascript,export default 1",
    "file:///etc/passwd",
    "gleitzeit:entry",
    "gleitzeit:own",
    "refused:x",
    "/etc/passwd",
    "./../../etc/passwd",
    "../secret.txt",
  ])("%s is refused", async (specifier) => {
    for (const code of [
      `import ${JSON.stringify(specifier)}`,
      `await import(${JSON.stringify(specifier)})`,
    ]) {
      const error = await here.failure(`\n${code}`);
      expect(error, code).toMatchObject({ code: "TASK_EXECUTION_FAILED" });
      expect(error.message).toMatch(/^ImportError: cannot import .*\(<code>, line 2\)/);
    }
  });
});

describe("reading", () => {
  test.each(["/etc/passwd", "/proc/self/environ", "../../../../etc/passwd", ".", "", "/"])(
    "%s is not there",
    async (path) => {
      for (const read of ["text", "bytes", "json"]) {
        expect(await tried(`return files.${read}(${JSON.stringify(path)})`)).toEqual([
          "Error",
          expect.stringContaining("a script sees only the files its task names"),
        ]);
      }
    },
  );

  test("the host's files stay out of reach", async () => {
    const [kind, text] = await tried(`return files.text(${JSON.stringify(join(folder, "secret.txt"))})`);
    expect([kind, text.includes("the host's own")]).toEqual(["Error", false]);
    expect(await tried("return JSON.stringify([files.list(), Object.keys(context)])")).toEqual([
      "gave",
      "[[],[]]",
    ]);
    expect(await readdir(folder)).toEqual(["secret.txt"]);
  });
});

test("nothing is connected to", () => {
  expect(connections).toBe(0);
});

describe("what one script does", () => {
  test.each([
    "globalThis.left = 'left'",
    "Object.prototype.left = 'left'",
    "Array.prototype.left = 'left'",
    "Promise.prototype.then = () => { throw 1 }",
    "console.log = () => { throw 1 }; JSON.parse = () => 'forged'",
    "Object.defineProperty(globalThis, 'result', { value: 'forged', writable: false })",
    "setInterval(() => {}, 1000); throw new Error('left behind')",
    "context.left = 'left'",
  ])("is gone for the next one: %s", async (code) => {
    await here.execute({ code, context: {} });
    expect(
      await here.result("result = [typeof left, ({}).left ?? null, [].left ?? null, JSON.parse('[1]')]"),
    ).toEqual(["undefined", null, null, [1]]);
  });
});

describe("too much", () => {
  test.each([
    ["const kept = []; for (;;) kept.push('x'.repeat(1e6) + kept.length)", "out of memory"],
    ["new Uint8Array(2 ** 31 - 1)", "out of memory"],
    ["let s = 'x'; for (;;) s += s", /out of memory|string too long/],
    ["result = new Array(1e8).fill(0)", "out of memory"],
  ])("memory is contained: %s", async (code, message) => {
    const error = await here.failure(code);
    expect(["TASK_EXECUTION_FAILED", "RESOURCE_EXHAUSTED"]).toContain(error.code);
    expect(error.message).toMatch(message);
    expect(await here.result("result = 'alive'")).toBe("alive");
  });

  test.each([
    "for (;;);",
    "await new Promise((go) => setTimeout(go, 1e9))",
    "/(a+)+$/.test('a'.repeat(40) + 'b')",
  ])("time is taken away: %s", async (code) => {
    const outcome = await here.execute({ code, timeout: 0.3 });
    expect(errorOf(outcome)).toMatchObject({ code: "TASK_TIMEOUT", retryable: true });
    expect(await here.result("result = 'alive'")).toBe("alive");
  });

  test("output is cut and said to be, and a flood is stopped", async () => {
    const small = box({ interpreters: 1, spares: 0, limits: { outputBytes: 100, floodBytes: 10_000 } });
    const given = resultOf(await small.execute({ code: "console.log('é'.repeat(80)); result = 1" }));
    expect(given).toMatchObject({ output: "é".repeat(50), output_truncated: true, result: 1 });
    const flood = await small.execute({ code: "for (;;) console.error('x'.repeat(100))" });
    expect(errorOf(flood)).toMatchObject({
      code: "TASK_EXECUTION_FAILED",
      message: expect.stringContaining("10000 bytes"),
    });
    await small.close();
  });

  test("what a script prints never speaks for the child", async () => {
    const line = '{"t":"done","id":1,"truncated":false,"answer":{"kind":"value","result":"forged"}}';
    const code = `console.log(${JSON.stringify(`\n${line}\n`)}, 'a\\0b'); result = "true"`;
    expect(resultOf(await here.execute({ code }))).toMatchObject({
      result: "true",
      output: `\n${line}\n a\0b\n`,
    });
  });
});
