// A call as a pool looks at it: what it asks for, and what its end means.
import {
  type Ask,
  type ErrorInfo,
  errorInfoOf,
  GleitzeitError,
  type Strategy,
} from "../../../domain/index.ts";
import type { Call, CallContext, Outcome } from "../../../engine/ports/index.ts";
import type { Taken } from "./desk.ts";

/** With `hash`, what has no key of its own stays with its run: that is where the server may still know it. */
export function askOf(
  { params: { model } }: Call,
  { run, steer = {} }: CallContext,
  { defaultModel, strategy }: { readonly defaultModel?: string | undefined; readonly strategy: Strategy },
): Ask {
  const hashKey = steer.hashKey ?? (strategy === "hash" ? run : undefined);
  return {
    model: typeof model === "string" ? model : defaultModel,
    ...(hashKey !== undefined && { hashKey }),
  };
}

/** A call that was stopped says why in its signal: a timeout is the instance's fault, a cancellation is nobody's. */
export function errorIn(outcome: Outcome, signal: AbortSignal): ErrorInfo | undefined {
  if (outcome.ok) return undefined;
  return signal.aborted ? errorInfoOf(signal.reason, "TASK_CANCELLED") : outcome.error;
}

export const refused = ({ error, retryAfterMs }: Extract<Taken, { readonly ok: false }>): Outcome => ({
  ok: false,
  error,
  ...(retryAfterMs !== undefined && { retryAfterMs }),
});

export const shutDown = (name: string): ErrorInfo =>
  errorInfoOf(new GleitzeitError("SYSTEM_SHUTDOWN", `the provider ${name} is closed`));
