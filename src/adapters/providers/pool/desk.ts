// Where calls get an instance, or wait for one: the pool as this process knows it, and the queue before it.
//
// 1. Who came first is served first, unless what it asks for is busy and what a later one asks for is not.
// 2. The queue is bounded, and so is the wait: by the call's own timeout.
// 3. It is served when a call ends, when time has made somebody free, and when others changed how instances stand.
import {
  type Ask,
  type Choice,
  choose,
  type Ended,
  type ErrorInfo,
  ended,
  errorInfo,
  errorInfoOf,
  type Millis,
  type Pool,
  type PoolEvent,
  type Step,
  type Time,
} from "../../../domain/index.ts";
import type { Clock } from "../../../engine/ports/index.ts";

export type Taken =
  | { readonly ok: true; readonly id: string; readonly isTrial: boolean }
  | { readonly ok: false; readonly error: ErrorInfo; readonly retryAfterMs?: Millis };

export type DeskOptions = {
  /** Of the provider, for messages. */
  readonly name: string;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly fraction: () => number;
  readonly maxQueue: number;
  readonly record: (events: readonly PoolEvent[]) => void;
  readonly pool: Pool;
};

export type Desk = {
  readonly take: (ask: Ask, signal: AbortSignal, patienceMs: Millis) => Promise<Taken>;
  readonly giveBack: (id: string, call: Ended) => void;
  readonly change: (how: (pool: Pool, time: Time) => Step) => void;
  /** Of the queue. */
  readonly bound: (maxQueue: number) => void;
  readonly pool: () => Pool;
  /** Whoever waits hears that it is over. */
  readonly close: (error: ErrorInfo) => void;
};

type Waiter = {
  readonly ask: Ask;
  /** The same for those that wait for the same. */
  readonly kind: string;
  /** On the steady clock. */
  readonly until: Millis;
  readonly answer: (taken: Taken) => void;
};

export function desk({ name, clock, fraction, record, ...first }: DeskOptions): Desk {
  let { pool, maxQueue } = first;
  const waiting = new Set<Waiter>();
  let cancelTimer = (): void => undefined;
  const time = (): Time => ({ wall: clock.now(), steady: clock.monotonic() });

  const step = (next: Step): void => {
    pool = next.pool;
    record(next.events);
  };

  /** Undefined: it has to wait; `left` says how long it would. */
  const tryNow = (ask: Ask, left: Millis): { readonly taken: Taken } | { readonly inMs?: Millis } => {
    const choice = choose(pool, ask, time(), fraction());
    switch (choice.kind) {
      case "chosen":
        step(choice);
        return { taken: { ok: true, id: choice.id, isTrial: choice.isTrial } };
      case "none":
        return { taken: refusal(choice) };
      case "wait":
        if (choice.why === "limited" && (choice.inMs ?? 0) > left) return { taken: refusal(choice) };
        return choice.inMs === undefined ? {} : { inMs: choice.inMs };
    }
  };

  const refusal = (choice: Exclude<Choice, { readonly kind: "chosen" }>): Taken => {
    const { inMs } = choice;
    const error =
      choice.kind === "none"
        ? errorInfo(choice.code, `no instance of provider \`${name}\` can take the call: ${choice.why}`)
        : errorInfo(
            "RATE_LIMIT_EXCEEDED",
            `the rate limits of provider \`${name}\` leave no room for the call`,
          );
    return { ok: false, error, ...(inMs !== undefined && { retryAfterMs: inMs }) };
  };

  const serve = (): void => {
    cancelTimer();
    const busy = new Set<string>();
    let soonest: Millis | undefined;
    for (const waiter of waiting) {
      if (busy.has(waiter.kind)) continue;
      const tried = tryNow(waiter.ask, waiter.until - clock.monotonic());
      if ("taken" in tried) {
        waiting.delete(waiter);
        waiter.answer(tried.taken);
        continue;
      }
      busy.add(waiter.kind);
      if (tried.inMs !== undefined) soonest = Math.min(soonest ?? tried.inMs, tried.inMs);
    }
    if (soonest !== undefined) cancelTimer = clock.after(soonest, serve);
  };

  const wait = (ask: Ask, signal: AbortSignal, patienceMs: Millis): Promise<Taken> =>
    new Promise((resolve) => {
      const stop = (): void => {
        waiting.delete(waiter);
        resolve({ ok: false, error: errorInfoOf(signal.reason, "TASK_CANCELLED") });
      };
      const { model, hashKey, preferred, avoid = [] } = ask;
      const waiter: Waiter = {
        ask,
        kind: JSON.stringify([model, hashKey, preferred, ...avoid]),
        until: clock.monotonic() + patienceMs,
        answer: (taken) => {
          signal.removeEventListener("abort", stop);
          resolve(taken);
        },
      };
      signal.addEventListener("abort", stop, { once: true });
      waiting.add(waiter);
      serve();
    });

  return {
    take: async (ask, signal, patienceMs) => {
      if (signal.aborted) return { ok: false, error: errorInfoOf(signal.reason, "TASK_CANCELLED") };
      if (waiting.size === 0) {
        const tried = tryNow(ask, patienceMs);
        if ("taken" in tried) return tried.taken;
      }
      if (waiting.size < maxQueue) return wait(ask, signal, patienceMs);
      const message = `every instance of provider \`${name}\` is busy, and ${waiting.size} calls wait already`;
      return { ok: false, error: errorInfo("PROVIDER_OVERLOADED", message) };
    },
    giveBack: (id, call) => {
      step(ended(pool, id, call, time()));
      if (waiting.size > 0) serve();
    },
    change: (how) => {
      step(how(pool, time()));
      if (waiting.size > 0) serve();
    },
    bound: (most) => {
      maxQueue = most;
    },
    pool: () => pool,
    close: (error) => {
      cancelTimer();
      for (const waiter of waiting) waiter.answer({ ok: false, error });
      waiting.clear();
    },
  };
}
