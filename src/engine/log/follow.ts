// Turns a log's pages and its hints into one sequence: catch-up, then live, no gap, no repeat.
//
// 1. The subscription to hints starts before the first read, and a hint that comes during a read is kept,
//    so nothing can be appended unnoticed between a read and the wait that follows it.
// 2. Each read goes on where the one before ended, so nothing comes twice, however many hints there are.
// 3. The next page is read when the consumer asks for it: a slow consumer holds one page, never more.
import { Observable } from "rxjs";
import type { Position } from "../../domain/index.ts";
import type { EventStore, Page, StoredEvent, StreamPrefix } from "../ports/index.ts";

type After = Position | "start";

export type FollowOptions = { readonly filter?: StreamPrefix; readonly pageSize?: number };

/**
 * For consumers that take their time (`for await`), or keep a cursor: pages in order, also the empty ones that
 * move the cursor on or tell that the log's head was reached. Ends when the store closes or `signal` is aborted.
 */
export async function* followPages(
  store: EventStore,
  after: After,
  { filter, pageSize = 500, signal }: FollowOptions & { readonly signal?: AbortSignal } = {},
): AsyncGenerator<Page, void, undefined> {
  const hints = hintsOf(store, signal);
  try {
    for (let next = after, caughtUp = false; !hints.ended(); ) {
      const page = await readPage(store, next, pageSize, filter, hints);
      if (!page) return;
      const tells = page.events.length > 0 || page.next !== next || (page.atHead && !caughtUp);
      next = page.next;
      caughtUp = page.atHead;
      if (tells) yield page;
      if (page.atHead) await hints.next();
    }
  } finally {
    hints.stop();
  }
}

/** For consumers that take each event at once, such as folds; for others it would pile events up. */
export function follow(
  store: EventStore,
  after: After,
  options: FollowOptions = {},
): Observable<StoredEvent> {
  return new Observable((subscriber) => {
    const stop = new AbortController();
    const deliver = async () => {
      for await (const page of followPages(store, after, { ...options, signal: stop.signal })) {
        for (const event of page.events) {
          if (subscriber.closed) return;
          subscriber.next(event);
        }
      }
      subscriber.complete();
    };
    deliver().catch((error: unknown) => subscriber.error(error));
    return () => stop.abort();
  });
}

/** Undefined when the end came meanwhile: a store that closes under a read is an end, not a failure. */
async function readPage(
  store: EventStore,
  after: After,
  limit: number,
  filter: StreamPrefix | undefined,
  hints: Hints,
): Promise<Page | undefined> {
  try {
    const page = await store.readAll(after, limit, filter);
    return hints.ended() ? undefined : page;
  } catch (error) {
    if (hints.ended()) return undefined;
    throw error;
  }
}

export type Hints = {
  /** Resolves when there may be more, at once if a hint came since the last call, or at the end. */
  next(): Promise<void>;
  ended(): boolean;
  stop(): void;
};

/** What says that the log may have grown: subscribed from here on, so that nothing is missed between two reads. */
export function hintsOf(store: EventStore, signal: AbortSignal | undefined): Hints {
  let hinted = false;
  let ended = signal?.aborted ?? false;
  let failure: { readonly error: unknown } | undefined;
  let wake = () => {};
  const end = () => {
    ended = true;
    wake();
  };
  const subscription = store.changes().subscribe({
    next: () => {
      hinted = true;
      wake();
    },
    error: (error: unknown) => {
      failure = { error };
      wake();
    },
    complete: end,
  });
  signal?.addEventListener("abort", end);

  return {
    async next() {
      if (!hinted && !ended && !failure) await new Promise<void>((resolve) => (wake = resolve));
      hinted = false;
      if (failure) throw failure.error;
    },
    ended: () => ended,
    stop() {
      subscription.unsubscribe();
      signal?.removeEventListener("abort", end);
    },
  };
}
