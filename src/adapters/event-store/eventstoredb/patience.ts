// Asking a server that may be restarting: again and again for a while, and never for ever for one answer.
import type { Clock } from "../../../engine/ports/index.ts";
import { storeClosed } from "../closed.ts";
import { isTransient, NoAnswer } from "./failure.ts";

export type Patience = {
  readonly clock: Clock;
  /** In [0, 1). Those who lost the same server must not come back in step. */
  readonly random: () => number;
  /** The client waits without an end for most answers, so each has one here. */
  readonly answerMs: number;
  /** After that long, not being reachable is a failure like any other. */
  readonly patienceMs: number;
  readonly closing: Closing;
};

/** When the store has closed, what is still asked is not answered any more. */
export type Closing = {
  isOver(): boolean;
  /** Called at the end; the answer calls it off. */
  onEnd(call: () => void): () => void;
  end(): void;
};

export function closing(): Closing {
  const calls = new Set<() => void>();
  let over = false;
  return {
    isOver: () => over,
    onEnd: (call) => {
      calls.add(call);
      return () => calls.delete(call);
    },
    end: () => {
      over = true;
      for (const call of [...calls]) call();
    },
  };
}

export type Attempt = {
  /** One before this may have been heard. */
  readonly isRepeated: boolean;
  /** Aborted when the answer would come too late. */
  readonly signal: AbortSignal;
};

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

export async function patiently<T>(patience: Patience, ask: (attempt: Attempt) => Promise<T>): Promise<T> {
  const { clock, random, patienceMs } = patience;
  const since = clock.monotonic();
  for (let failures = 0; ; failures += 1) {
    try {
      return await inTime(patience, (signal) => ask({ isRepeated: failures > 0, signal }));
    } catch (error) {
      if (!isTransient(error) || clock.monotonic() - since >= patienceMs) throw error;
    }
    const millis = pauseAfter(failures, random);
    await new Promise<void>((resolve) => {
      clock.after(millis, resolve);
    });
  }
}

export const pauseAfter = (failures: number, random: () => number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** Math.min(failures, 10), LONGEST_PAUSE_MS) * (0.5 + random() / 2);

function inTime<T>(
  { clock, answerMs, closing: store }: Patience,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (store.isOver()) return reject(storeClosed());
    const late = new AbortController();
    const over = (): void => {
      cancel();
      stay();
    };
    const leave = (why: Error): void => {
      over();
      reject(why);
      late.abort();
    };
    const stay = store.onEnd(() => leave(storeClosed()));
    const cancel = clock.after(answerMs, () => leave(new NoAnswer(answerMs)));
    ask(late.signal).then(resolve, reject).finally(over);
  });
}
