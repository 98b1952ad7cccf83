// A way to an endpoint: a program of one's own, or an address.
import {
  type ErrorInfo,
  GleitzeitError,
  type Json,
  type JsonObject,
  type Millis,
} from "../../../domain/index.ts";
import type {
  Clock,
  Outbound,
  ProcessEnd,
  Random,
  Session,
  SpokenProgram,
} from "../../../engine/ports/index.ts";
import type { Id } from "./message.ts";
import type { Reply } from "./reply.ts";

export type Way =
  | ({ readonly kind: "program" } & SpokenProgram)
  | {
      readonly kind: "url";
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
      /** Trusted: the address is the operator's. */
      readonly outbound: Outbound;
    };

export type Question = {
  readonly method: string;
  readonly params?: Json;
  readonly signal: AbortSignal;
  /** Sent as it is instead; for checks of what becomes of what is no request. */
  readonly text?: (id: Id) => string;
  /** What it says of the call while it works on it. */
  readonly onTold?: (method: string, params: JsonObject) => void;
  /** It knows how to be told that a call is no longer wanted, and answers it then. */
  readonly stops?: boolean;
};

export type RpcSession = Omit<Session, "ended"> & {
  /** Resolves when nothing of it is left; with how its program ended, if it is one. */
  readonly ended: Promise<ProcessEnd | undefined>;
  readonly close: (patienceMs?: Millis) => Promise<void>;
  /** Rejects with the signal's reason, or with what became of the endpoint. */
  readonly ask: (question: Question) => Promise<Reply>;
  /** Why it is no more; undefined while it stands. */
  readonly fate: () => ErrorInfo | undefined;
  /** What was learned of it stays true until it has ended. */
  readonly lasts: boolean;
  /** At once. */
  readonly cut: (why: ErrorInfo) => void;
  /** The last that it wrote and that is no message, to be said where nothing is answered. */
  readonly noise: () => string;
};

export type SessionOptions = {
  /** In the configuration. */
  readonly name: string;
  readonly clock: Clock;
  readonly random: Pick<Random, "eventId">;
  /** Of one message from it. */
  readonly mostBytes: number;
};

/** For the answer to a call that was left, or for any sign of life after it. */
export const SETTLE_MS: Millis = 5_000;

/** Reserved by JSON-RPC and known to nobody: whoever lives refuses it. */
export const PROOF_OF_LIFE = "rpc.ping";

export const named = (name: string): string => `the endpoint ${name}`;

/** What an aborted call is rejected with. */
export const abortError = ({ reason }: AbortSignal): Error =>
  reason instanceof Error ? reason : new GleitzeitError("TASK_CANCELLED", String(reason));

/** Why a call is left, as it is told. */
export const reasonOf = ({ reason }: AbortSignal): JsonObject =>
  reason instanceof GleitzeitError ? { code: reason.code, reason: reason.message } : {};
