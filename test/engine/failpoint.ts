// Stops a process between any two things it does: from the chosen point on, nothing it asks of the store is answered.
import type { EventStore } from "../../src/engine/ports/index.ts";
import type { Answer } from "./rig.ts";

export type Failpoint = {
  readonly events: (events: EventStore) => EventStore;
  readonly provider: (answer: Answer) => Answer;
  /** Points passed so far. */
  readonly passed: () => number;
  /** Resolves when the process has stopped; never if the point is not reached. */
  readonly stopped: Promise<void>;
};

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/** Points are counted from 1: before each append, after each append, after each answer of a provider. */
export function failpoint(at: number): Failpoint {
  let count = 0;
  let dead = false;
  let stop = (): void => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });

  const point = async (): Promise<void> => {
    if (dead) return never();
    count += 1;
    if (count < at || at <= 0) return;
    dead = true;
    stop();
    return never();
  };

  const alive =
    <A extends readonly unknown[], T>(call: (...args: A) => Promise<T>) =>
    (...args: A): Promise<T> =>
      dead ? never() : call(...args);

  return {
    stopped,
    passed: () => count,
    events: (events) => ({
      limits: events.limits,
      read: alive((...args) => events.read(...args)),
      readMany: alive((...args) => events.readMany(...args)),
      readAll: alive((...args) => events.readAll(...args)),
      head: alive(() => events.head()),
      changes: (by) => events.changes(by),
      close: () => Promise.resolve(),
      append: async (stream, expected, batch) => {
        await point();
        const appended = await events.append(stream, expected, batch);
        await point();
        return appended;
      },
    }),
    provider: (answer) => async (call) => {
      const outcome = await answer(call);
      await point();
      return outcome ?? never();
    },
  };
}
