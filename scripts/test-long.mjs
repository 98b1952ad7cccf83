// What takes hours, as one command: how much of src every test together runs, how many mutants of the domain its
// tests notice, soak and chaos. Ends with the count of all tests; too low a score is one failure.
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { sumOf } from "./sum-of-counts.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const tests = fileURLToPath(new URL("test.mjs", import.meta.url));
const stryker = fileURLToPath(
  new URL("bin/stryker.js", import.meta.resolve("@stryker-mutator/core/package.json")),
);

const covered = await count(["--coverage"]);
const mutants = spawnSync(process.execPath, [stryker, "run"], { cwd: root, stdio: "inherit" });
const long = await count(["--no-build", "--config", "vitest.long.config.ts", ...process.argv.slice(2)]);

const { line, failed } = sumOf([covered, `0 passed, ${mutants.status === 0 ? 0 : 1} failed`, long]);
console.log(line);
process.exitCode = failed === 0 ? 0 : 1;

/** Shows a test run while it goes on; gives its last line. */
async function count(args) {
  const run = spawn(process.execPath, [tests, ...args], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  let end = "";
  for await (const text of run.stdout.setEncoding("utf8")) {
    process.stdout.write(text);
    end = `${end}${text}`.slice(-1000);
  }
  return end.trimEnd().split("\n").at(-1) ?? "";
}
