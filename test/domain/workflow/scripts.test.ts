// What a task says of a script, whatever its language.
import { describe, expect, test } from "vitest";
import { hasOneSource, ScriptCheck, ScriptExecution } from "../../../src/domain/index.ts";

test.each([
  [{}, false],
  [{ file: "a.py" }, true],
  [{ code: "" }, true],
  [{ file: "a.py", code: "1" }, false],
])("of %j one source: %s", (source, is) => {
  expect(hasOneSource(source)).toBe(is);
});

describe("a time limit", () => {
  const problem = (timeout: unknown) =>
    ScriptExecution.timeout.safeParse(timeout).error?.issues.map(({ message }) => message);

  test.each([1, 0.5, "5m", 86_400, "24h", undefined])("may be %j", (timeout) => {
    expect(problem(timeout)).toBeUndefined();
  });

  test.each([0, "0s", 86_401, "25h"])("of %j is refused, once", (timeout) => {
    expect(problem(timeout)).toEqual(["must be over 0 and at most a day"]);
  });

  test("that is no duration says what one is", () => {
    expect(problem("soon")).toHaveLength(1);
    expect(problem("soon")).not.toEqual(["must be over 0 and at most a day"]);
  });
});

test("without context and files a script has none", () => {
  expect(ScriptExecution.context.parse(undefined)).toEqual({});
  expect(ScriptExecution.files.parse(undefined)).toEqual([]);
  expect(ScriptExecution.files.safeParse([""]).success).toBe(false);
});

test("what checking finds has nothing but messages and their places", () => {
  const errors = [{ message: "invalid syntax", line: 3 }];
  expect(ScriptCheck.parse({ valid: false, errors })).toEqual({ valid: false, errors });
  expect(ScriptCheck.safeParse({ valid: false, errors, more: 1 }).success).toBe(false);
  expect(ScriptCheck.safeParse({ valid: false, errors: [{ line: 3 }] }).success).toBe(false);
});
