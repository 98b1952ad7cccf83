// So many calls at once; the others wait in their order, and leave when they are stopped.
import { errorInfoOf, GleitzeitError } from "../../../domain/index.ts";

export function places(most: number, mostWaiting: number) {
  const waiting: (() => void)[] = [];
  let free = most;

  function give(): void {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }

  /** Resolves to what gives the place back, to be called once; rejects with the signal's reason. */
  return function place(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.reject(reasonOf(signal));
    if (free > 0) {
      free -= 1;
      return Promise.resolve(give);
    }
    if (waiting.length >= mostWaiting) return Promise.reject(overloaded(mostWaiting));
    return new Promise((resolve, reject) => {
      const next = (): void => {
        signal.removeEventListener("abort", leave);
        resolve(give);
      };
      const leave = (): void => {
        waiting.splice(waiting.indexOf(next), 1);
        reject(reasonOf(signal));
      };
      signal.addEventListener("abort", leave, { once: true });
      waiting.push(next);
    });
  };
}

const overloaded = (most: number): GleitzeitError =>
  new GleitzeitError(
    "PROVIDER_OVERLOADED",
    `${most} calls wait for a container already; try again later, or run fewer tasks at once`,
  );

const reasonOf = ({ reason }: AbortSignal): Error =>
  reason instanceof Error ? reason : new GleitzeitError("TASK_CANCELLED", errorInfoOf(reason).message);
