// A signal that many wait on: one listener on it, however many there are.

export type Stopping = {
  readonly signal: AbortSignal;
  /** Called once, when it is stopped; the answer takes it back. */
  readonly onStop: (call: () => void) => () => void;
  readonly reason: () => Error;
};

export function stopping(signal: AbortSignal): Stopping {
  const calls = new Set<() => void>();
  const stop = (): void => {
    for (const call of [...calls]) call();
    calls.clear();
  };
  signal.addEventListener("abort", stop, { once: true });
  return {
    signal,
    onStop: (call) => {
      calls.add(call);
      return () => calls.delete(call);
    },
    reason: () => (signal.reason instanceof Error ? signal.reason : new Error("stopped")),
  };
}
