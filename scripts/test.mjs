// Builds (not with `--no-build`), runs vitest with the other arguments, says what was skipped and why, and
// ends with the count alone.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const tally = fileURLToPath(new URL(`../.tmp/tally-${process.pid}.json`, import.meta.url));
const script = (path) => fileURLToPath(new URL(path, import.meta.url));
const node = (...args) =>
  spawnSync(process.execPath, args, { stdio: "inherit", env: { ...process.env, TEST_TALLY: tally } })
    .status ?? 1;

const vitest = fileURLToPath(new URL("vitest.mjs", import.meta.resolve("vitest/package.json")));
const reporters = ["--reporter=default", `--reporter=${script("tally.mjs")}`];

const options = process.argv.slice(2);
const wanted = options.filter((option) => option !== "--no-build");
let status = wanted.length < options.length ? 0 : node(script("build.mjs"));
if (status === 0) status = node(vitest, "run", ...reporters, ...wanted);

const { passed, failed, unfinished, skipped } = readTally();
for (const { test, reason } of skipped) console.log(`skipped: ${test}: ${reason}`);
const lost = failed + unfinished;
const failures = lost === 0 && status !== 0 ? 1 : lost;
console.log(`${passed} passed, ${failures} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ""}`);
process.exitCode = failures > 0 || passed === 0 ? 1 : 0;

/** Nothing written means that the build or the runner itself went down. */
function readTally() {
  try {
    return JSON.parse(readFileSync(tally, "utf8"));
  } catch (error) {
    console.error(`no test report: ${error.message}`);
    return { passed: 0, failed: 1, unfinished: 0, skipped: [] };
  } finally {
    rmSync(tally, { force: true });
  }
}
