// Hears of what others append. The client's subscriptions end with their connection and never come back by
// themselves, so each that ends is followed by another, from the last event that was seen: what the server says of
// places ahead of it (checkpoints) is no such event.
import { streamNameFilter } from "@eventstore/db-client";
import { asError, type Position } from "../../../domain/index.ts";
import { type Client, FROM_LEADER } from "./connection.ts";
import { drain } from "./drain.ts";
import type { Names } from "./names.ts";
import { type Patience, pauseAfter } from "./patience.ts";
import { positionOf, serverPosition } from "./reading.ts";

export type Live = { start(): void; stop(): void };

export type LiveParts = {
  readonly client: Client;
  readonly names: Names;
  readonly patience: Patience;
  /** Where to begin; asked when the first one starts to listen. */
  readonly head: () => Promise<Position | "start">;
  readonly heard: (event: { readonly id: string; readonly position: Position }) => void;
  /** It was not possible to listen: whoever reads now meets the failure itself. */
  readonly failed: (error: Error) => void;
};

export function live({ client, names, patience, head, heard, failed }: LiveParts): Live {
  let listening: AbortController | undefined;

  async function listen(signal: AbortSignal): Promise<void> {
    let seen: Position | "start" | undefined;
    let failures = 0;
    while (!signal.aborted) {
      try {
        seen ??= await head();
        const filter = streamNameFilter({ prefixes: [...names.prefixes] });
        const options = { ...FROM_LEADER, fromPosition: serverPosition(seen), filter };
        await drain(
          client.subscribeToAll(options),
          (resolved) => {
            seen = positionOf(resolved);
            failures = 0;
            if (resolved.event) heard({ id: resolved.event.id, position: seen });
            return true;
          },
          signal,
        );
      } catch (error) {
        if (!signal.aborted) failed(asError(error));
      }
      if (signal.aborted) return;
      await pause(pauseAfter(failures, patience.random), signal);
      failures += 1;
    }
  }

  const pause = (millis: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const cancel = patience.clock.after(millis, resolve);
      signal.addEventListener("abort", () => {
        cancel();
        resolve();
      });
    });

  return {
    start() {
      if (listening) return;
      listening = new AbortController();
      listen(listening.signal).catch((error: unknown) => failed(asError(error)));
    },
    stop() {
      listening?.abort();
      listening = undefined;
    },
  };
}
