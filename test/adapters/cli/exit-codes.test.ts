import { expect, test } from "vitest";
import { EXIT_OF_ERROR, EXIT_OF_RUN } from "../../../src/adapters/cli/exit-codes.ts";
import { ERROR_CODES, RUN_STATUSES } from "../../../src/domain/index.ts";

test("every error code and every status of a run has its exit", () => {
  expect(Object.keys(EXIT_OF_ERROR).toSorted()).toEqual(Object.keys(ERROR_CODES).toSorted());
  expect(Object.keys(EXIT_OF_RUN).toSorted()).toEqual([...RUN_STATUSES].toSorted());
});

test("no error exits 0, and only what succeeded does", () => {
  expect(Object.values(EXIT_OF_ERROR)).not.toContain(0);
  expect(Object.entries(EXIT_OF_RUN).flatMap(([status, exit]) => (exit === 0 ? [status] : []))).toEqual([
    "succeeded",
  ]);
});

test.each([
  ["USAGE_ERROR", 2],
  ["WORKFLOW_VALIDATION_FAILED", 3],
  ["CONFIGURATION_ERROR", 3],
  ["PARSE_ERROR", 3],
  ["WORKFLOW_NOT_FOUND", 4],
  ["RUN_NOT_FOUND", 4],
  ["PERSISTENCE_WRITE_FAILED", 5],
  ["PERSISTENCE_INTEGRITY_ERROR", 5],
  ["AUTHORIZATION_FAILED", 6],
  ["INTERRUPTED", 130],
] as const)("%s exits %d", (code, exit) => {
  expect(EXIT_OF_ERROR[code]).toBe(exit);
});
