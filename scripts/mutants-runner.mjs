// Stryker's door to the tests of the domain. Thousands of mutants are held against them, so each process reads them
// once and runs for each mutant just the tests that reach it, the quickest first. A mutant that leaves something
// behind in a module must not count against the next: the test that noticed one is run again without it, and when it
// still fails, all modules are read anew. What makes the next one look alive is not looked for: the score is a lower bound.
import { readdirSync } from "node:fs";
import { register } from "node:module";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { collect } from "./mutants-tests.mjs";

const FOLDER = join("test", "domain");
/** Those that count operations in large graphs, and the one that walks through every order: too slow to be asked so often. */
const LEFT_OUT = /flat-cost\.property|interleavings|graph\.property/u;

/** Where Stryker's mutants look which of them is on. */
const shared = {};
globalThis.__stryker__ = shared;

const factory = () => runner();
factory.inject = [];

export const strykerPlugins = [{ kind: "TestRunner", name: "domain", factory }];

function runner() {
  let readings = 0;
  let tests = [];

  async function readAll() {
    readings += 1;
    const read = (file) => import(`${pathToFileURL(file).href}?reading=${readings}`);
    tests = await collect(testFiles(), read);
  }

  async function mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation }) {
    const wanted = testFilter && new Set(testFilter);
    const attempt = async () => {
      shared.activeMutant = activeMutant.id;
      shared.hitCount = 0;
      shared.hitLimit = hitLimit;
      const chosen = tests.filter(({ id }) => wanted?.has(id) ?? true);
      const outcome = await untilOneFails(chosen.toSorted((a, b) => a.tookMs - b.tookMs));
      shared.activeMutant = undefined;
      return { ...outcome, endless: shared.hitCount > hitLimit };
    };
    if (mutantActivation === "static") throw new Error("what runs while modules are read is left out");
    let outcome = await attempt();
    if (outcome.failed && (await failure(outcome.failed))) {
      await readAll();
      outcome = await attempt();
      await readAll();
    }
    return resultOf(outcome);
  }

  return {
    capabilities: () => ({ reloadEnvironment: true }),
    async init() {
      process.env.GLEITZEIT_TEST_MUTANTS = "1"; // properties are tried a tenth as often (test/domain/tries.ts)
      fc.configureGlobal({ endOnFailure: true, numRuns: 10 }); // of a mutant nobody wants the smallest case
      register("./mutants-hooks.mjs", import.meta.url);
      await readAll();
    },
    async dryRun() {
      const results = [];
      for (const test of tests) results.push(await dryRunOf(test));
      return { status: "complete", tests: results, mutantCoverage: shared.mutantCoverage };
    },
    mutantRun,
  };
}

function testFiles() {
  return readdirSync(FOLDER, { recursive: true })
    .filter((file) => file.endsWith(".test.ts") && !LEFT_OUT.test(file))
    .toSorted()
    .map((file) => join(FOLDER, file).replaceAll(sep, "/"));
}

async function dryRunOf(test) {
  const { id, file: fileName } = test;
  shared.currentTestId = id;
  const failureMessage = await failure(test);
  shared.currentTestId = undefined;
  const result = { id, name: id, fileName, timeSpentMs: test.tookMs };
  return failureMessage ? { ...result, status: 1, failureMessage } : { ...result, status: 0 };
}

async function untilOneFails(tests) {
  let run = 0;
  for (const test of tests) {
    run += 1;
    const message = await failure(test);
    if (message) return { failed: test, message, run };
  }
  return { run };
}

/** What a test says that fails. */
async function failure(test) {
  const begun = performance.now();
  try {
    await test.run();
    return undefined;
  } catch (error) {
    return String(error?.stack ?? error);
  } finally {
    test.tookMs = performance.now() - begun;
  }
}

function resultOf({ failed, message, run, endless }) {
  if (endless) return { status: "timeout", reason: "too many rounds" };
  if (!failed) return { status: "survived", nrOfTests: run };
  return { status: "killed", killedBy: [failed.id], failureMessage: message, nrOfTests: run };
}
