// The architecture is a test: no file is exempt unless a rule itself says so, and no rule is here that cannot fail.
import { expect, test } from "vitest";
import * as habits from "./architecture/habits.ts";
import { cycleIn, importRule, packages, projectVersion } from "./architecture/imports.ts";
import * as purity from "./architecture/purity.ts";
import { samples } from "./architecture/samples.ts";
import { parse, type Rule, type Source, sourcesIn } from "./architecture/source.ts";

const src = sourcesIn("src");
const tests = sourcesIn("test").filter(({ path }) => !/architecture\/[a-z-]*samples\.ts$/.test(path));
const tools = sourcesIn("scripts");
const everything = [...src, ...tests, ...tools];

const rules: Readonly<Record<string, readonly [Rule, readonly Source[]]>> = {
  "imports go inwards and adapters do not know each other": [importRule, src],
  "domain, projections and engine have no clock and no randomness": [purity.clockRule, src],
  "nothing prints past the log": [purity.consoleRule, src],
  "the process is touched in one place": [purity.processRule, src],
  "processes are spawned in one place": [purity.spawnRule, src],
  "nothing is evaluated in the host process": [purity.evaluationRule, src],
  "nothing blocks after start-up but the store": [purity.blockingRule, src],
  "SQL is never built from strings": [purity.sqlRule, src],
  "no error is swallowed": [habits.swallowRule, everything],
  "no file is over 200 lines": [habits.lengthRule, everything],
  "nothing is left to do in a comment": [habits.openEndRule, everything],
  "no rule is waived by a comment": [habits.waiverRule, everything],
  "exports have names": [habits.defaultExportRule, [...src, ...tests]],
  "no any, no double cast, no non-null, no enum, no namespace": [habits.looseTypeRule, [...src, ...tests]],
  "names say what things are": [habits.nameRule, everything],
  "a folder says what it is for": [habits.doorRule, src],
  "nothing waits for time to pass": [habits.sleepRule, tests],
  "no test is skipped in silence": [habits.silentSkipRule, tests],
};

for (const [name, [rule, sources]] of Object.entries(rules)) {
  test(name, () => {
    expect(sources.length).toBeGreaterThan(5);
    expect(sources.flatMap(rule)).toEqual([]);
  });
}

test("every rule has samples that break it and samples that do not", () => {
  expect(Object.keys(samples).toSorted()).toEqual(Object.keys(rules).toSorted());
});

for (const [name, { breaks, holds }] of Object.entries(samples)) {
  test(`can fail: ${name}`, () => {
    const rule = rules[name]?.[0] ?? (() => []);
    for (const [path, text] of breaks) expect(rule(parse(path, text)), `${path}: ${text}`).not.toEqual([]);
    for (const [path, text] of holds) expect(rule(parse(path, text)), `${path}: ${text}`).toEqual([]);
  });
}

test("no file imports itself by a detour", () => {
  expect(cycleIn(src)).toBeUndefined();
});

test("can fail: a detour is found, and a type is one too", () => {
  const ring = [
    parse("src/engine/a.ts", 'import { b } from "./sub/b.ts";'),
    parse("src/engine/sub/b.ts", 'import type { C } from "../c.ts";'),
    parse("src/engine/c.ts", 'export { a } from "./a.ts";'),
  ];
  expect(cycleIn(ring)?.join(" → ")).toBe(
    "src/engine/a.ts → src/engine/sub/b.ts → src/engine/c.ts → src/engine/a.ts",
  );
  expect(cycleIn(ring.slice(1))).toBeUndefined();
});

test("dependencies are pinned exactly", () => {
  const versions = [...packages("dependencies"), ...packages("devDependencies")];
  expect(versions.length).toBeGreaterThan(20);
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([]);
});

test("the version stands in package.json alone", () => {
  expect(projectVersion).toMatch(/^\d+\.\d+\.\d+/);
  expect(src.filter(({ text }) => text.includes(`"${projectVersion}"`)).map(({ path }) => path)).toEqual([]);
});

const lines = src.map(({ text }) => habits.linesOf(text)).toSorted((a, b) => a - b);
const median = lines[Math.floor(lines.length / 2)] ?? 0;

test(`the median of ${lines.length} source files is at most 60 lines`, async ({ annotate }) => {
  await annotate(`median ${median}, longest ${lines.at(-1)}`);
  expect(median).toBeGreaterThan(0);
  expect(median).toBeLessThanOrEqual(60);
});
