import fc from "fast-check";
import { expect, test } from "vitest";
import { ERROR_CODES, type ErrorCode, errorInfo, errorOf } from "../../../src/domain/index.ts";
import { errorValue } from "../../../src/domain/run/error-value.ts";

const code = fc.constantFrom(
  ...Object.keys(ERROR_CODES).filter((key): key is ErrorCode => key in ERROR_CODES),
);
const details = fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true });
const { info } = fc.letrec<{ info: ReturnType<typeof errorInfo> }>((tie) => ({
  info: fc
    .record(
      { code, message: fc.string(), retryable: fc.boolean(), details, cause: tie("info") },
      { requiredKeys: ["code", "message", "retryable"] },
    )
    .map(({ code: known, message, ...more }) => errorInfo(known, message, JSON.parse(JSON.stringify(more)))),
}));

test("an error that is stored in two halves is the same when they are put together", () => {
  fc.assert(
    fc.property(info, (error) => {
      expect(errorOf({ code: error.code, retryable: error.retryable }, errorValue(error))).toEqual(error);
    }),
  );
});

const control = { code: "TASK_TIMEOUT", retryable: false } as const;

test.each([undefined, null, "text", [], {}, { message: 3 }, { message: null, details: [], cause: "x" }])(
  "of a value that is %j, erased for one, the code is left",
  (value) => {
    expect(errorOf(control, value)).toEqual({ ...control, message: "TASK_TIMEOUT" });
  },
);

test.each([
  [{}, "INTERNAL_ERROR", false],
  [{ code: "NO_SUCH", retryable: true }, "INTERNAL_ERROR", true],
  [{ code: 3, retryable: 1 }, "INTERNAL_ERROR", false],
  [{ code: "TASK_CANCELLED" }, "TASK_CANCELLED", false],
])("of a cause %j as much as can be read", (cause, known, retryable) => {
  expect(errorOf(control, { message: "late", cause })).toEqual({
    ...control,
    message: "late",
    cause: { code: known, message: known, retryable },
  });
});
