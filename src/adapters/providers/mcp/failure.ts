// Whatever a call through the SDK rejects with, as an error of ours.
import {
  type ErrorCode,
  type ErrorInfo,
  errorInfo,
  errorInfoOf,
  GleitzeitError,
} from "../../../domain/index.ts";

/** What these numbers mean whoever says them. */
export const SAID_BY_ALL: ReadonlyMap<number, ErrorCode> = new Map([
  [-32002, "INVALID_PARAMS"],
  [-32601, "METHOD_NOT_SUPPORTED"],
  [-32602, "INVALID_PARAMS"],
]);

/** The SDK's own, beside them. */
const CODES: ReadonlyMap<number, ErrorCode> = new Map([
  ...SAID_BY_ALL,
  [-32000, "CONNECTION_LOST"],
  [-32001, "TASK_TIMEOUT"],
]);

export const numberOf = (error: unknown): number | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "number" ? error.code : undefined;

/** Each side of the connection puts the number before the text. */
export const plainMessage = (error: unknown): string =>
  errorInfoOf(error).message.replace(/^(?:MCP error -?\d+: )+/, "");

export function failureOf(error: unknown, signal: AbortSignal): ErrorInfo {
  // The SDK rejects a call that was stopped with a text of its own; the reason to stop says more.
  if (signal.aborted) return stopped(signal);
  if (error instanceof GleitzeitError) return errorInfoOf(error);
  const number = numberOf(error);
  const code = number === undefined ? undefined : CODES.get(number);
  if (code === undefined) return errorInfoOf(error, "PROVIDER_ERROR");
  return errorInfo(code, plainMessage(error));
}

export const stopped = (signal: AbortSignal): ErrorInfo => errorInfoOf(signal.reason, "TASK_CANCELLED");
