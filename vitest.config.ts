import { defineConfig } from "vitest/config";

/**
 * They leave nothing behind: reading src once for all of them saves half of their time. None of them loads dist beside src:
 * the names of schemas are the process's, and the OpenAPI document would find each twice.
 */
const WITHIN_ONE_PROCESS = [
  "test/{domain,engine,projections,library}/**/*.test.ts",
  "test/adapters/audit/!(growth).test.ts",
  "test/adapters/{cli,config,documents,event-store,exports,expressions,files,host,http,keys}/**/*.test.ts",
  "test/adapters/{outbound,secrets,telemetry,webhooks}/**/*.test.ts",
  "test/adapters/providers/{container,defined,echo,http,javascript,jsonrpc,llm,mcp,pool}/**/*.test.ts",
  "test/adapters/providers/python/{escapes,execute,exhaustion,failures,isolation,load,output,results,reuse}.test.ts",
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
