import { describe, expect, test } from "vitest";
import {
  ERROR_CODES,
  ErrorCode,
  errorInfo,
  errorInfoOf,
  GleitzeitError,
  isErrorCode,
} from "../../src/domain/index.ts";

describe("error codes", () => {
  test("each has a number of its own", () => {
    const numbers = Object.values(ERROR_CODES).map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.every((number) => number < -20_000)).toBe(true);
  });

  test("a text is one only if it is published", () => {
    expect(["TASK_TIMEOUT", "task_timeout", "toString", ""].map(isErrorCode)).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(ErrorCode.parse("TASK_TIMEOUT")).toBe("TASK_TIMEOUT");
    for (const no of ["TASK_TIME", 1, null, ["TASK_TIMEOUT"]])
      expect(ErrorCode.safeParse(no).error?.issues[0]?.message).toBe("not a known error code");
  });

  test("whether a retry can help follows from the code, unless it is said", () => {
    expect(errorInfo("TASK_TIMEOUT", "late").retryable).toBe(true);
    expect(errorInfo("TASK_EXECUTION_FAILED", "no").retryable).toBe(false);
    expect(errorInfo("TASK_EXECUTION_FAILED", "no", { retryable: true }).retryable).toBe(true);
  });
});

describe("a thrown error", () => {
  const cause = new Error("the disk");
  const thrown = new GleitzeitError("PERSISTENCE_CONNECTION_FAILED", "cannot write", {
    cause,
    details: { file: "a.db" },
  });

  test("carries its code, its cause and its details", () => {
    expect(thrown).toMatchObject({
      name: "GleitzeitError",
      code: "PERSISTENCE_CONNECTION_FAILED",
      message: "cannot write",
      retryable: true,
      details: { file: "a.db" },
    });
    expect(thrown.cause).toBe(cause);
    expect("cause" in new GleitzeitError("USAGE_ERROR", "no")).toBe(false);
  });

  test("is written with its details, where it has some", () => {
    expect(JSON.parse(JSON.stringify([thrown, new GleitzeitError("USAGE_ERROR", "no")]))).toEqual([
      {
        code: "PERSISTENCE_CONNECTION_FAILED",
        message: "cannot write",
        retryable: true,
        details: { file: "a.db" },
      },
      { code: "USAGE_ERROR", message: "no", retryable: false },
    ]);
  });

  test("is told with its cause, under the code given to what has none", () => {
    expect(errorInfoOf(thrown, "PROVIDER_ERROR")).toEqual(
      errorInfo("PERSISTENCE_CONNECTION_FAILED", "cannot write", {
        details: { file: "a.db" },
        cause: errorInfo("PROVIDER_ERROR", "the disk"),
      }),
    );
  });

  test("may be anything", () => {
    expect(errorInfoOf("just a text")).toEqual(errorInfo("INTERNAL_ERROR", "just a text"));
    expect(errorInfoOf(undefined)).toEqual(errorInfo("INTERNAL_ERROR", "undefined"));
    expect(errorInfoOf({ cause: "no error's" })).toEqual(errorInfo("INTERNAL_ERROR", "[object Object]"));
    expect(Object.keys(errorInfoOf(new Error("no")))).toEqual(["code", "message", "retryable"]);
  });

  test("that is caused by itself is told to a depth of six", () => {
    const ring = new Error("again");
    ring.cause = ring;
    const depth = (info: ReturnType<typeof errorInfoOf>): number => (info.cause ? 1 + depth(info.cause) : 1);
    expect(depth(errorInfoOf(ring))).toBe(6);
  });
});
