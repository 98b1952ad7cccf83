// A vitest reporter that writes down what the last line of a test run is made of. Files that do not load,
// hooks that fail and errors nobody handled are in no test count of the runner's: here each is one failure.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

export default class Tally {
  onTestRunEnd(modules, unhandled) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const inState = (state) => tests.filter((test) => test.result().state === state);
    const broken = suites.filter((suite) => suite.errors().length > 0);
    const out = process.env.TEST_TALLY;
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(
      out,
      JSON.stringify({
        passed: inState("passed").length,
        failed: inState("failed").length + broken.length + unhandled.length,
        unfinished: inState("pending").length,
        skipped: inState("skipped").map((test) => ({
          test: `${test.module.relativeModuleId} › ${test.fullName}`,
          reason: test.result().note ?? "no reason given",
        })),
      }),
    );
  }
}
