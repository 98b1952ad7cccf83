// What is no HTTP, has headers beyond what they may be, or does not come in its time: there is no request yet that a route
// could answer, and whoever sent it is told all the same, as of any other refusal.
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { ErrorCode } from "../../domain/index.ts";
import type { Clock } from "../../engine/index.ts";
import { problemDocument, type Refusal } from "./problem.ts";

const REFUSALS: Readonly<Record<string, readonly [ErrorCode, number, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [
    "CONNECTION_TIMEOUT",
    408,
    "the request did not come whole in the time that it has (`server.request_timeout`)",
  ],
  HPE_HEADER_OVERFLOW: ["RESOURCE_EXHAUSTED", 431, "the headers are larger than 16 KiB together"],
};
const NO_HTTP = ["INVALID_REQUEST", 400, "what came is not HTTP/1.1"] as const;

/** Closed at once, with bytes of the client still unread, its system would throw the answer away. */
const LINGER_MS = 500;

export const clientErrors =
  ({ clock, newRequestId }: { readonly clock: Clock; readonly newRequestId: () => string }) =>
  (error: Error & { readonly code?: string }, socket: Socket): void => {
    if (error.code === "ECONNRESET" || socket.destroyed || !socket.writable) return;
    const [code, status, detail] = REFUSALS[error.code ?? ""] ?? NO_HTTP;
    socket.end(answerOf({ code, status, detail }, status, newRequestId()));
    const cancel = clock.after(LINGER_MS, () => socket.destroy());
    socket.once("close", cancel);
  };

function answerOf(refusal: Refusal, status: number, id: string): string {
  const body = JSON.stringify(problemDocument(refusal, { url: "", id }));
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    "content-type: application/problem+json",
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${id}`,
    "connection: close",
  ];
  return `${lines.join("\r\n")}\r\n\r\n${body}`;
}
