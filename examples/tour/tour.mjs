// What a run leaves behind, in twenty seconds: it is recorded, somebody changes one byte of the store, that is found and
// named, and the same question is asked again in the open. Every line below a ❯ is what the command itself prints.
//
//   node examples/tour/tour.mjs
//
// It all happens in a folder that is made for it and removed at the end; no other store is touched.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const program = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const home = await mkdtemp(join(tmpdir(), "gleitzeit-tour-"));
const store = join(home, "gleitzeit.db");

const { PATH, LANG, TERM, NO_COLOR, HOME } = process.env;
const env = { PATH, LANG, TERM, NO_COLOR, HOME, GLEITZEIT_HOME: home };

const isWatched = process.stdout.isTTY === true;
const isColoured = isWatched && !NO_COLOR;
const tinted = (code) => (text) => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text);
const [bold, dim, red, cyan] = [tinted(1), tinted(2), tinted(31), tinted(36)];

/** For whoever reads along. */
const breath = (ms) => (isWatched ? pause(ms) : undefined);

async function said(text) {
  await breath(900);
  console.log(`\n${bold(text)}`);
  await breath(900);
}

async function typed(text) {
  process.stdout.write(cyan("❯ "));
  for (const character of text) {
    process.stdout.write(character);
    await breath(12);
  }
  process.stdout.write("\n");
}

/** What it prints on both of its channels is seen here. The tour ends where a command ends in another way than it should. */
async function gleitzeit(args, exit = 0) {
  await typed(`gleitzeit ${args.map((one) => (/[^\w./:=@-]/.test(one) ? `'${one}'` : one)).join(" ")}`);
  const child = spawn(process.execPath, [program, ...args], { cwd: here, env, stdio: ["ignore", 1, 1] });
  const [code] = await once(child, "close");
  if (code !== 0) console.log(red(`[exit ${code}]`));
  if (code !== exit) throw new Error(`exit ${exit} was expected`);
}

const asked = (...args) =>
  JSON.parse(
    execFileSync(process.execPath, [program, ...args, "--json"], { cwd: here, env, encoding: "utf8" }),
  );

/** In the file itself, behind the back of everything that could notice. The texts differ in one character. */
async function oneByteChanged(from, to) {
  const at = [...from].findIndex((character, i) => character !== to[i]);
  const found = (await readFile(store)).indexOf(from);
  if (found === -1) throw new Error(`${from} is not in the store`);
  const file = await open(store, "r+");
  await file.write(to.charAt(at), found + at);
  await file.close();
  const marked = `${to.slice(0, at)}${red(to.charAt(at))}${to.slice(at + 1)}`;
  console.log(`  ${dim(`${basename(store)}, byte ${found + at}:`)}  …${from}…  →  …${marked}…`);
}

const RECORDED = '"result":9200';
const CHANGED = '"result":1200';

try {
  console.log(bold("A bakery asks for a loan. Everything that is looked up and decided is recorded."));
  await gleitzeit(["run", "workflow.yaml", "--id", "monday"]);

  await said("At night somebody opens the file of the store and changes one byte of what was found.");
  await oneByteChanged(RECORDED, CHANGED);

  await said("The database believes it. The audit log does not: every event has a leaf in a signed tree.");
  await gleitzeit(["show", "monday", "--task", "debts"]);
  await gleitzeit(["audit", "verify"], 3);

  await said("The byte is put back.");
  await oneByteChanged(CHANGED, RECORDED);
  await gleitzeit(["audit", "verify"]);

  await said("What if the debts had been 1200? A fork asks in the open; nothing is looked up a second time.");
  await gleitzeit(["fork", "monday", "--from", "points", "--set", "tasks.debts.result.result=1200"]);

  await said("Where the two part, and what followed from it.");
  const [fork] = asked("list", "--limit", "1").items;
  await gleitzeit(["diff", "monday", fork.runId]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(home, { recursive: true, force: true });
}
