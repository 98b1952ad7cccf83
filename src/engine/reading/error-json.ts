import type { ErrorInfo, JsonObject } from "../../domain/index.ts";

/** An error as every JSON document shows it: `details` is always there, a cause only when there is one. */
export type ErrorJson = {
  readonly code: ErrorInfo["code"];
  readonly message: string;
  readonly retryable: boolean;
  readonly details: JsonObject;
  readonly cause?: ErrorJson;
};

export const errorJson = ({ code, message, retryable, details, cause }: ErrorInfo): ErrorJson => ({
  code,
  message,
  retryable,
  details: details ?? {},
  ...(cause && { cause: errorJson(cause) }),
});
