// Logs of the domain's own making, in a real store.
import { EventId, type Json, jcs, type RecordedRunEvent, runStream } from "../../../../src/domain/index.ts";
import type { EventStore } from "../../../../src/engine/ports/index.ts";

const utf8 = new TextEncoder();

/** JSON by construction; what is undefined is left out, as in every stored event. */
const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value));

let written = 0;

export async function append(events: EventStore, recorded: RecordedRunEvent): Promise<void> {
  written += 1;
  const { run, revision, event, metadata, recordedAt, schemaVersion } = recorded;
  await events.append(runStream(run), revision === 0 ? "none" : revision - 1, [
    {
      id: EventId.parse(`018f2f4e-0000-7000-a000-${String(written).padStart(12, "0")}`),
      type: event.type,
      schemaVersion,
      recordedAt,
      metadata: utf8.encode(jcs(plain(metadata))),
      data: utf8.encode(jcs(plain(event.data))),
      salt: new Uint8Array(16),
    },
  ]);
}
