// Calls that wait for an interpreter, in order within their run.
import { errorInfoOf, GleitzeitError, type RunId } from "../../domain/index.ts";

export interface WaitingCalls<T> {
  /** GleitzeitError PROVIDER_OVERLOADED when too many wait already; the signal's reason when it is aborted first. */
  wait(run: RunId, signal: AbortSignal): Promise<T>;
  /** How many wait of each run; who waits longest first. */
  counts(): ReadonlyMap<RunId, number>;
  serve(run: RunId, what: T): void;
  /** Refuses the call that has waited longest. */
  refuseFirst(error: Error): void;
  refuseAll(error: Error): void;
}

type Waiter<T> = { readonly resolve: (what: T) => void; readonly reject: (error: Error) => void };

/** `language` is for messages. */
export function waitingCalls<T>(limit: number, language: string): WaitingCalls<T> {
  const queues = new Map<RunId, Set<Waiter<T>>>();
  let total = 0;

  function remove(run: RunId, waiter: Waiter<T>): void {
    const queue = queues.get(run);
    if (!queue?.delete(waiter)) return;
    total -= 1;
    // A run that was served goes behind the others that wait.
    queues.delete(run);
    if (queue.size > 0) queues.set(run, queue);
  }

  function first(run: RunId): Waiter<T> | undefined {
    const [waiter] = queues.get(run) ?? [];
    return waiter;
  }

  return {
    wait(run, signal) {
      if (signal.aborted) return Promise.reject(reasonOf(signal));
      if (total >= limit) return Promise.reject(overloaded(limit, language));
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          signal.removeEventListener("abort", onAbort);
          remove(run, waiter);
        };
        const waiter: Waiter<T> = {
          resolve: (what) => {
            leave();
            resolve(what);
          },
          reject: (error) => {
            leave();
            reject(error);
          },
        };
        const onAbort = (): void => waiter.reject(reasonOf(signal));
        signal.addEventListener("abort", onAbort, { once: true });
        const queue = queues.get(run) ?? new Set();
        queues.set(run, queue.add(waiter));
        total += 1;
      });
    },
    counts: () => new Map([...queues].map(([run, queue]) => [run, queue.size])),
    serve: (run, what) => first(run)?.resolve(what),
    refuseFirst(error) {
      const [run] = queues.keys();
      if (run !== undefined) first(run)?.reject(error);
    },
    refuseAll(error) {
      for (const waiter of [...queues.values()].flatMap((queue) => [...queue])) waiter.reject(error);
    },
  };
}

/** An abort's reason, whatever it was, as the error it stands for. */
export const reasonOf = (signal: AbortSignal): GleitzeitError => {
  const reason: unknown = signal.reason;
  return reason instanceof GleitzeitError
    ? reason
    : new GleitzeitError("TASK_CANCELLED", `the call was stopped: ${errorInfoOf(reason).message}`);
};

const overloaded = (limit: number, language: string): GleitzeitError =>
  new GleitzeitError(
    "PROVIDER_OVERLOADED",
    `${limit} ${language} calls wait for an interpreter already; try again later, or run fewer tasks at once`,
  );
