import type { Clock } from "../../src/engine/ports/index.ts";

export type HandClock = Clock & {
  /** Moves both clocks on and calls what came due, in order, letting promises settle in between. */
  readonly advance: (millis: number) => Promise<void>;
  /** The wall clock alone, as when somebody sets it. */
  readonly jump: (millis: number) => void;
  /** Timers that still wait. */
  readonly waiting: () => number;
};

type Timer = { readonly at: number; readonly call: () => void };

export function handClock(start = Date.parse("2026-03-01T12:00:00.000Z")): HandClock {
  const timers = new Set<Timer>();
  let elapsed = 0;
  let offset = start;

  const nextBefore = (end: number): Timer | undefined =>
    [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];

  return {
    now: () => offset + elapsed,
    monotonic: () => elapsed,
    after: (delay, call) => {
      const timer = { at: elapsed + Math.max(0, delay), call };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: async (millis) => {
      const end = elapsed + millis;
      for (let timer = nextBefore(end); timer; timer = nextBefore(end)) {
        timers.delete(timer);
        elapsed = timer.at;
        timer.call();
        await settled();
      }
      elapsed = end;
      await settled();
    },
    jump: (millis) => {
      offset += millis;
    },
    waiting: () => timers.size,
  };
}

/** Until what is under way by promises and immediates (the stores' commits) has come to rest. */
export async function settled(turns = 20): Promise<void> {
  for (let i = 0; i < turns; i += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
