// Runs that only wait, as little of them as it takes to wake them: all of it follows from the log.
import { heap, type Millis, type Revision, type RunId } from "../../domain/index.ts";
import type { Clock } from "../ports/index.ts";
import { type RestingPlace, rests } from "../resting-place.ts";
import { dueTimer } from "./due-timer.ts";

export type Sleeper = {
  readonly tenant: string;
  /** Of the last event that it has seen. */
  readonly revision: Revision;
  readonly dueAt: Millis | undefined;
  readonly rest: RestingPlace;
};

export type Sleepers = {
  readonly get: (run: RunId) => Sleeper | undefined;
  readonly add: (run: RunId, sleeper: Sleeper) => void;
  readonly remove: (run: RunId) => void;
  /** It could not be woken: once more, so long from now. */
  readonly later: (run: RunId, delay: Millis) => void;
  readonly stop: () => void;
};

/** One timer for all of them; `wake` is called for each that is due. */
export function sleepers(clock: Clock, wake: (run: RunId) => void): Sleepers {
  const all = new Map<RunId, Sleeper>();
  const due = heap<{ readonly run: RunId; readonly at: Millis }>((a, b) => a.at < b.at);
  const timer = dueTimer(clock, () => ring());

  /** Entries of those that were woken otherwise, or have another time now, are stale. */
  const first = () => {
    for (let entry = due.peek(); entry; entry = due.peek()) {
      if (all.get(entry.run)?.dueAt === entry.at) return entry;
      due.pop();
    }
    return undefined;
  };

  const ring = (): void => {
    const now = clock.now();
    for (let entry = first(); entry && entry.at <= now; entry = first()) {
      due.pop();
      wake(entry.run);
    }
    timer.arm(first()?.at);
  };

  const add = (run: RunId, sleeper: Sleeper): void => {
    all.set(run, sleeper);
    if (sleeper.dueAt !== undefined) due.push({ run, at: sleeper.dueAt });
    timer.arm(first()?.at);
  };

  return {
    add,
    get: (run) => all.get(run),
    remove: (run) => {
      all.delete(run);
      timer.arm(first()?.at);
    },
    later: (run, delay) => {
      const sleeper = all.get(run);
      if (sleeper) add(run, { ...sleeper, dueAt: clock.now() + delay });
    },
    stop: () => {
      timer.arm(undefined);
      for (const { rest } of all.values()) rests(rest, { kind: "stopped" });
      all.clear();
    },
  };
}
