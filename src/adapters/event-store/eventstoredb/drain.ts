// Everything that a stream of the client gives.

import type { Readable } from "node:stream";
import type { RecordedEvent } from "@eventstore/db-client";
import { asError } from "../../../domain/index.ts";

export type Resolved = {
  readonly event?: RecordedEvent | undefined;
  readonly commitPosition?: bigint | undefined;
};

/** A read of one stream or of all, or a subscription. */
type Source = Readable & ({ cancel(): Promise<void> } | { unsubscribe(): Promise<void> });

/**
 * Until its end, until `next` answers false, or until the signal; the server is told.
 * The client's streams report errors also after their end, and a process in which nobody listens then ends: so
 * these listeners stay.
 */
export function drain(stream: Source, next: (item: Resolved) => boolean, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      const left = "cancel" in stream ? stream.cancel() : stream.unsubscribe();
      left.catch(() => undefined);
      over();
      resolve();
    };
    const over = (): void => signal.removeEventListener("abort", leave);
    signal.addEventListener("abort", leave);
    let isEnough = signal.aborted;
    if (isEnough) leave();
    stream.on("data", (item: Resolved) => {
      if (isEnough || signal.aborted) return;
      try {
        isEnough = !next(item);
        if (isEnough) leave();
      } catch (error) {
        isEnough = true;
        reject(asError(error));
        leave();
      }
    });
    stream.on("error", (error) => {
      over();
      reject(error);
    });
    stream.on("end", () => {
      over();
      resolve();
    });
  });
}
