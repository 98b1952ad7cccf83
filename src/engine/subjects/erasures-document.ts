// What was asked to be destroyed, and how far that is, as HTTP tells it: by pseudonym, who asked, when and why.
import {
  type Actor,
  type Instant,
  readErasureEvent,
  readSubjectEvent,
  subjectStream,
  tenantStream,
} from "../../domain/index.ts";
import { json, recordedIn } from "../log/decode.ts";
import { storedIn } from "../log/stored-in.ts";
import { type EventStore, lastOf } from "../ports/index.ts";
import { holdsDocument } from "./holds-document.ts";
import { reasonIn } from "./reason.ts";
import { subjectOfRun } from "./settle.ts";

/** Add, never rename. */
export type ErasureEntry = {
  readonly subject: string;
  readonly request: string;
  /** `open`: begun, and finished by the next process if the one that began it has died. */
  readonly status: "erased" | "deferred" | "open";
  readonly requestedAt: Instant;
  readonly requestedBy: Actor;
  readonly reason: string;
  readonly finishedAt: Instant | null;
};

/** In the order in which they were begun; behind them those that a hold puts off. */
export async function erasuresDocument(events: EventStore, tenant: string): Promise<readonly ErasureEntry[]> {
  const found: ErasureEntry[] = [];
  const open = new Map<string, number>();
  for await (const stored of storedIn(events, tenantStream(tenant))) {
    const event = readErasureEvent(stored.type, stored.schemaVersion, json(stored, stored.data));
    if (!event) continue;
    const { subject, request } = event.data;
    const { at, actor } = recordedIn(stored);
    const place = open.get(subject);
    const begun = place === undefined ? undefined : found[place];
    if (event.type === "ErasureRequested") {
      open.set(subject, found.length);
      const asked = { subject, request, requestedAt: at, requestedBy: actor };
      found.push({ ...asked, status: "open", reason: reasonIn(event.data.values), finishedAt: null });
    } else if (place !== undefined && begun) {
      open.delete(subject);
      found[place] = { ...begun, status: "erased", finishedAt: at };
    }
  }
  for (const { target, waiting } of await holdsDocument(events, tenant)) {
    if (waiting === null) continue;
    const subject = "subject" in target ? target.subject : await subjectOfRun(events, target.run, tenant);
    const waits = found.some((one) => one.subject === subject && one.status !== "erased");
    const put = subject === undefined || waits ? undefined : await deferred(events, tenant, subject);
    if (put) found.push(put);
  }
  return found;
}

/** What a hold has put off stands in the person's own stream. */
async function deferred(
  events: EventStore,
  tenant: string,
  subject: string,
): Promise<ErasureEntry | undefined> {
  const last = await lastOf(events, subjectStream(subject, tenant));
  if (!last) return undefined;
  const event = readSubjectEvent(last.type, last.schemaVersion, json(last, last.data));
  if (event?.type !== "ErasureDeferred") return undefined;
  const { at, actor } = recordedIn(last);
  const { request, values } = event.data;
  const asked = { subject, request, requestedAt: at, requestedBy: actor, reason: reasonIn(values) };
  return { ...asked, status: "deferred", finishedAt: null };
}
