// Events of every kind as whoever takes them out of the log reads them: control fields at once, values only when they
// are asked for. A page of a stream is held at a time, however long the log is.
import {
  AUDIT_STREAM,
  GleitzeitError,
  isMetadata,
  isObject,
  type JsonObject,
  type Metadata,
  type Position,
  type RunId,
  runOfStream,
  runStream,
} from "../../domain/index.ts";
import { decode, json } from "../log/decode.ts";
import { runStreams } from "../log/run-streams.ts";
import type { EventStore, StoredEvent } from "../ports/index.ts";
import { eventJson } from "./event-json.ts";
import type { Reading } from "./reading.ts";

export type LoggedEvent = Pick<
  StoredEvent,
  "position" | "stream" | "revision" | "id" | "schemaVersion" | "recordedAt"
> & {
  readonly type: string;
  readonly metadata: Metadata;
  /** Of events of runs. */
  readonly run: RunId | undefined;
  /** Data without values. */
  readonly control: JsonObject;
  /** Data with values, as users wrote them, or with what stands for those that were erased. */
  readonly data: () => Promise<JsonObject>;
};

export type Logged = { readonly run: RunId; readonly children: boolean } | { readonly all: true };

/**
 * In the order of the log, behind one position and up to another. The audit log's own events, which tell of the others, are
 * left out.
 */
export async function* loggedEvents(
  reading: Pick<Reading, "store" | "tenant">,
  what: Logged,
  { after, upTo }: { readonly after: Position | "start"; readonly upTo: Position },
): AsyncGenerator<LoggedEvent> {
  const { events } = reading.store;
  const stored =
    "all" in what
      ? everything(events, after, upTo)
      : runStreams(events, runStream(what.run, reading.tenant), what.children, upTo);
  for await (const one of stored) if (after === "start" || one.position > after) yield logged(one, reading);
}

const PAGE = 500;

async function* everything(
  events: EventStore,
  start: Position | "start",
  upTo: Position,
): AsyncGenerator<StoredEvent> {
  for (let after = start; ; ) {
    const page = await events.readAll(after, PAGE);
    for (const event of page.events) {
      if (event.position > upTo) return;
      if (event.stream !== AUDIT_STREAM) yield event;
    }
    if (page.atHead) return;
    after = page.next;
  }
}

function logged(stored: StoredEvent, reading: Pick<Reading, "store" | "tenant">): LoggedEvent {
  const { position, stream, revision, id, type, schemaVersion, recordedAt } = stored;
  const place = { position, stream, revision, id, type, schemaVersion, recordedAt };
  const run = runOfStream(stream);
  if (run) {
    const recorded = decode(stored);
    const { values: _, sealed: __, ...control } = recorded.event.data;
    const { metadata } = recorded;
    return {
      ...place,
      metadata,
      run,
      control: { ...control },
      data: async () => (await eventJson(recorded, reading)).data,
    };
  }
  const [metadata, data]: readonly unknown[] = [json(stored, stored.metadata), json(stored, stored.data)];
  if (!isMetadata(metadata) || !isObject(data)) throw unreadable(stored);
  const { values: _, ...control } = data;
  return { ...place, metadata, run, control, data: async () => data };
}

const unreadable = ({ position, stream, revision }: StoredEvent): GleitzeitError =>
  new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `${stream}@${revision} at position ${position} cannot be read: \`gleitzeit store check\` says more`,
  );
