// What drives mutation testing of the domain: its own tests, without those that walk through large graphs or through every order.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/domain/**/*.test.ts"],
    exclude: [
      "test/domain/run/{flat-cost.property,interleavings}.test.ts",
      "test/domain/workflow/graph.property.test.ts",
    ],
    setupFiles: ["test/domain/mutants.ts"],
    env: { GLEITZEIT_TEST_MUTANTS: "1" },
    isolate: false,
    testTimeout: 60_000,
  },
});
