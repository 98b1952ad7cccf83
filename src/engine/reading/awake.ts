// Waiting for what others append holds nothing that would keep the process alive: whoever stays says so.
import type { Clock } from "../ports/index.ts";

const A_YEAR_MS = 365 * 24 * 3_600_000;

export async function* awake<T>(clock: Clock, stays: boolean, source: AsyncIterable<T>): AsyncGenerator<T> {
  const cancel = stays ? clock.after(A_YEAR_MS, () => undefined) : () => undefined;
  try {
    yield* source;
  } finally {
    cancel();
  }
}

/** The same for what is waited for once: a run that waits for a signal has no timer of its own. */
export async function awakeFor<T>(clock: Clock, source: Promise<T>): Promise<T> {
  const cancel = clock.after(A_YEAR_MS, () => undefined);
  try {
    return await source;
  } finally {
    cancel();
  }
}
