// What goes wrong between two machines, in the codes that say whether trying again can help.
import { type ErrorCode, errorInfoOf, GleitzeitError } from "../../domain/index.ts";

type Fault = { readonly code: ErrorCode; readonly says: string };

const FAULTS: Readonly<Record<string, Fault>> = {
  ENOTFOUND: { code: "NETWORK_UNREACHABLE", says: "there is no such host" },
  EAI_AGAIN: { code: "NETWORK_UNREACHABLE", says: "its name could not be looked up now" },
  ENETUNREACH: { code: "NETWORK_UNREACHABLE", says: "there is no way to its network" },
  EHOSTUNREACH: { code: "NETWORK_UNREACHABLE", says: "there is no way to it" },
  ECONNREFUSED: { code: "CONNECTION_REFUSED", says: "nothing listens there" },
  ETIMEDOUT: { code: "CONNECTION_TIMEOUT", says: "it did not answer the connection" },
  UND_ERR_CONNECT_TIMEOUT: { code: "CONNECTION_TIMEOUT", says: "it did not answer the connection" },
  ECONNRESET: { code: "CONNECTION_LOST", says: "it closed the connection" },
  EPIPE: { code: "CONNECTION_LOST", says: "it closed the connection" },
  UND_ERR_SOCKET: { code: "CONNECTION_LOST", says: "it closed the connection" },
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: { code: "CONNECTION_LOST", says: "its answer ended too early" },
  UND_ERR_HEADERS_TIMEOUT: { code: "PROVIDER_TIMEOUT", says: "it did not answer in time" },
  UND_ERR_BODY_TIMEOUT: { code: "PROVIDER_TIMEOUT", says: "it stopped in the middle of its answer" },
  UND_ERR_HEADERS_OVERFLOW: { code: "PROVIDER_ERROR", says: "its headers are too large" },
  UND_ERR_INVALID_ARG: { code: "INVALID_PARAMS", says: "the request cannot be sent" },
  UND_ERR_DESTROYED: { code: "SYSTEM_SHUTDOWN", says: "connections are closed" },
  UND_ERR_CLOSED: { code: "SYSTEM_SHUTDOWN", says: "connections are closed" },
};

/** Of `url` only scheme, host and port are named: the rest may hold what nobody else should read. */
export function failureOf(error: unknown, url: URL): unknown {
  if (error instanceof GleitzeitError) return error;
  const fault = faultOf(error);
  if (!fault) return error;
  const detail = errorInfoOf(error).message;
  return new GleitzeitError(fault.code, `${url.origin}: ${fault.says} (${detail})`, { cause: error });
}

function faultOf(error: unknown): Fault | undefined {
  for (const code of codesOf(error)) {
    const known = FAULTS[code];
    if (known) return known;
    if (/^HPE_|^HTTPParserError$/.test(code))
      return { code: "PROVIDER_ERROR", says: "what it sends is not HTTP" };
    if (/CERT|^ERR_(?:TLS|SSL)_|^EPROTO$|UNABLE_TO_|SELF_SIGNED/.test(code)) {
      return {
        code: "AUTHENTICATION_FAILED",
        says: "no secure connection: its certificate or protocol is not accepted",
      };
    }
  }
  return undefined;
}

/** Its own, and those of what caused it. */
function codesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const own = "code" in error && typeof error.code === "string" ? [error.code] : [error.name];
  const parts: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  return [...own, ...parts.flatMap(codesOf), ...codesOf(error.cause)];
}
