// Writes a store with runs of every kind, to be kept for ever: `node scripts/write-corpus.mjs NAME` makes
// test/corpus/NAME, once per stored format that is released. Later versions must open it, show it and go on with it.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const name = process.argv[2];
if (!name) throw new Error("usage: node scripts/write-corpus.mjs NAME");
const target = fileURLToPath(new URL(`../test/corpus/${name}`, import.meta.url));
if (existsSync(target)) throw new Error(`${target} exists: a corpus is never written again`);
const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const work = join(target, "work");
mkdirSync(join(work, "notes"), { recursive: true });

const documents = {
  "chain.json": {
    name: "Chain",
    version: 2,
    tags: ["corpus"],
    inputs: { n: { type: "integer", default: 3 } },
    tasks: [
      { id: "a", method: "mcp/tool.add", params: { a: "${inputs.n}", b: 4 } },
      { id: "b", name: "Times two", method: "mcp/tool.multiply", params: { a: "${a.result}", b: 2 } },
      {
        id: "c",
        method: "python/execute",
        params: { code: "print('hi')\nresult = context['b'] + 1", context: { b: "${b.result}" } },
      },
    ],
    outputs: { c: "${c}", $blob: "a user's key" },
  },
  "broken.json": {
    name: "Broken",
    tasks: [
      { id: "fine", method: "echo/echo", params: { message: "fine" } },
      { id: "raises", method: "python/execute", params: { code: "raise ValueError('no')" } },
      {
        id: "retried",
        method: "python/execute",
        retry: { max_attempts: 2, base_delay: 0.01, on: ["TASK_EXECUTION_FAILED"] },
        params: { code: "1 / 0" },
      },
      { id: "after", method: "echo/echo", dependencies: ["raises"] },
      {
        id: "tolerated",
        method: "echo/echo",
        on_failure: "continue",
        params: { message: "${fine.nothing}" },
      },
    ],
  },
  "large.json": {
    name: "Large",
    tasks: [
      {
        id: "big",
        method: "python/execute",
        params: { code: "result = {'text': 'x' * 100000, 'list': list(range(5000))}" },
      },
    ],
  },
  "batch.json": {
    name: "Batch",
    type: "batch",
    batch: { directory: "notes", pattern: "*.txt" },
    template: {
      method: "python/execute",
      params: { code: "result = len(open(context['file_path']).read())", context: {} },
    },
  },
  "sleeper.json": {
    name: "Sleeper",
    tasks: [
      { id: "before", method: "echo/echo", params: { message: "once" } },
      {
        id: "slow",
        method: "python/execute",
        dependencies: ["before"],
        params: { code: "import time; time.sleep(2); result = 'awake'" },
      },
      { id: "last", method: "echo/echo", params: { message: "${slow}" } },
    ],
  },
};
for (const [file, document] of Object.entries(documents))
  writeFileSync(join(work, file), JSON.stringify(document, null, 1));
for (const [file, content] of [
  ["a.txt", "one"],
  ["b.txt", "three"],
])
  writeFileSync(join(work, "notes", file), content);

const env = {
  PATH: process.env.PATH,
  GLEITZEIT_HOME: join(target, "home"),
  GLEITZEIT_STORE: `sqlite:${join(target, "gleitzeit.db")}`,
};
const options = { cwd: work, env, stdio: ["ignore", "ignore", "inherit"] };
const gleitzeit = (...args) => spawnSync(process.execPath, [main, ...args, "--quiet"], options).status;

gleitzeit("run", "chain.json", "--id", "chain", "--input", "n=5", "--reason", "for the corpus");
gleitzeit("run", "broken.json", "--id", "broken");
gleitzeit("retry", "broken", "--reason", "again");
gleitzeit("run", "large.json", "--id", "large");
gleitzeit("run", "batch.json", "--id", "batch");
await cut("interrupted", "SIGINT");
await cut("killed", "SIGKILL");
rmSync(join(target, "home"), { recursive: true, force: true });
rmSync(work, { recursive: true });
rmSync(join(target, "owners"), { recursive: true, force: true });

/** A run that was cut off while its slow task ran. */
async function cut(id, signal) {
  const child = spawn(process.execPath, [main, "run", "sleeper.json", "--id", id], {
    ...options,
    stdio: ["ignore", "ignore", "pipe"],
  });
  child.stderr.setEncoding("utf8");
  for await (const text of child.stderr) if (text.includes("slow: running")) child.kill(signal);
}
