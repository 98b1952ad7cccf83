// What the log says of a subject.
import {
  GleitzeitError,
  type Revision,
  readSubjectEvent,
  type SubjectEvent,
  subjectStream,
} from "../../domain/index.ts";
import { json } from "../log/decode.ts";
import type { EventStore } from "../ports/index.ts";

const PAGE = 100;

export type SubjectStory = {
  /** Of its last event. */
  readonly head: Revision | "none";
  readonly events: readonly SubjectEvent[];
};

export async function storyOf(events: EventStore, tenant: string, subject: string): Promise<SubjectStory> {
  const stream = subjectStream(subject, tenant);
  const found: SubjectEvent[] = [];
  for (;;) {
    const page = await events.read(stream, found.length, PAGE);
    for (const stored of page) {
      const event = readSubjectEvent(stored.type, stored.schemaVersion, json(stored, stored.data));
      if (!event) throw unknown(stored.type);
      found.push(event);
    }
    if (page.length < PAGE) return { head: found.length > 0 ? found.length - 1 : "none", events: found };
  }
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
