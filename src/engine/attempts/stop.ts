// How an attempt is told to stop: its provider by a signal, whoever waits for the provider's answer by a call.
// A listener at the signal would do for both, but costs more than the rest of a short attempt.
import type { GleitzeitError } from "../../domain/index.ts";

export type Stop = {
  readonly signal: AbortSignal;
  /** Only the first reason counts. */
  readonly abort: (reason: GleitzeitError) => void;
  /** Who is called, once, when it is told to stop: at once if it has been told already. */
  readonly tell: (call: () => void) => void;
};

export function stop(): Stop {
  const controller = new AbortController();
  let told: (() => void) | undefined;
  return {
    signal: controller.signal,
    abort: (reason) => {
      if (controller.signal.aborted) return;
      controller.abort(reason);
      told?.();
    },
    tell: (call) => {
      if (controller.signal.aborted) call();
      else told = call;
    },
  };
}
