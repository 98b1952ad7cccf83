// The one session with a server: opened with the first call, and again after it was lost, each time a little later.
import { GleitzeitError } from "../../domain/index.ts";
import type { Clock } from "./host.ts";

/** Something that may end by itself, or is closed. */
export type Session = { readonly ended: Promise<unknown>; readonly close: () => Promise<void> };

export type Connection<S extends Session> = {
  readonly session: () => Promise<S>;
  /** Something was answered: the next loss is the first one again. */
  readonly works: () => void;
  readonly close: () => Promise<void>;
};

const LONGEST_PAUSE_MS = 30_000;

/** The first restart is at once: most servers that end were ended. */
const pauseAfter = (losses: number): number =>
  losses < 2 ? 0 : Math.min(LONGEST_PAUSE_MS, 1000 * 2 ** (losses - 2));

export function connection<S extends Session>(
  open: (closing: AbortSignal) => Promise<S>,
  clock: Clock,
): Connection<S> {
  const closing = new AbortController();
  let current: Promise<S> | undefined;
  let losses = 0;
  let lostAt = 0;

  const lost = (): void => {
    current = undefined;
    losses += 1;
    lostAt = clock.monotonic();
  };

  const begun = async (): Promise<S> => {
    await pause(clock, lostAt + pauseAfter(losses) - clock.monotonic(), closing.signal);
    if (closing.signal.aborted) throw new GleitzeitError("SYSTEM_SHUTDOWN", "the connection is closed");
    const session = await open(closing.signal);
    void session.ended.then(lost);
    return session;
  };

  return {
    session: () => {
      current ??= begun().catch((error: unknown) => {
        lost();
        throw error;
      });
      return current;
    },
    works: () => {
      losses = 0;
    },
    close: async () => {
      closing.abort();
      const [last] = await Promise.allSettled([current]);
      if (last.status === "fulfilled") await last.value?.close();
    },
  };
}

function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (ms <= 0 || signal.aborted) return resolve();
    const cancel = clock.after(ms, () => {
      signal.removeEventListener("abort", stop);
      resolve();
    });
    const stop = (): void => {
      cancel();
      resolve();
    };
    signal.addEventListener("abort", stop, { once: true });
  });
}
