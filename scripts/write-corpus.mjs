// Writes a store with runs of every kind, to be kept for ever: `node scripts/write-corpus.mjs NAME` makes
// test/corpus/NAME, once per stored format that is released. Later versions must open it, show it and go on with it.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { documents } from "./corpus-documents.mjs";

const name = process.argv[2];
if (!name) throw new Error("usage: node scripts/write-corpus.mjs NAME");
const kept = fileURLToPath(new URL(`../test/corpus/${name}`, import.meta.url));
if (existsSync(kept)) throw new Error(`${kept} exists: a corpus is never written again`);
/** Its path stands in the store for ever, so it is nobody's. */
const target = join(tmpdir(), "gleitzeit-corpus");
if (existsSync(target)) throw new Error(`${target} is in the way`);
const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const work = join(target, "work");
mkdirSync(join(work, "notes"), { recursive: true });

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
await cut("interrupted");
gleitzeit("run", "loop.json", "--id", "loop");
gleitzeit("run", "parent.json", "--id", "parent");
gleitzeit("run", "pausing.json", "--id", "paused");
gleitzeit("workflows", "register", "chain.json", "--reason", "for the corpus");
gleitzeit("run", "chain", "--id", "by name");
await cut("family", { document: "parent.json", at: "child: ", args: ["--input", "seconds=3"], after: 1500 });
await cut("retrying", { document: "again.json", at: "stubborn: attempt 2 in" });
await cut("asked", { document: "asked.json", at: "waits for signal", args: ["--input", "who=ada"] });
await cut("cancelled", { document: "asked.json", at: "waits for signal" });
gleitzeit("cancel", "cancelled", "--reason", "nobody pays");
const answered = spawn(process.execPath, [main, "run", "asked.json", "--id", "answered"], options);
for (const words of [
  ["signal", "answered", "payment", "--data", '{"amount": 12}'],
  ["approve", "answered", "release", "--reason", "it is time"],
]) {
  while (gleitzeit(...words) !== 0) spawnSync("sleep", ["0.2"]);
}
await new Promise((resolve) => answered.once("close", resolve));
await cut("killed", { signal: "SIGKILL" }); // the last, so that nobody tidies up after it

for (const beside of ["home", "work", "owners"])
  rmSync(join(target, beside), { recursive: true, force: true });
for (const file of [
  "gleitzeit.db-shm",
  "gleitzeit.db.views",
  "gleitzeit.db.views-shm",
  "gleitzeit.db.views-wal",
])
  rmSync(join(target, file), { force: true });
cpSync(target, kept, { recursive: true });
rmSync(target, { recursive: true });

/** A run whose process is stopped soon after it has written these words. */
async function cut(
  id,
  { document = "sleeper.json", at = "slow: running", signal = "SIGINT", args = [], after = 0 } = {},
) {
  const child = spawn(process.execPath, [main, "run", document, "--id", id, ...args], {
    ...options,
    stdio: ["ignore", "ignore", "pipe"],
  });
  child.stderr.setEncoding("utf8");
  for await (const text of child.stderr) if (text.includes(at)) setTimeout(() => child.kill(signal), after);
}
