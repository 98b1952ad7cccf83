// What the engine needs of its surroundings, handed in so that tests can drive it.
import type { EventId, Json, Millis, RunId } from "../../domain/index.ts";

export interface Clock {
  /** Wall clock, epoch milliseconds. May jump. */
  now(): Millis;
  /** Never goes back; milliseconds from an arbitrary start. */
  monotonic(): Millis;
  /** Calls back once after that many milliseconds; the answer cancels it. */
  after(delay: Millis, call: () => void): () => void;
}

export interface Random {
  /** UUID v7. */
  eventId(): EventId;
  runId(): RunId;
  salt(): Uint8Array;
  /** In [0, 1). */
  fraction(): number;
}

/** Keyed with the tenant key, which never leaves the adapter; the answer is lower-case hex. */
export interface TenantKeys {
  hmac(tenant: string, ...parts: readonly string[]): string;
}

/** Structured log lines, never payload values. */
export interface Log {
  debug(fields: Readonly<Record<string, Json | Error>>, message: string): void;
  info(fields: Readonly<Record<string, Json | Error>>, message: string): void;
  warn(fields: Readonly<Record<string, Json | Error>>, message: string): void;
  error(fields: Readonly<Record<string, Json | Error>>, message: string): void;
}

/** SHA-256 of these bytes, lower-case hex. */
export type Sha256 = (bytes: Uint8Array) => string;
