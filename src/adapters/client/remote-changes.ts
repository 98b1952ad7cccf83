// That a server's log has grown: asked for, one question at a time, which the server answers when there is news. A server
// that is started anew is waited for.
import { Observable } from "rxjs";
import { GleitzeitError, type Position } from "../../domain/index.ts";
import type { Clock } from "../../engine/index.ts";
import type { Client } from "./client.ts";
import { AS_TEXT, documentOf } from "./told.ts";

const WAIT_S = 30;
/** Between two questions whether there is news. */
const PACE_MS = 100;
const RETRY_MS = 1000;
/** So often a server that does not answer is asked again. */
const TRIES = 60;

type Head = { readonly position: string; readonly cursor: string };

/** With `after` as soon as the log is beyond it. */
export const headAt = (client: Client, signal: AbortSignal, after?: string): Promise<Head> =>
  documentOf(
    client.GET("/v1/events/head", {
      params: { query: after === undefined ? {} : { after, wait: WAIT_S } },
      signal,
      ...AS_TEXT,
    }),
  );

export const changesAt = (client: Client, clock: Clock, closed: AbortSignal): Observable<Position> =>
  new Observable((subscriber) => {
    const stopped = new AbortController();
    const stop = AbortSignal.any([stopped.signal, closed]);
    const watch = async (): Promise<void> => {
      let last: string | undefined;
      for (let head = await again(); head; head = await again(last)) {
        if (stop.aborted) break;
        if (head.cursor !== last) subscriber.next(head.position === "start" ? 0n : BigInt(head.position));
        last = head.cursor;
        await pause(clock, PACE_MS, stop);
      }
      subscriber.complete();
    };
    /** Undefined when it was stopped. */
    const again = async (after?: string): Promise<Head | undefined> => {
      for (let tries = 1; !stop.aborted; tries += 1) {
        try {
          return await headAt(client, stop, after);
        } catch (error) {
          if (stop.aborted) return undefined;
          if (!isPassing(error) || tries === TRIES) throw error;
          await pause(clock, RETRY_MS, stop);
        }
      }
      return undefined;
    };
    watch().catch((error: unknown) => subscriber.error(error));
    return () => stopped.abort();
  });

const pause = (clock: Clock, ms: number, stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const cancel = clock.after(ms, resolve);
    stop.addEventListener("abort", () => resolve(cancel()), { once: true });
  });

const PASSING: ReadonlySet<string> = new Set([
  "CONNECTION_REFUSED",
  "CONNECTION_LOST",
  "RESOURCE_EXHAUSTED",
  "RATE_LIMIT_EXCEEDED",
]);
const isPassing = (error: unknown): boolean => error instanceof GleitzeitError && PASSING.has(error.code);
