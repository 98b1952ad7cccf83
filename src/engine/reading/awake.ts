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
