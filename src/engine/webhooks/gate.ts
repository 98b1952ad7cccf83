// Who may call an endpoint now: so many at once, so many a second, and where it does not answer at all, one now and then.
import { choose, type Ended, ended, type Millis, type Pool, poolOf, type Time } from "../../domain/index.ts";
import type { Clock } from "../ports/index.ts";
import type { Stopping } from "./stopping.ts";

export type GateOptions = {
  readonly clock: Clock;
  readonly fraction: () => number;
  /** Deliveries a second. */
  readonly maxRate: number | undefined;
  /** How long it is left alone after many failures in a row. */
  readonly recoveryMs: Millis;
};

export type Pass = { readonly isTrial: boolean; readonly over: (how: Omit<Ended, "isTrial">) => void };

export type Gate = {
  /** Resolves in the order in which they came; rejects with the signal's reason. */
  readonly enter: (stop: Stopping) => Promise<Pass>;
};

const AT_ONCE = 8;
const FAILURES = 10;
const RECEIVER = "receiver";

export function gate({ clock, fraction, maxRate, recoveryMs }: GateOptions): Gate {
  const time = (): Time => ({ wall: clock.now(), steady: clock.monotonic() });
  const limits =
    maxRate === undefined ? [] : [{ perMinute: maxRate * 60, burst: Math.max(1, Math.ceil(maxRate)) }];
  let pool: Pool = poolOf(
    {
      strategy: "round_robin",
      breaker: { failureThreshold: FAILURES, recoveryMs, halfOpenRequests: 1, successThreshold: 1 },
      instances: [{ id: RECEIVER, weight: 1, priority: 0, maxConcurrent: AT_ONCE, limits }],
      standings: new Map(),
    },
    time(),
  );
  const waiting = new Set<(pass: Pass) => void>();
  let cancelTimer = (): void => undefined;

  const passOf = (isTrial: boolean): Pass => ({
    isTrial,
    over: (how) => {
      pool = ended(pool, RECEIVER, { ...how, isTrial }, time()).pool;
      serve();
    },
  });

  const serve = (): void => {
    cancelTimer();
    cancelTimer = () => undefined;
    for (const answer of waiting) {
      const choice = choose(pool, {}, time(), fraction());
      if (choice.kind !== "chosen") {
        if (choice.inMs !== undefined) cancelTimer = clock.after(Math.max(1, choice.inMs), serve);
        return;
      }
      pool = choice.pool;
      waiting.delete(answer);
      answer(passOf(choice.isTrial));
    }
  };

  return {
    enter: ({ signal, onStop, reason }) =>
      new Promise((resolve, reject) => {
        const leave = (): void => {
          forget();
          waiting.delete(answer);
          if (waiting.size === 0) cancelTimer();
          reject(reason());
        };
        const answer = (pass: Pass): void => {
          forget();
          resolve(pass);
        };
        const forget = onStop(leave);
        if (signal.aborted) return leave();
        waiting.add(answer);
        serve();
      }),
  };
}
