// Calls to other machines, behind one door.
import type { ClientCertificate, Millis } from "../../domain/index.ts";

export type OutboundRequest = {
  /** Absolute, `http:` or `https:`. */
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Shown to the server if it asks for one. */
  readonly certificate?: ClientCertificate;
  readonly signal: AbortSignal;
  /** How long the server may be silent: before it answers, and between two pieces of its answer. */
  readonly silenceMs: Millis;
};

export type OutboundResponse = {
  readonly status: number;
  /** Lower-case names; a header that came several times is a list. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** The other end of the connection, where it is known. */
  readonly address?: string;
  /** As it comes, to be read once, to its end or left by `break`. Fails as `send` does. */
  readonly body: AsyncIterable<Uint8Array>;
};

export interface Outbound {
  /**
   * One exchange: no redirects are followed, nothing is repeated. Any status is a response. Rejects with the signal's
   * reason, or a GleitzeitError: DESTINATION_NOT_ALLOWED, NETWORK_UNREACHABLE, CONNECTION_REFUSED,
   * CONNECTION_TIMEOUT, CONNECTION_LOST, PROVIDER_TIMEOUT, AUTHENTICATION_FAILED (the server's certificate),
   * PROVIDER_ERROR (what came is not HTTP), INVALID_PARAMS (what cannot be sent), SYSTEM_SHUTDOWN (after `close`).
   */
  send(request: OutboundRequest): Promise<OutboundResponse>;
  /** Ends what is under way. Idempotent. */
  close(): Promise<void>;
}
