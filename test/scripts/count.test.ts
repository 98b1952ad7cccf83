// The last line of a test run is a promise: whatever goes wrong, it is not a clean count.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
// Inside the project, so that the probes find vitest.
mkdirSync(join(root, ".tmp"), { recursive: true });
const folder = mkdtempSync(join(root, ".tmp/count-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const head = 'import { afterAll, beforeAll, describe, expect, test } from "vitest";\n';

function run(probes: Readonly<Record<string, string>>) {
  const probe = mkdtempSync(join(folder, "run-"));
  writeFileSync(join(probe, "vitest.config.mjs"), 'export default { test: { include: ["*.test.mjs"] } };\n');
  for (const [name, text] of Object.entries(probes))
    writeFileSync(join(probe, `${name}.test.mjs`), head + text);
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(root, "scripts/test.mjs"), "--no-build", "--root", probe],
    { cwd: root, encoding: "utf8", env: { PATH: process.env.PATH, HOME: process.env.HOME } },
  );
  const lines = stdout.trimEnd().split("\n");
  return { last: lines.at(-1), lines, status };
}

test("what passes is counted, and the exit code is 0", () => {
  const { last, status } = run({ good: 'test("a", () => {}); describe("d", () => test("b", () => {}));' });
  expect({ last, status }).toEqual({ last: "2 passed, 0 failed", status: 0 });
});

test("a failing test, a failing hook and a file that does not load are one failure each", () => {
  const { last, status } = run({
    good: 'test("a", () => {});',
    bad: 'test("b", () => expect(1).toBe(2));',
    hook: 'describe("d", () => { afterAll(() => { throw new Error("after"); }); test("c", () => {}); });',
    broken: 'import "./nowhere.mjs"; test("never", () => {});',
  });
  expect({ last, status }).toEqual({ last: "2 passed, 3 failed", status: 1 });
});

test("an error that nobody handled is a failure, also when every test passed", () => {
  const { last, status } = run({
    stray: 'test("a", async () => { Promise.reject(new Error("stray")); await new Promise(setImmediate); });',
  });
  expect({ last, status }).toEqual({ last: "1 passed, 1 failed", status: 1 });
});

test("a skipped test is named with its reason before the count", () => {
  const { last, lines, status } = run({
    good: 'test("a", () => {}); test("b", (context) => context.skip("no such server"));',
  });
  expect(lines).toContain("skipped: good.test.mjs › b: no such server");
  expect({ last, status }).toEqual({ last: "1 passed, 0 failed, 1 skipped", status: 0 });
});

test("several runs are added up, and one that went down is a failure", () => {
  const lines = ["12 passed, 0 failed, 2 skipped", "3 passed, 1 failed", "Segmentation fault", ""];
  const { stdout } = spawnSync(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      `import { sumOf } from "./scripts/sum-of-counts.mjs"; console.log(JSON.stringify(sumOf(${JSON.stringify(lines)})))`,
    ],
    { cwd: root, encoding: "utf8" },
  );
  expect(JSON.parse(stdout)).toEqual({ failed: 3, line: "15 passed, 3 failed, 2 skipped" });
});

test("no test at all is a failure", () => {
  const { last, status } = run({});
  expect({ last, status }).toEqual({ last: "0 passed, 1 failed", status: 1 });
});

test("a hook that fails before its tests hides none of them", () => {
  const { last, lines } = run({
    hook: 'describe("d", () => { beforeAll(() => { throw new Error("before"); }); test("c", () => {}); });',
  });
  expect(last).toBe("0 passed, 1 failed, 1 skipped");
  expect(lines.join("\n")).toContain("d > c");
});
