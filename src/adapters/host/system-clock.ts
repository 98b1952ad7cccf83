import type { Clock } from "../../engine/ports/index.ts";

/** Longer than this Node's timers fire at once (2^31 ms, about 24 days), so long delays are waited for in parts. */
const LONGEST = 2 ** 31 - 1;

/** A pending timer keeps the process alive: a run that waits for its retry is not over. */
export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    after: (delay, call) => {
      let left = Math.max(0, delay);
      let timer: NodeJS.Timeout;
      const arm = (): void => {
        const part = Math.min(left, LONGEST);
        left -= part;
        timer = setTimeout(left > 0 ? arm : call, part);
      };
      arm();
      return () => clearTimeout(timer);
    },
  };
}
