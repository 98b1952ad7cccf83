// What became of one person's data, in the stream `subject-<tenant>.<pseudonym>`.
// STORED FORMAT. Names and fields below are on disk for ever: add, never rename or narrow.
import { z } from "zod";
import { StreamName, TENANT_MAIN } from "../ids.ts";
import type { Json } from "../json.ts";
import { Count, Value } from "../run/parts.ts";
import { event } from "../run/schema.ts";

/**
 * Nobody can read any more what was sealed with these keys. `request` is the same for one request, however often it is
 * carried out; `failed` are runs that were under way; `endpoints` of webhooks were sent what was said of them. The reason is kept in clear: it must not name the person.
 */
const SubjectErased = event(
  "SubjectErased",
  {
    subject: z.string(),
    request: z.uuid(),
    keys: z.array(z.string()),
    counts: z.object({ runs: Count, events: Count, failed: Count }),
    endpoints: z.array(z.string()).exactOptional(),
  },
  { reason: Value },
);
/** A hold forbids it for now; it is done when the last one is released. `name` as of an erasure that is asked for. */
const ErasureDeferred = event(
  "ErasureDeferred",
  { subject: z.string(), request: z.uuid(), name: z.string().exactOptional() },
  { reason: Value },
);

export const SubjectEvent = z.discriminatedUnion("type", [SubjectErased, ErasureDeferred]);
export type SubjectEvent = z.infer<typeof SubjectEvent>;

export const SUBJECT_EVENT_VERSION = 1;

export const subjectStream = (pseudonym: string, tenant: string = TENANT_MAIN): StreamName =>
  StreamName.parse(`${subjectStreams(tenant)}${pseudonym}`);

export const subjectStreams = (tenant: string = TENANT_MAIN): string => `subject-${tenant}.`;

/** Whom it is of, by the pseudonym. */
export const subjectOfStream = (stream: StreamName): string => stream.slice(stream.indexOf(".") + 1);

/** Undefined for what this version cannot read. */
export function readSubjectEvent(type: string, version: number, data: Json): SubjectEvent | undefined {
  if (version !== SUBJECT_EVENT_VERSION) return undefined;
  return SubjectEvent.safeParse({ type, data }).data;
}
