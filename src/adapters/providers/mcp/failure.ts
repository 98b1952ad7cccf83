// Whatever a call through the SDK rejects with, as an error of ours.
import {
  type ErrorCode,
  type ErrorInfo,
  errorInfo,
  errorInfoOf,
  GleitzeitError,
} from "../../../domain/index.ts";

/** JSON-RPC and MCP numbers with a meaning of their own here. */
const CODES: ReadonlyMap<number, ErrorCode> = new Map([
  [-32000, "CONNECTION_LOST"],
  [-32001, "TASK_TIMEOUT"],
  [-32002, "INVALID_PARAMS"],
  [-32601, "METHOD_NOT_SUPPORTED"],
  [-32602, "INVALID_PARAMS"],
]);

export function failureOf(error: unknown, signal: AbortSignal): ErrorInfo {
  // The SDK rejects a call that was stopped with a text of its own; the reason to stop says more.
  if (signal.aborted) return stopped(signal);
  if (error instanceof GleitzeitError) return errorInfoOf(error);
  const number =
    error instanceof Error && "code" in error && typeof error.code === "number" ? error.code : undefined;
  const code = number === undefined ? undefined : CODES.get(number);
  if (code === undefined) return errorInfoOf(error, "PROVIDER_ERROR");
  // Each side of the connection puts the number before the text.
  return errorInfo(code, errorInfoOf(error).message.replace(/^(?:MCP error -?\d+: )+/, ""));
}

export const stopped = (signal: AbortSignal): ErrorInfo => errorInfoOf(signal.reason, "TASK_CANCELLED");
