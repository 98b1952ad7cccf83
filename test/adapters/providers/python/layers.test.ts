// The layers under Python: what a child may do when JavaScript itself was taken over.
import { mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { processGroups } from "../../../../src/adapters/processes/index.ts";
import { nodeFlags, systemWrapper } from "../../../../src/adapters/sandbox/lockdown.ts";
import { type Json, jsonProblem } from "../../../../src/domain/index.ts";
import { groupMembers } from "../../processes/group-members.ts";
import { sandbox } from "./sandbox.ts";

const processes = processGroups();
const DATA_BYTES = 2 ** 30;
let folder = "";
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "escaped-")));
});
afterAll(async () => {
  await processes.closeAll();
  await rm(folder, { recursive: true });
});

/** Runs it as the sandbox's child is run, and gives what it prints. `inside`: the only folder it may read. */
async function escaped(code: string, version = processes.node.version, node = processes.node.path) {
  const inside = join(folder, "child");
  await rm(inside, { recursive: true, force: true });
  await import("node:fs/promises").then(({ mkdir }) => mkdir(inside));
  await writeFile(join(inside, "main.mjs"), code);
  const { words } = await systemWrapper(processes, DATA_BYTES);
  const [command = "", ...args] = [
    ...words,
    node,
    ...nodeFlags(version, 256, [`${inside}/*`]),
    join(inside, "main.mjs"),
  ];
  const parts: Uint8Array[] = [];
  const group = await processes.spawn({
    command,
    args,
    env: {},
    cwd: "/",
    onStdout: (bytes) => parts.push(bytes),
  });
  const end = await group.ended;
  return { end, text: Buffer.concat(parts).toString() };
}

const tries = (attempts: Readonly<Record<string, string>>) => `
const { createRequire } = await import("node:module");
const require = createRequire(import.meta.url);
const told = {};
${Object.entries(attempts)
  .map(
    ([name, code]) =>
      `try { told[${JSON.stringify(name)}] = String(await (async () => { ${code} })()); } catch (e) { told[${JSON.stringify(name)}] = e.code ?? e.name; }`,
  )
  .join("\n")}
console.log(JSON.stringify(told));
process.exit(0);`;

describe("with JavaScript in its hands, a child", () => {
  test("reads nothing else, writes nowhere, starts nothing, and compiles no text", async () => {
    const told = await escaped(
      tries({
        passwd: 'return require("fs").readFileSync("/etc/passwd")',
        parent: `return require("fs").readdirSync(${JSON.stringify(folder)})`,
        link: 'return require("fs").symlinkSync("/etc/passwd", import.meta.dirname + "/l")',
        write: 'return require("fs").writeFileSync(import.meta.dirname + "/w", "x")',
        tmp: 'return require("fs").writeFileSync("/tmp/w-escaped", "x")',
        spawn: 'return require("child_process").spawnSync("true").status',
        worker: 'return new (require("worker_threads").Worker)("1", { eval: true }).threadId',
        addon: 'return process.dlopen({ exports: {} }, "/usr/lib/x.node")',
        inspector: 'return require("inspector").open(0)',
        binding: 'return typeof process.binding("fs")',
        home: 'return require("fs").readdirSync(require("os").homedir())',
        code: 'return new Function("return 1")()',
        vm: 'return require("vm").runInThisContext("1")',
        proto: "return ({}).__proto__ === Object.prototype",
        environment: "return JSON.stringify(process.env)",
        memory: "return new WebAssembly.Memory({ initial: 257 }).buffer.byteLength",
        enough: "return new WebAssembly.Memory({ initial: 256 }).buffer.byteLength",
      }),
    );
    expect(JSON.parse(told.text)).toEqual({
      passwd: "ERR_ACCESS_DENIED",
      parent: "ERR_ACCESS_DENIED",
      link: "ERR_ACCESS_DENIED",
      write: "ERR_ACCESS_DENIED",
      tmp: "ERR_ACCESS_DENIED",
      spawn: "ERR_ACCESS_DENIED",
      worker: "ERR_ACCESS_DENIED",
      addon: "ERR_DLOPEN_DISABLED",
      inspector: "ERR_ACCESS_DENIED",
      binding: "ERR_ACCESS_DENIED",
      home: "ERR_ACCESS_DENIED",
      code: "EvalError",
      vm: "1",
      proto: "false",
      environment: "{}",
      memory: "RangeError",
      enough: String(256 * 65_536),
    });
    expect(await readdir(tmpdir())).not.toContain("w-escaped");
  });

  test("reaches no network and no other process, where the system has namespaces", async (context) => {
    const { layers } = await systemWrapper(processes, DATA_BYTES);
    if (!layers.includes("network-namespace")) context.skip("this system gives no network namespaces");
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const abstract = `escaped-${process.pid}`;
    const socket = createServer(() => {
      connections += 1;
    });
    await new Promise<void>((resolve) => socket.listen(`\0${abstract}`, resolve));
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const connect = (options: string) =>
      `return await new Promise((r, j) => require("net").connect(${options}).on("connect", () => r("connected")).on("error", j))`;
    const told = await escaped(
      tries({
        loopback: connect(`{ port: ${port}, host: "127.0.0.1" }`),
        public: connect('{ port: 80, host: "192.0.2.1" }'),
        abstract: connect(`{ path: "\\0" + ${JSON.stringify(abstract)} }`),
        name: 'return (await require("dns").promises.resolve4("example.com")).length',
        kill: `return process.kill(${process.pid}, 0)`,
      }),
    );
    await new Promise((resolve) => server.close(resolve));
    await new Promise((resolve) => socket.close(resolve));
    expect(connections).toBe(0);
    expect(JSON.parse(told.text)).toEqual({
      loopback: "ENETUNREACH",
      public: "ENETUNREACH",
      abstract: "ECONNREFUSED",
      name: expect.stringMatching(/^E/),
      kill: "ESRCH",
    });
  });

  test("that takes memory outside of Python's is ended by the system", async (context) => {
    const { layers } = await systemWrapper(processes, DATA_BYTES);
    if (!layers.includes("data-limit")) context.skip("this system gives no limits");
    const { end, text } = await escaped(
      "const kept = []; for (let i = 0; i < 64; i++) kept.push(new Uint8Array(2 ** 26).fill(1)); console.log(kept.length);",
    );
    expect(text).toBe("");
    expect(end.code).not.toBe(0);
  });
});

describe("health", () => {
  test("names the layers that hold here", async () => {
    const box = sandbox();
    const health = await box.provider.health?.();
    expect(health).toMatchObject({ status: "healthy" });
    expect(health?.layers).toEqual(
      expect.arrayContaining([
        "permission-model",
        "no-code-generation",
        "memory-cap",
        "no-environment",
        "process-group",
      ]),
    );
    const { layers } = await systemWrapper(processes, DATA_BYTES);
    expect(health?.layers).toEqual(expect.arrayContaining([...layers]));
    const told: Json = [...(health?.layers ?? [])];
    expect(jsonProblem(told)).toBeUndefined();
    await box.close();
  });

  test("says why, when no interpreter can be started", async () => {
    const box = sandbox({ limits: { memoryMiB: 1 }, cacheFolder: join(folder, "cache") });
    const health = await box.provider.health?.();
    expect(health).toMatchObject({
      status: "unhealthy",
      detail: expect.stringMatching(/no Python interpreter/),
    });
    expect(await readFile(join(folder, "cache", "none"), "utf8").catch(() => "absent")).toBe("absent");
    expect(box.processes.living()).toEqual([]);
    await box.close();
  });
});

test("a wrapper that fails is not used", async () => {
  const broken: typeof processes = {
    ...processes,
    spawn: (program) => processes.spawn({ ...program, command: "/bin/false" }),
  };
  expect(await systemWrapper(broken, DATA_BYTES)).toEqual({ words: [], layers: [] });
  expect(processes.living()).toEqual([]);
  expect(await groupMembers(-1)).toEqual([]);
});
