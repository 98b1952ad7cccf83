// Work of one moment shares one transaction, and so one fsync.
//
// 1. Jobs are applied in the order in which they came.
// 2. A job that meets a conflict fails alone; anything else that fails undoes and fails all of its transaction.
// 3. Nobody hears of an outcome before the transaction has ended, not even of a conflict: it may stem from a
//    job that was undone.
// 4. The queue is not emptied into one transaction at any size: while it commits, nothing else happens here.
// 5. Who took over from another process steps aside once: one that commits without a pause would leave the
//    other only moments in which to find the file free.
import { setImmediate, setTimeout } from "node:timers/promises";
import { VersionConflict } from "../../engine/ports/index.ts";
import { type Patience, whenFree } from "./busy.ts";

const MOST_EVENTS = 2_000;
const MOST_BYTES = 8 * 1024 * 1024;
const STEP_ASIDE_MS = 1;

export type Transactions = {
  /** Throws SQLITE_BUSY while another connection writes; true if one has written since the last transaction. */
  begin(): boolean;
  commit(): void;
  rollback(): void;
  /** After each transaction, however it ended. */
  ended(): void;
};

export type Weight = { readonly events: number; readonly bytes: number };

type Job = {
  readonly weight: Weight;
  /** Does the work; the answer tells whoever waits for it. */
  readonly apply: () => () => void;
  readonly fail: (error: unknown) => void;
};

export type GroupCommit = {
  submit<T>(weight: Weight, work: () => T): Promise<T>;
  /** Resolves when nothing is queued or under way. */
  idle(): Promise<void>;
};

export function groupCommit(transactions: Transactions, patience: Patience): GroupCommit {
  const queue: Job[] = [];
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    // All that is asked in this turn of the event loop, and in the callbacks it leads to, goes together.
    while (queue.length > 0) {
      await setImmediate();
      await commitSome();
    }
    running = undefined;
  }

  async function commitSome(): Promise<void> {
    let taken: readonly Job[] = [];
    let tookOver = false;
    try {
      const settle = await whenFree(() => {
        tookOver = transactions.begin();
        taken = taken.length > 0 ? taken : take(queue);
        return committed(transactions, taken);
      }, patience);
      transactions.ended();
      for (const tell of settle) tell();
    } catch (error) {
      if (taken.length === 0) taken = take(queue);
      transactions.ended();
      for (const { fail } of taken) fail(error);
    }
    if (tookOver) await setTimeout(STEP_ASIDE_MS);
  }

  return {
    submit: (weight, work) =>
      new Promise((resolve, reject) => {
        queue.push({ weight, apply: () => outcomeOf(work, resolve, reject), fail: reject });
        running ??= run();
      }),
    idle: async () => {
      await running;
    },
  };
}

function committed(transactions: Transactions, jobs: readonly Job[]): readonly (() => void)[] {
  try {
    const settle = jobs.map((job) => job.apply());
    transactions.commit();
    return settle;
  } catch (error) {
    transactions.rollback();
    throw error;
  }
}

function outcomeOf<T>(
  work: () => T,
  resolve: (value: T) => void,
  reject: (error: unknown) => void,
): () => void {
  try {
    const value = work();
    return () => resolve(value);
  } catch (error) {
    if (error instanceof VersionConflict) return () => reject(error);
    throw error;
  }
}

/** At least one, and no more than fit together. */
function take(queue: Job[]): readonly Job[] {
  let [events, bytes] = [0, 0];
  const beyond = queue.findIndex(({ weight }, i) => {
    events += weight.events;
    bytes += weight.bytes;
    return i > 0 && (events > MOST_EVENTS || bytes > MOST_BYTES);
  });
  return queue.splice(0, beyond === -1 ? queue.length : beyond);
}
