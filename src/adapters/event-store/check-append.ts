// What every store asks of an append before it looks at its log.
import { GleitzeitError, type StreamName } from "../../domain/index.ts";
import type { EventStore, NewEvent } from "../../engine/ports/index.ts";
import { checkBlob } from "./blob-hash.ts";

export type Limits = EventStore["limits"];

export const LIMITS: Limits = { appendBytes: 512 * 1024, appendEvents: 500 };

export const bytesOf = (events: readonly NewEvent[]): number =>
  events.reduce((sum, event) => sum + event.metadata.byteLength + event.data.byteLength, 0);

export function checkAppend(limits: Limits, stream: StreamName, events: readonly NewEvent[]): void {
  if (events.length === 0) throw refused(`an append to ${stream} needs at least one event`);
  const bytes = bytesOf(events);
  if (events.length > limits.appendEvents || bytes > limits.appendBytes) {
    throw refused(
      `append of ${events.length} events and ${bytes} bytes to ${stream} is too large: at most ` +
        `${limits.appendEvents} events and ${limits.appendBytes} bytes go together; ` +
        "split it, and move large values to blobs",
    );
  }
  for (const event of events) event.blobs?.forEach(checkBlob);
}

const refused = (message: string): GleitzeitError => new GleitzeitError("PERSISTENCE_WRITE_FAILED", message);
