// For every rule of the architecture, files that break it and files that do not.
import { importSamples, type Sample, type Samples } from "./import-samples.ts";

const lines = (n: number): string => "export const x = 1;\n".repeat(n);

export const samples: Readonly<Record<string, Samples>> = {
  "imports go inwards and adapters do not know each other": importSamples,
  "domain, projections and engine have no clock and no randomness": {
    breaks: [
      ["src/domain/x.ts", "const t = Date.now();"],
      ["src/domain/x.ts", "const t = new Date();"],
      ["src/domain/x.ts", "const t = Date();"],
      ["src/projections/x.ts", "const r = Math.random();"],
      ["src/engine/x.ts", "const t = performance.now();"],
      ["src/engine/x.ts", "const id = crypto.randomUUID();"],
      ["src/engine/x.ts", "const id = globalThis.crypto.randomUUID();"],
      ["src/engine/x.ts", "setTimeout(go, 5);"],
    ],
    holds: [
      ["src/domain/x.ts", "const t = new Date(millis).toISOString(); const u = Date.parse(text);"],
      [
        "src/engine/x.ts",
        "const t = host.clock.now(); const e = { crypto: 1 }; type P = { performance: 1 };",
      ],
      ["src/adapters/cli/x.ts", "const t = Date.now();"],
    ],
  },
  "nothing prints past the log": {
    breaks: [
      ["src/main.ts", 'console.log("x");'],
      ["src/adapters/cli/x.ts", "const out = console.error;"],
      ["src/adapters/cli/x.ts", "globalThis.console.log(1);"],
    ],
    holds: [["src/adapters/cli/x.ts", 'terminal.console("x"); const text = "console.log(1)";']],
  },
  "the process is touched in one place": {
    breaks: [
      ["src/adapters/cli/x.ts", "const home = process.env.HOME;"],
      ["src/adapters/cli/x.ts", 'import { env } from "node:process";'],
      ["src/compose.ts", "process.on('exit', () => stop());"],
      ["src/engine/x.ts", "const p = globalThis.process;"],
    ],
    holds: [
      ["src/main.ts", "process.exitCode = 1;"],
      ["src/adapters/processes/x.ts", "process.kill(-pid);"],
      ["src/adapters/providers/python/child/child.mjs", "process.stdin.resume();"],
      ["src/adapters/cli/x.ts", "const id = worker.process; const y = { process: 1 };"],
    ],
  },
  "processes are spawned in one place": {
    breaks: [
      ["src/adapters/cli/x.ts", 'import { spawn } from "node:child_process";'],
      ["src/main.ts", 'const { fork } = await import("node:child_process");'],
      ["src/adapters/providers/python/child/x.mjs", 'import cluster from "node:cluster";'],
    ],
    holds: [["src/adapters/processes/x.ts", 'import { spawn } from "node:child_process";']],
  },
  "nothing is evaluated in the host process": {
    breaks: [
      ["src/adapters/cli/x.ts", "const x = eval(text);"],
      ["src/engine/x.ts", 'const f = new Function("return 1");'],
      ["src/engine/x.ts", 'const f = Function("return 1");'],
      ["src/adapters/providers/python/x.ts", 'import { runInNewContext } from "node:vm";'],
    ],
    holds: [
      ["src/adapters/cli/x.ts", "const f: Function = g; retrieval(1); page.eval(2);"],
      ["src/adapters/providers/python/child/x.mjs", 'import vm from "node:vm";'],
    ],
  },
  "nothing blocks after start-up but the store": {
    breaks: [
      ["src/adapters/cli/x.ts", "readFileSync(path);"],
      ["src/adapters/files/x.ts", "fs.statSync(path);"],
      ["src/engine/x.ts", "Atomics.wait(view, 0, 0);"],
      ["src/compose/audit/growth.ts", "writeSync(fd, bytes);"],
    ],
    holds: [
      ["src/adapters/event-store/x.ts", "fsyncSync(fd);"],
      ["src/compose/audit/thread.ts", "writeSync(fd, bytes);"],
      ["src/main.ts", "readFileSync(path);"],
      ["src/adapters/cli/x.ts", "await readFile(path); sync(); const f = { readFileSync: 1 };"],
    ],
  },
  "SQL is never built from strings": {
    breaks: [
      ["src/adapters/event-store/x.ts", "const q = `SELECT * FROM ${table}`;"],
      ["src/adapters/event-store/x.ts", 'const q = "INSERT INTO " + table + " VALUES (1)";'],
      ["src/adapters/event-store/x.ts", "db.exec(`pragma user_version = ${n}`);"],
      ["src/adapters/event-store/x.ts", 'db.prepare(head + " WHERE id = ?");'],
    ],
    holds: [
      ["src/adapters/event-store/x.ts", 'db.prepare("SELECT 1 WHERE id = ?"); const m = `Update ${name}`;'],
      ["src/adapters/event-store/x.ts", "db.exec(`SELECT\n 1`); const n = 1 + 2;"],
    ],
  },
  "no error is swallowed": {
    breaks: [
      ["src/x.ts", "try { go(); } catch {}"],
      ["src/x.ts", "try { go(); } catch (error) { /* whatever */ }"],
      ["src/x.ts", "go().catch(() => {});"],
      ["src/x.ts", "go().catch(() => undefined);"],
      ["src/x.ts", "await kept.catch(() => undefined);"],
    ],
    holds: [
      ["src/x.ts", "try { go(); } catch (e) { report(e); } go().catch(report); go().catch(() => fallback);"],
      ["src/x.ts", "kept.catch(() => undefined); return kept;"],
    ],
  },
  "no file is over 200 lines": {
    breaks: [["src/x.ts", lines(201)]],
    holds: [["src/x.ts", lines(200)]],
  },
  "nothing is left to do in a comment": {
    breaks: ["TODO", "FIXME", "XXX"].map((word): Sample => ["src/x.ts", `// ${word}: later`]),
    holds: [["src/x.ts", "const todos = 1; // MASTODON"]],
  },
  "no rule is waived by a comment": {
    breaks: ["@ts-ignore", "@ts-expect-error", "biome-ignore lint: x", "eslint-disable"].map(
      (waiver): Sample => ["src/x.ts", `// ${waiver}`],
    ),
    holds: [["src/x.ts", "const ignored = 1; // the lint is right"]],
  },
  "exports have names": {
    breaks: [
      ["src/x.ts", "export default 1;"],
      ["src/x.ts", "export default function go() {}"],
      ["src/x.ts", "export default class Go {}"],
    ],
    holds: [["src/x.ts", "export const a = 1; export function b() {} switch (a) { default: b(); }"]],
  },
  "no any, no double cast, no non-null, no enum, no namespace": {
    breaks: [
      ["src/x.ts", "const x: any = 1;"],
      ["src/x.ts", "const x = y as any;"],
      ["src/x.ts", "const x = y as unknown as X;"],
      ["src/x.ts", "const x = y!.z;"],
      ["src/x.ts", "enum X { A }"],
      ["src/x.ts", "namespace X { export const a = 1; }"],
    ],
    holds: [["src/x.ts", 'const any = !x; const y = z as Y; const s = "any"; const t = [1] as const;']],
  },
  "a folder says what it is for": {
    breaks: [["src/adapters/x/index.ts", 'export { x } from "./x.ts";']],
    holds: [
      ["src/adapters/x/index.ts", '// What x is for.\n\nexport { x } from "./x.ts";'],
      ["src/adapters/x/x.ts", "export const x = 1;"],
    ],
  },
  "names say what things are": {
    breaks: [
      ["src/engine/run-manager.ts", ""],
      ["src/utils/x.ts", ""],
      ["src/engine/runState.ts", ""],
      ["src/x.ts", "export class RunManager {}"],
      ["src/x.ts", "const retryHelper = 1;"],
      ["src/x.ts", "interface BaseStore {}"],
    ],
    holds: [["src/engine/mailbox.ts", "export const basement = 1; type Based = 1; const serviced = 2;"]],
  },
  "nothing waits for time to pass": {
    breaks: [
      ["test/x.test.ts", "await new Promise((resolve) => setTimeout(resolve, 50));"],
      ["test/x.test.ts", "await new Promise((done) => { setTimeout(done, 50); });"],
      ["test/x.test.ts", 'import { setTimeout as sleep } from "node:timers/promises";'],
    ],
    holds: [
      [
        "test/x.test.ts",
        "const timer = setTimeout(fail, 50); new Promise((resolve) => queue.push(resolve));",
      ],
    ],
  },
  "no test is skipped in silence": {
    breaks: ["test.skip", "describe.only", "it.todo", "test.skipIf(x)"].map(
      (call): Sample => ["test/x.test.ts", `${call}("x", () => {});`],
    ),
    holds: [["test/x.test.ts", 'test("x", (context) => context.skip("no server")); runs.skip(1);']],
  },
};
