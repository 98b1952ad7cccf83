// Mutation testing of src/domain: changes one thing at a time there and sees whether a test of the domain notices.
export default {
  testRunner: "domain",
  plugins: ["./scripts/mutants-runner.mjs"],
  mutate: ["src/domain/**/*.ts"],
  ignorePatterns: ["bench", "coverage", "dist", "docs", "examples", "reports", "test/corpus", "test/cases"],
  coverageAnalysis: "perTest",
  ignoreStatic: true,
  incremental: true,
  incrementalFile: "reports/mutation/incremental.json",
  reporters: ["clear-text", "json"],
  jsonReporter: { fileName: "reports/mutation/mutation.json" },
  clearTextReporter: { logTests: false, reportTests: false, allowColor: false },
  tempDirName: ".stryker-tmp",
  thresholds: { high: 95, low: 90, break: 85 },
  // Endless loops are noticed by counting; a busy machine is no reason to call a mutant dead.
  timeoutMS: 10_000,
};
