// An error is stored in two halves: code and retryable are control, the rest is a value.
import { type ErrorInfo, errorInfo, isErrorCode } from "../errors.ts";
import { isObject, type Json, type JsonObject } from "../json.ts";

/** `values.error` of TaskFailed and RunFailed. */
export function errorValue({ message, details, cause }: ErrorInfo): JsonObject {
  return {
    message,
    ...(details && { details }),
    ...(cause && { cause: { code: cause.code, retryable: cause.retryable, ...errorValue(cause) } }),
  };
}

/** The two halves together again; an erased or missing value leaves the code. */
export function errorOf(
  control: { readonly code: ErrorInfo["code"]; readonly retryable: boolean },
  value: Json | undefined,
): ErrorInfo {
  const { message, details, cause } = isObject(value) ? value : {};
  return errorInfo(control.code, typeof message === "string" ? message : control.code, {
    retryable: control.retryable,
    ...(isObject(details) && { details }),
    ...(isObject(cause) && { cause: causeOf(cause) }),
  });
}

function causeOf(cause: JsonObject): ErrorInfo {
  const code = typeof cause.code === "string" && isErrorCode(cause.code) ? cause.code : "INTERNAL_ERROR";
  return errorOf({ code, retryable: cause.retryable === true }, cause);
}
