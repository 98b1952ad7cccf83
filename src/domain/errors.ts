import { z } from "zod";
import type { Json, JsonObject } from "./json.ts";

/** Stable code → JSON-RPC number and whether a retry can help. Published: add, never change. */
export const ERROR_CODES = {
  PARSE_ERROR: { number: -32700, retryable: false },
  INVALID_REQUEST: { number: -32600, retryable: false },
  METHOD_NOT_FOUND: { number: -32601, retryable: false },
  INVALID_PARAMS: { number: -32602, retryable: false },
  INTERNAL_ERROR: { number: -32603, retryable: false },
  SYSTEM_SHUTDOWN: { number: -31002, retryable: true },
  CONFIGURATION_ERROR: { number: -31003, retryable: false },
  RESOURCE_EXHAUSTED: { number: -31004, retryable: true },
  RATE_LIMIT_EXCEEDED: { number: -31005, retryable: true },
  INTERRUPTED: { number: -31006, retryable: false },
  USAGE_ERROR: { number: -31007, retryable: false },
  CASSETTE_INVALID: { number: -31008, retryable: false },
  PROTOCOL_NOT_FOUND: { number: -30001, retryable: false },
  PROVIDER_NOT_FOUND: { number: -30002, retryable: false },
  PROVIDER_NOT_AVAILABLE: { number: -30003, retryable: true },
  PROVIDER_UNHEALTHY: { number: -30005, retryable: true },
  PROVIDER_TIMEOUT: { number: -30006, retryable: true },
  PROVIDER_OVERLOADED: { number: -30007, retryable: true },
  METHOD_NOT_SUPPORTED: { number: -30008, retryable: false },
  PROTOCOL_VERSION_MISMATCH: { number: -30009, retryable: false },
  PROVIDER_ERROR: { number: -30010, retryable: false },
  CALL_NOT_RECORDED: { number: -30011, retryable: false },
  TASK_VALIDATION_FAILED: { number: -29001, retryable: false },
  TASK_EXECUTION_FAILED: { number: -29002, retryable: false },
  TASK_TIMEOUT: { number: -29003, retryable: true },
  TASK_CANCELLED: { number: -29004, retryable: false },
  TASK_DEPENDENCY_FAILED: { number: -29005, retryable: false },
  TASK_PARAMETER_ERROR: { number: -29006, retryable: false },
  TASK_RESULT_INVALID: { number: -29007, retryable: false },
  TASK_RETRY_EXHAUSTED: { number: -29008, retryable: false },
  TASK_NOT_FOUND: { number: -29009, retryable: false },
  APPROVAL_REJECTED: { number: -29010, retryable: false },
  WORKFLOW_VALIDATION_FAILED: { number: -28001, retryable: false },
  WORKFLOW_NOT_FOUND: { number: -28002, retryable: false },
  WORKFLOW_EXECUTION_FAILED: { number: -28003, retryable: false },
  WORKFLOW_TIMEOUT: { number: -28004, retryable: false },
  WORKFLOW_CANCELLED: { number: -28005, retryable: false },
  WORKFLOW_CIRCULAR_DEPENDENCY: { number: -28006, retryable: false },
  WORKFLOW_INVALID_STATE: { number: -28007, retryable: false },
  RUN_NOT_FOUND: { number: -28008, retryable: false },
  WEBHOOK_NOT_FOUND: { number: -28010, retryable: false },
  RUN_ARCHIVED: { number: -28011, retryable: false },
  SUBJECT_ERASED: { number: -28009, retryable: false },
  PERSISTENCE_CONNECTION_FAILED: { number: -26001, retryable: true },
  PERSISTENCE_WRITE_FAILED: { number: -26002, retryable: false },
  PERSISTENCE_READ_FAILED: { number: -26003, retryable: false },
  PERSISTENCE_INTEGRITY_ERROR: { number: -26005, retryable: false },
  NETWORK_UNREACHABLE: { number: -25001, retryable: true },
  CONNECTION_REFUSED: { number: -25002, retryable: true },
  CONNECTION_TIMEOUT: { number: -25003, retryable: true },
  CONNECTION_LOST: { number: -25004, retryable: true },
  AUTHENTICATION_FAILED: { number: -25005, retryable: false },
  AUTHORIZATION_FAILED: { number: -25006, retryable: false },
  KEY_NOT_FOUND: { number: -25008, retryable: false },
  DESTINATION_NOT_ALLOWED: { number: -25007, retryable: false },
} as const satisfies Record<string, { readonly number: number; readonly retryable: boolean }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** As others read one: newer programs know more of them. */
export const AnyErrorCode = z.enum(Object.keys(ERROR_CODES)).meta({ id: "ErrorCode" });

export const isErrorCode = (text: string): text is ErrorCode => Object.hasOwn(ERROR_CODES, text);

export const ErrorCode = z.custom<ErrorCode>((value) => typeof value === "string" && isErrorCode(value), {
  error: "not a known error code",
});

/** How an error looks wherever a user meets it: JSON output, HTTP, events' values. */
export type ErrorInfo = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryable: boolean;
  readonly details?: JsonObject;
  readonly cause?: ErrorInfo;
};

export function errorInfo(
  code: ErrorCode,
  message: string,
  more: { readonly retryable?: boolean; readonly details?: JsonObject; readonly cause?: ErrorInfo } = {},
): ErrorInfo {
  return { code, message, retryable: ERROR_CODES[code].retryable, ...more };
}

/**
 * The one error that is thrown on purpose: `code` is stable, the message says what happened, where,
 * and what to do. Refusals inside the domain are values, not this.
 */
export class GleitzeitError extends Error {
  override readonly name = "GleitzeitError";
  readonly code: ErrorCode;
  readonly details: JsonObject | undefined;
  readonly problems: readonly Problem[] | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    more: {
      readonly cause?: unknown;
      readonly details?: JsonObject;
      readonly problems?: readonly Problem[];
    } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.details = more.details;
    this.problems = more.problems;
  }

  get retryable(): boolean {
    return ERROR_CODES[this.code].retryable;
  }

  toJSON(): Json {
    return {
      code: this.code,
      message: this.message,
      retryable: this.retryable,
      ...(this.details && { details: this.details }),
    };
  }
}

/** One thing wrong with a document, configuration or input; lines and columns count from 1. */
export type Problem = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** Where in the value, for places that have no line: `tasks[2].params.a`. */
  readonly path?: string;
};

/** Any thrown thing as an ErrorInfo, its causes kept. `fallback` is the code of what has none. */
export function errorInfoOf(thrown: unknown, fallback: ErrorCode = "INTERNAL_ERROR", depth = 0): ErrorInfo {
  const isError = thrown instanceof Error;
  const code = thrown instanceof GleitzeitError ? thrown.code : fallback;
  const details = thrown instanceof GleitzeitError ? thrown.details : undefined;
  const cause = isError && thrown.cause !== undefined && depth < 5 ? thrown.cause : undefined;
  return errorInfo(code, isError ? thrown.message : String(thrown), {
    ...(details && { details }),
    ...(cause !== undefined && { cause: errorInfoOf(cause, fallback, depth + 1) }),
  });
}

export function unreachable(value: never): never {
  throw new Error(`impossible value: ${JSON.stringify(value)}`);
}

/** What was thrown, as an error: JavaScript lets anything be thrown. */
export const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(String(thrown));
