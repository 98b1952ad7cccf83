// A clock whose patience ends when the test says so; what is short passes by itself.
import { systemClock } from "../../../src/adapters/host/index.ts";

const LONG_MS = 4_000;

export function impatient() {
  const clock = systemClock();
  const due = new Set<() => void>();
  return {
    clock: {
      ...clock,
      after: (ms: number, call: () => void) => {
        if (ms < LONG_MS) return clock.after(ms, call);
        due.add(call);
        return () => void due.delete(call);
      },
    },
    lose: () => setImmediate(() => due.forEach((call) => call())),
  };
}
