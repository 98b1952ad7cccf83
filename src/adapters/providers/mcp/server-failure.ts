// What a call to a server outside was rejected with, as an error of ours. A server's own numbers mean less than ours:
// only that its connection is gone says that another attempt may go well.
import { type ErrorInfo, errorInfo, errorInfoOf, GleitzeitError } from "../../../domain/index.ts";
import { statusFault } from "../../../engine/ports/index.ts";
import { numberOf, plainMessage, SAID_BY_ALL } from "./failure.ts";

/** `fate`: why its connection is no more. */
export function serverFailure(error: unknown, server: string, fate: ErrorInfo | undefined): ErrorInfo {
  if (error instanceof GleitzeitError) return errorInfoOf(error);
  if (fate) return fate;
  const message = plainMessage(error);
  if (message === "Not connected" || message === "Connection closed")
    return errorInfo("CONNECTION_LOST", `the server ${server} closed the connection`);
  const number = numberOf(error);
  if (number !== undefined && number >= 400) return ofStatus(number, server, message);
  if (number !== undefined)
    return errorInfo(SAID_BY_ALL.get(number) ?? "PROVIDER_ERROR", `the server ${server} says: ${message}`);
  if (error instanceof Error && "issues" in error)
    return errorInfo("PROVIDER_ERROR", `the server ${server} answers otherwise than MCP says: ${message}`);
  if (/^Server does not support /.test(message))
    return errorInfo("METHOD_NOT_SUPPORTED", `the server ${server}: ${message}`);
  return errorInfo("PROVIDER_ERROR", `the server ${server} answers otherwise than MCP says: ${message}`);
}

/** 404 is how a server says that it no longer knows the session. */
function ofStatus(status: number, server: string, message: string): ErrorInfo {
  const text = `the server ${server} answered with status ${status}: ${message.slice(0, 500)}`;
  if (status === 404) return errorInfo("CONNECTION_LOST", text);
  const { code, retryable } = statusFault(status);
  return errorInfo(code, text, { retryable });
}
