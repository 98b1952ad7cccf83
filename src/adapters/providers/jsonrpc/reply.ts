// What an endpoint answered a call with, in our words.
import {
  ERROR_CODES,
  type ErrorCode,
  type ErrorInfo,
  errorInfo,
  isErrorCode,
  isObject,
  type Json,
  type JsonObject,
  madeJson,
} from "../../../domain/index.ts";
import type { Evidence } from "../../../engine/ports/index.ts";
import type { Fault, Heard } from "./message.ts";

export type Failed = {
  readonly ok: false;
  readonly error: ErrorInfo;
  readonly evidence?: Evidence;
  readonly retryAfterMs?: number;
};

export type Reply = { readonly ok: true; readonly result: Json } | Failed;

/** What an endpoint may say of its own work; the others are ours to say. */
const THEIRS: readonly ErrorCode[] = [
  "INVALID_PARAMS",
  "RESOURCE_EXHAUSTED",
  "RATE_LIMIT_EXCEEDED",
  "PROVIDER_NOT_AVAILABLE",
  "PROVIDER_UNHEALTHY",
  "PROVIDER_TIMEOUT",
  "PROVIDER_OVERLOADED",
  "METHOD_NOT_SUPPORTED",
  "PROTOCOL_VERSION_MISMATCH",
  "TASK_VALIDATION_FAILED",
  "TASK_EXECUTION_FAILED",
  "TASK_RESULT_INVALID",
  "NETWORK_UNREACHABLE",
  "CONNECTION_REFUSED",
  "CONNECTION_TIMEOUT",
  "CONNECTION_LOST",
  "AUTHENTICATION_FAILED",
  "AUTHORIZATION_FAILED",
  "CONFIGURATION_ERROR",
];

const OF_NUMBERS: ReadonlyMap<number, ErrorCode> = new Map([
  [ERROR_CODES.METHOD_NOT_FOUND.number, "METHOD_NOT_SUPPORTED"],
  ...THEIRS.map((code) => [ERROR_CODES[code].number, code] as const),
]);

const MOST_DATA_CHARACTERS = 64 * 1024;

/** Undefined for what answers nothing. `who` as messages say it. */
export function replyIn(said: Heard, who: string): Reply | undefined {
  switch (said.kind) {
    case "answer":
      return { ok: true, result: said.result };
    case "refusal":
      return refused(said.fault);
    case "malformed":
      return failed("PROVIDER_ERROR", `${who} answered with no JSON-RPC message: ${said.problem}`);
    case "unfit":
      return failed("TASK_RESULT_INVALID", said.problem);
    case "told":
    case "noise":
      return undefined;
  }
}

export const failed = (code: ErrorCode, message: string): Failed => ({
  ok: false,
  error: errorInfo(code, message),
});

function refused({ code: number, message, data }: Fault): Failed {
  const more = isObject(data) ? data : {};
  const { code: named, retryable, retryAfterMs } = more;
  const known = typeof named === "string" && isErrorCode(named) && THEIRS.includes(named) ? named : undefined;
  const error = errorInfo(
    known ?? OF_NUMBERS.get(number) ?? "PROVIDER_ERROR",
    message === "" ? `it failed with ${number}` : message,
    {
      ...(typeof retryable === "boolean" && { retryable }),
      details: details(number, data),
    },
  );
  return {
    ok: false,
    error,
    ...(typeof retryAfterMs === "number" && retryAfterMs >= 0 && { retryAfterMs: Math.ceil(retryAfterMs) }),
  };
}

function details(number: number, data: Json | undefined): JsonObject {
  if (data === undefined) return { rpcCode: number };
  const size = JSON.stringify(data).length;
  return size > MOST_DATA_CHARACTERS
    ? { rpcCode: number, data: `left out: it has ${size} characters` }
    : { rpcCode: number, data: madeJson(data) };
}
