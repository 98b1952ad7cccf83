import { defineConfig } from "vitest/config";

/** They start nothing and leave nothing: reading src once for all of them saves most of their time. */
const WITHIN_ONE_PROCESS = [
  "test/domain/**/*.test.ts",
  "test/engine/**/*.test.ts",
  "test/projections/**/*.test.ts",
];
const LONG = "test/**/*.long.test.ts";

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: { name: "within", include: WITHIN_ONE_PROCESS, exclude: [LONG], isolate: false },
      },
      {
        extends: true,
        test: { name: "apart", include: ["test/**/*.test.ts"], exclude: [LONG, ...WITHIN_ONE_PROCESS] },
      },
    ],
    globalSetup: ["test/global-setup.ts"],
    allowOnly: false,
    maxWorkers: "100%", // by itself vitest leaves one core alone, which of two is half
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      reporter: ["text", "json-summary"],
      reportsDirectory: "coverage",
      reportOnFailure: true,
      // What only child processes run (the built command, scripts' interpreters) counts as not run.
      thresholds: { lines: 90 },
    },
  },
});
