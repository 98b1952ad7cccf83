// Everything that is held on a person, in clear, as a person may ask for it: one JSON document a line, in the order of what is
// said below. What was erased is a placeholder here as everywhere.
import {
  type Json,
  type JsonObject,
  parseJson,
  type RecordedRunEvent,
  type RunId,
  readErasureEvent,
  readHoldEvent,
  readWebhookEvent,
  runOfStream,
  runStream,
  subjectStream,
  tenantStream,
  webhookOfStream,
  webhookStreams,
} from "../../domain/index.ts";
import type { RunRow } from "../../projections/index.ts";
import { decode, json } from "../log/decode.ts";
import { type Archive, deletedAt } from "../log/left-run.ts";
import { storedIn, storedUnder } from "../log/stored-in.ts";
import type { ArchiveReading, BlobStore, EventStore, StoredEvent } from "../ports/index.ts";
import { actorId } from "../resolving/waits.ts";
import { nothingHeld } from "../subjects/erase.ts";
import { subjectPseudonym } from "../subjects/subject.ts";
import { runsOf } from "../subjects/subject-runs.ts";
import { openedEvent } from "./opened-event.ts";
import type { Reading } from "./reading.ts";

export type Asking = Pick<Reading, "store" | "tenant" | "keys" | "nameOf" | "readModels"> & {
  /** Where runs are that have left the store. */
  readonly archives: ArchiveReading | undefined;
};

/**
 * `{subject}` first; `{actor}` where the directory of names knows somebody of that name; then of each run `{run}`, its
 * `{event}`s and `{blob}`s; `{delivery}`: what was sent of it to receivers; `{hold}` and `{about}`: what was decided on the
 * person.
 */
export async function heldOn(asking: Asking, name: string): Promise<AsyncIterable<JsonObject>> {
  const lines = held(asking, name);
  const [about, next] = [await lines.next(), await lines.next()];
  if (about.done || next.done) throw nothingHeld();
  return (async function* () {
    yield about.value;
    yield next.value;
    yield* lines;
  })();
}

async function* held(asking: Asking, name: string): AsyncGenerator<JsonObject, undefined> {
  const { store, tenant } = asking;
  const keys = await asking.keys();
  const subject = subjectPseudonym(keys, tenant, name);
  yield { subject, tenant, name };
  const id = actorId(keys, tenant, name);
  const known = await asking.nameOf({ type: "cli", id });
  if (known !== undefined) yield { actor: { id, name: known } };
  const runs = new Set<RunId>();
  for (const row of (await runsOf(asking, tenant, subject)).toReversed()) {
    runs.add(row.run);
    yield { run: rowJson(row) };
    yield* eventsIn(asking, store.blobs, storedIn(store.events, runStream(row.run, tenant)));
  }
  for await (const { run, archive } of archivedOf(store.events, tenant, subject)) {
    if (runs.has(run)) continue;
    runs.add(run);
    yield { run: { runId: run, archive: archive.archive } };
    if (asking.archives) yield* fromArchive(asking, asking.archives, run, archive);
  }
  yield* deliveriesOf(store.events, tenant, runs);
  yield* decisionsOn(store.events, tenant, subject);
  return undefined;
}

const rowJson = ({ run, workflow, status, submittedAt, endedAt }: RunRow): JsonObject => ({
  runId: run,
  workflow: workflow.name,
  status,
  submittedAt,
  ...(endedAt !== undefined && { endedAt }),
});

async function* eventsIn(
  { store, tenant }: Asking,
  blobs: BlobStore,
  events: AsyncIterable<StoredEvent>,
): AsyncGenerator<JsonObject> {
  const seen = new Set<string>();
  for await (const stored of events) {
    yield* openedEvent(stored, tenant, { blobs, seals: store.seals }, seen);
  }
}

async function* archivedOf(
  events: EventStore,
  tenant: string,
  subject: string,
): AsyncGenerator<{ readonly run: RunId; readonly archive: Archive }> {
  for await (const stored of storedUnder(events, `run-${tenant}.`)) {
    if (stored.type !== "RunArchived") continue;
    const { run, event }: RecordedRunEvent = decode(stored);
    if (event.type === "RunArchived" && event.data.subject === subject) yield { run, archive: event.data };
  }
}

async function* fromArchive(
  asking: Asking,
  archives: ArchiveReading,
  run: RunId,
  left: Archive,
): AsyncGenerator<JsonObject> {
  const { archive, sha256 } = left;
  const held = await archives.open(archive, sha256);
  if (!held) {
    const at = await deletedAt(asking.store.events, runStream(run, asking.tenant), left);
    yield { missing: { runId: run, archive, ...(at !== undefined && { deletedAt: at }) } };
    return;
  }
  const blobs: BlobStore = { ...asking.store.blobs, get: (_, hash) => held.blob(hash) };
  yield* eventsIn(asking, blobs, ofRun(held.events(), run));
}

async function* ofRun(events: AsyncIterable<StoredEvent>, run: RunId): AsyncGenerator<StoredEvent> {
  for await (const stored of events) if (runOfStream(stored.stream) === run) yield stored;
}

/** Attempts with what the receivers answered; the bodies themselves are kept by nobody here. */
async function* deliveriesOf(
  events: EventStore,
  tenant: string,
  runs: ReadonlySet<RunId>,
): AsyncGenerator<JsonObject> {
  if (runs.size === 0) return;
  for await (const stored of storedUnder(events, webhookStreams(tenant))) {
    const event = readWebhookEvent(stored.type, stored.schemaVersion, json(stored, stored.data));
    const told = event && "stream" in event.data ? runOfStream(event.data.stream) : undefined;
    if (!event || !told || !runs.has(told)) continue;
    const webhook = webhookOfStream(stored.stream);
    yield {
      delivery: { webhook, type: stored.type, recordedAt: stored.recordedAt, data: plain(event.data) },
    };
  }
}

async function* decisionsOn(events: EventStore, tenant: string, subject: string): AsyncGenerator<JsonObject> {
  for await (const stored of storedIn(events, tenantStream(tenant))) {
    const data = json(stored, stored.data);
    const asked = readErasureEvent(stored.type, stored.schemaVersion, data);
    if (asked?.data.subject === subject)
      yield { about: { type: stored.type, recordedAt: stored.recordedAt, data } };
    const hold = readHoldEvent(stored.type, stored.schemaVersion, data);
    if (!hold || !("subject" in hold.data.target) || hold.data.target.subject !== subject) continue;
    yield { hold: { type: stored.type, recordedAt: stored.recordedAt } };
  }
  for await (const stored of storedIn(events, subjectStream(subject, tenant))) {
    yield { about: { type: stored.type, recordedAt: stored.recordedAt, data: json(stored, stored.data) } };
  }
}

const plain = (data: object): Json => parseJson(JSON.stringify(data));
