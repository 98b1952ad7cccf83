// Outcomes taken apart, with what holds for every one of them.
import { expect } from "vitest";
import { isErrorCode, type Json, jsonProblem } from "../../../src/domain/index.ts";
import type { Outcome } from "../../../src/engine/ports/index.ts";

const MIB = 1024 * 1024;

/** Whatever a provider says no with has one shape. */
export function errorOf(outcome: Outcome) {
  if (outcome.ok) throw new Error(`expected a failure, not ${JSON.stringify(outcome.result).slice(0, 200)}`);
  const { error, evidence } = outcome;
  expect(isErrorCode(error.code), error.code).toBe(true);
  expect(error.message).not.toBe("");
  expect(typeof error.retryable).toBe("boolean");
  expect(jsonProblem(error.details ?? {})).toBeUndefined();
  for (const text of [evidence?.stdout, evidence?.stderr]) expect(text?.length ?? 0).toBeLessThanOrEqual(MIB);
  return error;
}

export function resultOf(outcome: Outcome): Json {
  if (!outcome.ok) throw new Error(`expected a result, not ${outcome.error.code}: ${outcome.error.message}`);
  expect(jsonProblem(outcome.result)).toBeUndefined();
  return outcome.result;
}

/** A provider that writes into its params throws here. */
export function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) frozen(member);
  }
  return value;
}
