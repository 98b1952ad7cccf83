// A secret that is typed on a terminal: nothing of it is shown, whoever types how fast. The terminal is the one that the
// program `script` makes.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
/** Runs what `$0` says on a terminal of its own. */
const ON_A_TERMINAL = 'exec script -qec "$0" /dev/null';
const hasTerminals = spawnSync("/bin/sh", ["-c", ON_A_TERMINAL, "true"]).status === 0;

type Said = readonly (readonly [question: string, answer: string])[];

let home = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "gz-prompt-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** Types each text when what stands before it has been asked; gives all that the terminal showed. */
async function typed(said: Said) {
  const command = `"${process.execPath}" "${MAIN}" secrets set KEY`;
  const child = spawn("/bin/sh", ["-c", ON_A_TERMINAL, command], {
    env: { PATH: process.env.PATH, GLEITZEIT_HOME: home, NO_COLOR: "1", TERM: "xterm" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  let shown = "";
  const left = [...said];
  child.stdout.on("data", (bytes) => {
    shown += String(bytes);
    const [next] = left;
    if (!next || !shown.includes(next[0])) return;
    left.shift();
    child.stdin.write(next[1]);
  });
  const [exit] = await once(child, "close");
  return { exit, shown };
}

const FIRST = "(not shown): ";
const AGAIN = "once more: ";

test.each<[string, Said, number, RegExp]>([
  [
    "typed twice, with a slip",
    [
      [FIRST, "canary-vaX\x7flue\r"],
      [AGAIN, "canary-value\r"],
    ],
    0,
    /KEY: set, in/,
  ],
  ["pasted with both lines at once", [[FIRST, "canary-value\rcanary-value\r"]], 0, /KEY: set, in/],
  [
    "two different ones",
    [
      [FIRST, "canary-value\r"],
      [AGAIN, "canary-other\r"],
    ],
    2,
    /two different values/,
  ],
  ["given up", [[FIRST, "canary\x03"]], 130, /INTERRUPTED/],
])("%s", async (_, said, exit, what) => {
  expect(hasTerminals, "the program `script` of util-linux is here").toBe(true);
  const answer = await typed(said);
  expect(answer).toMatchObject({ exit, shown: expect.stringMatching(what) });
  expect(answer.shown).not.toContain("canary");
  expect(await readdir(home)).toEqual(exit === 0 ? ["keys", "secrets"] : []);
});
