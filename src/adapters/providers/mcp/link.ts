// A way to one server: what the SDK speaks through, and how it ended.
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { ErrorInfo } from "../../../domain/index.ts";
import type { Outbound, SpokenProgram } from "../../../engine/ports/index.ts";

export type Link = {
  readonly transport: Transport;
  /** Why it is no more; undefined while it stands, or when it was closed from here. */
  readonly fate: () => ErrorInfo | undefined;
  /** Resolves when it is closed and nothing of it is left. */
  readonly ended: Promise<unknown>;
  /** At once, without a farewell. */
  readonly cut: (why: ErrorInfo) => void;
  /** What is said before it is closed, where there is something to say. */
  readonly farewell?: () => Promise<void>;
};

export type Way = ({ readonly kind: "program" } & ServerProgram) | ({ readonly kind: "url" } & ServerAddress);

export type ServerAddress = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Trusted: the address is the operator's. */
  readonly outbound: Outbound;
};

export type ServerProgram = SpokenProgram;
