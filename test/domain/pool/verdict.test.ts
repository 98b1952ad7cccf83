// What an outcome says of the instance that was asked: every code, so that a new one is thought about here.
import { describe, expect, test } from "vitest";
import {
  type ErrorCode,
  errorInfo,
  isErrorCode,
  mayAskAnother,
  verdictOf,
} from "../../../src/domain/index.ts";

const code = (text: string): ErrorCode => {
  if (!isErrorCode(text)) throw new Error(`${text} is no code`);
  return text;
};

describe.each([
  // code, its verdict, asked of another: always, and where doing it twice is as good as once
  ["CONNECTION_REFUSED", "fault", true, true],
  ["CONNECTION_TIMEOUT", "fault", true, true],
  ["NETWORK_UNREACHABLE", "fault", true, true],
  ["PROVIDER_NOT_AVAILABLE", "fault", true, true],
  ["PROVIDER_UNHEALTHY", "fault", true, true],
  ["AUTHENTICATION_FAILED", "fault", true, true],
  ["AUTHORIZATION_FAILED", "fault", true, true],
  ["RESOURCE_EXHAUSTED", "fault", true, true],
  ["CONFIGURATION_ERROR", "fault", true, true],
  ["RATE_LIMIT_EXCEEDED", "busy", true, true],
  ["PROVIDER_OVERLOADED", "busy", true, true],
  ["CONNECTION_LOST", "fault", false, true],
  ["PROVIDER_TIMEOUT", "fault", false, true],
  ["INTERNAL_ERROR", "fault", false, true],
  ["TASK_TIMEOUT", "fault", false, false],
  ["TASK_CANCELLED", "nothing", false, false],
  ["SYSTEM_SHUTDOWN", "nothing", false, false],
  ["INTERRUPTED", "nothing", false, false],
  ["INVALID_PARAMS", "fine", false, false],
  ["METHOD_NOT_SUPPORTED", "fine", false, false],
  ["TASK_EXECUTION_FAILED", "fine", false, false],
  ["TASK_RESULT_INVALID", "fine", false, false],
  ["DESTINATION_NOT_ALLOWED", "fine", false, false],
])("%s", (name, verdict, always, idempotent) => {
  test("is judged", () => {
    const error = errorInfo(code(name), "said");
    expect(verdictOf(error)).toBe(verdict);
    expect([mayAskAnother(error, false), mayAskAnother(error, true)]).toEqual([always, idempotent]);
  });
});

test("a provider's error is its fault where asking again may help, and the call's where not", () => {
  const error = (retryable: boolean) => errorInfo("PROVIDER_ERROR", "said", { retryable });
  expect([verdictOf(error(true)), verdictOf(error(false)), verdictOf(undefined)]).toEqual([
    "fault",
    "fine",
    "fine",
  ]);
  expect([true, false].map((retryable) => mayAskAnother(error(retryable), true))).toEqual([true, false]);
  expect([true, false].map((retryable) => mayAskAnother(error(retryable), false))).toEqual([false, false]);
});
