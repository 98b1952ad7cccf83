// What a call to a server outside was rejected with, as an error of ours. A server's own numbers mean less than ours:
// only that its connection is gone says that another attempt may go well.
import {
  type ErrorCode,
  type ErrorInfo,
  errorInfo,
  errorInfoOf,
  GleitzeitError,
} from "../../../domain/index.ts";
import { statusFault } from "../../../engine/ports/index.ts";

const CODES: ReadonlyMap<number, ErrorCode> = new Map([
  [-32002, "INVALID_PARAMS"],
  [-32601, "METHOD_NOT_SUPPORTED"],
  [-32602, "INVALID_PARAMS"],
]);

/** `fate`: why its connection is no more. */
export function serverFailure(error: unknown, server: string, fate: ErrorInfo | undefined): ErrorInfo {
  if (error instanceof GleitzeitError) return errorInfoOf(error);
  if (fate) return fate;
  const message = errorInfoOf(error).message.replace(/^(?:MCP error -?\d+: )+/, "");
  if (message === "Not connected" || message === "Connection closed")
    return errorInfo("CONNECTION_LOST", `the server ${server} closed the connection`);
  const number = error instanceof Error && "code" in error ? error.code : undefined;
  if (typeof number === "number" && number >= 400) return ofStatus(number, server, message);
  if (typeof number === "number") return errorInfo(CODES.get(number) ?? "PROVIDER_ERROR", message);
  if (error instanceof Error && "issues" in error)
    return errorInfo("PROVIDER_ERROR", `the server ${server} answers otherwise than MCP says: ${message}`);
  if (/^Server does not support /.test(message)) return errorInfo("METHOD_NOT_SUPPORTED", message);
  return errorInfo("PROVIDER_ERROR", message);
}

/** 404 is how a server says that it no longer knows the session. */
function ofStatus(status: number, server: string, message: string): ErrorInfo {
  const text = `the server ${server} answered with status ${status}: ${message.slice(0, 500)}`;
  if (status === 404) return errorInfo("CONNECTION_LOST", text);
  const { code, retryable } = statusFault(status);
  return errorInfo(code, text, { retryable });
}
