import type { z } from "zod";
import type {
  ErrorCode,
  ErrorInfo,
  Json,
  JsonObject,
  Millis,
  RunId,
  Steer,
  TaskId,
} from "../../domain/index.ts";
import type { Captured, CapturedFile, FileNeeds } from "./files.ts";
import type { Log } from "./host.ts";

/** One method: validation, the published list and the docs all come from here. */
export type Method = {
  readonly version: number;
  readonly description: string;
  readonly params: z.ZodType;
  readonly result: z.ZodType;
  readonly examples: readonly JsonObject[];
  /** Calling it twice has the same effect as once. */
  readonly idempotent?: boolean;
  readonly streams?: boolean;
  /** Which files a call with these params wants to see. References are already resolved, or left out. */
  readonly files?: (params: JsonObject) => FileNeeds;
};

export type Call = { readonly method: string; readonly params: JsonObject };

export type CallContext = {
  readonly run: RunId;
  readonly task: TaskId;
  readonly attempt: number;
  /** `run/task`, the same for all attempts; passed on where the protocol has a place for it. */
  readonly idempotencyKey: string;
  /** Aborted at the timeout, on cancellation and at shutdown; the provider stops its work and answers. */
  readonly signal: AbortSignal;
  readonly timeoutMs: Millis;
  /** For providers with several instances: calls that say the same go to the same one. */
  readonly steer?: Steer;
  readonly files: readonly CapturedFile[];
  readFile(file: CapturedFile): Promise<Uint8Array>;
  readonly log: Log;
  /** A live chunk for whoever watches; not stored. */
  emit(chunk: { readonly kind: string; readonly text: string }): void;
};

/** What stood beside the result or failure. Text members are at most 1 MiB each. */
export type Evidence = {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly truncated?: boolean;
  readonly partial?: Json;
  readonly http?: { readonly status: number; readonly body: string };
};

export type Usage = {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  /** Millionths of the currency unit, so that it stays an integer. */
  readonly costMicros?: number;
};

/** An instance that was asked before the one that answered, and did nothing. */
export type Tried = { readonly instance: string; readonly code: ErrorCode };

/** A failure is an outcome, not an exception; a provider that throws is reported as INTERNAL_ERROR. */
export type Outcome =
  | {
      readonly ok: true;
      readonly result: Json;
      readonly usage?: Usage;
      /** Who answered, where one stood in for another. */
      readonly provider?: string;
      readonly instance?: string;
      readonly tried?: readonly Tried[];
      readonly model?: string;
      readonly modelDigest?: string;
    }
  | {
      readonly ok: false;
      readonly error: ErrorInfo;
      readonly evidence?: Evidence;
      readonly provider?: string;
      readonly instance?: string;
      readonly tried?: readonly Tried[];
      /** The server asked to be left alone for that long. */
      readonly retryAfterMs?: Millis;
    };

export type InstanceHealth = {
  readonly instance: string;
  readonly status: Health["status"];
  readonly detail?: string;
  /** As the log has it. */
  readonly breaker: "closed" | "open" | "half-open";
  /** Of an open one: when it is tried again, ISO 8601. */
  readonly until?: string;
  readonly draining: boolean;
};

export type Health = {
  readonly status: "healthy" | "degraded" | "unhealthy";
  readonly detail?: string;
  /** Of a provider that has several. */
  readonly instances?: readonly InstanceHealth[];
  /** What stands between this provider's work and the host: names of active protection layers. */
  readonly layers?: readonly string[];
  /** Those that do not hold here, each with what its absence means for this machine. */
  readonly missing?: readonly { readonly layer: string; readonly means: string }[];
};

/** `path`: in the params; absent when it is the method itself. */
export type Foreseen = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly path?: readonly (string | number)[];
};

/** What a model is told of a method that only its own server can describe. */
export type Described = { readonly description?: string; readonly parameters: JsonObject };

export interface Provider {
  /** `python/v1`. */
  readonly protocol: string;
  /** The provider's name in the configuration: `python`, `builtin`, `local`. */
  readonly name: string;
  /** Key `*` stands for any other name. */
  readonly methods: Readonly<Record<string, Method>>;
  /** Where a key stands for many: those there are now, as whoever serves them says. */
  described?(): Promise<Readonly<Record<string, Method>>>;
  /** What its instances are called, where it has several. */
  readonly instances?: readonly string[];
  /** Of several that speak its protocol, this one is meant: the model that is asked is declared here. */
  takes?(call: Call): boolean;
  /**
   * What is certain to be refused of this call, found out before anything runs; nothing where that cannot be known yet.
   * The params may hold references: what is said of such places is left aside.
   */
  preflight?(call: Call): Promise<readonly Foreseen[]>;
  /** A method by what it takes, where its published schema does not say. */
  describe?(method: string): Promise<Described | undefined>;
  /** Its own code for this call: captured with the call as files are, so that it is known which code ran. */
  brings?(call: Call): Promise<readonly Captured[]>;
  execute(call: Call, context: CallContext): Promise<Outcome>;
  health?(): Promise<Health>;
  /** Runs are about to be driven: what an earlier process left behind may go. Never waited for. */
  begin?(): Promise<void>;
  /** The run has ended: whatever was kept for it (an interpreter, a session) may go. */
  release?(run: RunId): void;
  /** Aborts what runs; nothing is left when it resolves. Idempotent. */
  close(): Promise<void>;
}
