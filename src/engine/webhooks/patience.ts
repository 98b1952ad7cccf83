// Waiting for a time to come, or for somebody who says that it may have.
import type { Millis } from "../../domain/index.ts";
import type { Clock } from "../ports/index.ts";
import type { Stopping } from "./stopping.ts";

/** Timers hold no more than that. */
const LONGEST_MS: Millis = 24 * 60 * 60 * 1000;

/** Resolves when the time has come, or was woken; rejects with the signal's reason. */
export function patience(
  clock: Clock,
  ms: Millis,
  { signal, onStop, reason }: Stopping,
  woken: (wake: () => void) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const over = (): void => {
      cancel();
      forget();
      resolve();
    };
    const leave = (): void => {
      cancel();
      forget();
      reject(reason());
    };
    const cancel = clock.after(Math.min(ms, LONGEST_MS), over);
    const forget = onStop(leave);
    if (signal.aborted) return leave();
    woken(over);
  });
}
