// What the log says of a subject.
import {
  GleitzeitError,
  type Revision,
  readSubjectEvent,
  type SubjectEvent,
  subjectStream,
} from "../../domain/index.ts";
import { json } from "../log/decode.ts";
import { storedIn } from "../log/stored-in.ts";
import type { EventStore } from "../ports/index.ts";

export type SubjectStory = {
  /** Of its last event. */
  readonly head: Revision | "none";
  readonly events: readonly SubjectEvent[];
};

export async function storyOf(events: EventStore, tenant: string, subject: string): Promise<SubjectStory> {
  const found: SubjectEvent[] = [];
  let head: SubjectStory["head"] = "none";
  for await (const stored of storedIn(events, subjectStream(subject, tenant))) {
    const event = readSubjectEvent(stored.type, stored.schemaVersion, json(stored, stored.data));
    if (!event) throw unknown(stored.type);
    found.push(event);
    head = stored.revision;
  }
  return { head, events: found };
}

/** Ids of the keys that were destroyed. */
export async function erasedKeys(
  events: EventStore,
  tenant: string,
  subject: string,
): Promise<ReadonlySet<string>> {
  const { events: found } = await storyOf(events, tenant, subject);
  return new Set(found.flatMap((event) => (event.type === "SubjectErased" ? event.data.keys : [])));
}

const unknown = (type: string): GleitzeitError =>
  new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `this version does not know the event ${type} of a subject: was it written by a newer one?`,
  );
