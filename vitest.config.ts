import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/**/*.long.test.ts"],
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
