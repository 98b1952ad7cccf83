// Waiting for other processes without blocking this one: SQLite's own waiting sleeps in the event loop, and the
// one that sleeps longest between its looks never gets its turn beside a busy writer.
import { performance } from "node:perf_hooks";
import { setImmediate, setTimeout } from "node:timers/promises";
import { isBusy } from "./sqlite-failure.ts";

export type Patience = {
  /** In [0, 1). Processes that wait for each other must not look in step. */
  readonly random: () => number;
  /** After that long, being busy is a failure like any other. */
  readonly patienceMs: number;
};

export async function whenFree<T>(attempt: () => T, { random, patienceMs }: Patience): Promise<T> {
  let since: number | undefined;
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error)) throw error;
      since ??= performance.now();
      if (performance.now() - since > patienceMs) throw error;
    }
    const jitterMs = Math.floor(random() * 3);
    await (jitterMs === 0 ? setImmediate() : setTimeout(jitterMs));
  }
}
