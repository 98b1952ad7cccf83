// The one session with a server: opened with the first call, and again after it was lost, each time a little later.
import { GleitzeitError } from "../../../domain/index.ts";
import type { Clock } from "../../../engine/ports/index.ts";
import type { ServerSession } from "./server-session.ts";

export type Connection = {
  readonly session: () => Promise<ServerSession>;
  /** Something was answered: the next loss is the first one again. */
  readonly works: () => void;
  readonly close: () => Promise<void>;
};

const LONGEST_PAUSE_MS = 30_000;

/** The first restart is at once: most servers that end were ended. */
const pauseAfter = (losses: number): number =>
  losses < 2 ? 0 : Math.min(LONGEST_PAUSE_MS, 1000 * 2 ** (losses - 2));

export function connection(open: (closing: AbortSignal) => Promise<ServerSession>, clock: Clock): Connection {
  const closing = new AbortController();
  let current: Promise<ServerSession> | undefined;
  let losses = 0;
  let lostAt = 0;

  const lost = (): void => {
    current = undefined;
    losses += 1;
    lostAt = clock.monotonic();
  };

  const begun = async (): Promise<ServerSession> => {
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
