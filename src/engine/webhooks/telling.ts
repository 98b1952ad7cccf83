// Which events an endpoint is told of, and under which name.
//
// 1. Most events of a log are nobody's business: their type alone says so, and nothing of them is decoded.
// 2. Only control fields are asked: whether an event matches does not change when its values are erased.
// 3. An endpoint is never told of its own deliveries, and nobody of a delivery that told of a delivery.
// 4. Of a run that has left the store nothing is told where the filter would have to ask it.
// 5. Whoever was sent a person's data is told that they were erased, whatever else it asked for.
// 5. That a run has left the store is told nobody: what would tell of it has left with it.
import {
  controlOf,
  type EndpointSettings,
  type Expressions,
  type Instant,
  mayBeTold,
  type Revision,
  type RunEvent,
  type RunFacts,
  readSubjectEvent,
  runOfStream,
  type StreamName,
  type SubjectEvent,
  subjectStreams,
  type TellableEvent,
  type Told,
  toldAs,
  type WebhookEvent,
  webhookOfStream,
  webhookStreams,
} from "../../domain/index.ts";
import { decode, json, recordedIn } from "../log/decode.ts";
import type { StoredEvent } from "../ports/index.ts";
import type { DeliveryKit } from "./kit.ts";
import { webhookEventIn } from "./records.ts";
import { type FactsOfRun, hasLeft } from "./run-facts.ts";

/** Where a run went when it left the store is the operator's business. */
const NEVER_TOLD: ReadonlySet<string> = new Set(["RunArchived", "ArchiveDeleted"]);

export type Source = {
  readonly told: Told;
  readonly at: Instant;
  readonly actor: RunFacts["actor"];
  readonly traceparent?: string;
  readonly event: RunEvent | WebhookEvent | SubjectErased;
};

type SubjectErased = Extract<SubjectEvent, { readonly type: "SubjectErased" }>;

export const isWebhooks = (event: TellableEvent): event is WebhookEvent => event.type.startsWith("Webhook");
export const isOfSubject = (event: TellableEvent): event is SubjectErased => event.type === "SubjectErased";

/** Undefined for an event of which nobody is told. */
export function sourceIn(stored: StoredEvent): Source | undefined {
  const { stream, revision, position, id } = stored;
  const told = { event: id, stream, revision, position };
  if (runOfStream(stream)) {
    const { recordedAt, metadata, event } = decode(stored);
    const { actor, traceparent } = metadata;
    return { told, at: recordedAt, actor, event, ...(traceparent !== undefined && { traceparent }) };
  }
  if (stream.startsWith("subject-")) {
    const event = readSubjectEvent(stored.type, stored.schemaVersion, json(stored, stored.data));
    return event?.type === "SubjectErased" ? { told, ...recordedIn(stored), event } : undefined;
  }
  if (!stream.startsWith("webhook-")) return undefined;
  const { recordedAt, actor, event } = webhookEventIn(stored);
  return { told, at: recordedAt, actor, event };
}

export type Telling = {
  /** Whether events of that type may concern it at all. */
  readonly mayTell: (stored: Pick<StoredEvent, "type" | "stream">) => boolean;
  /** The type under which it is told; undefined where it is not. */
  readonly typeOf: (source: Source) => Promise<string | undefined>;
  /** Of the event told before it in its stream. */
  readonly previousOf: (told: Told) => Promise<Revision | undefined>;
};

export function telling(
  kit: DeliveryKit,
  facts: FactsOfRun,
  own: StreamName,
  settings: EndpointSettings,
): Telling {
  const { events, filter } = settings;
  const streams = [`run-${kit.tenant}.`, webhookStreams(kit.tenant), subjectStreams(kit.tenant)];
  const isWanted = new Map<string, boolean>();
  let expressions: Promise<Expressions> | undefined;

  const mayTell: Telling["mayTell"] = ({ type, stream }) => {
    if (stream === own || NEVER_TOLD.has(type) || !streams.some((prefix) => stream.startsWith(prefix)))
      return false;
    const known = isWanted.get(type) ?? mayBeTold(type, events);
    isWanted.set(type, known);
    return known;
  };

  const typeOf: Telling["typeOf"] = async ({ told, at, event, actor }) => {
    if (isOfSubject(event) && event.data.endpoints?.includes(webhookOfStream(own))) return "subject.erased";
    const type = toldAs(event, events);
    if (type === undefined) return undefined;
    if (isOfSubject(event)) return events && !filter ? type : undefined;
    if (isWebhooks(event)) return filter || isOfItself(event) ? undefined : type;
    const runId = runOfStream(told.stream);
    if (!runId || (filter?.run !== undefined && filter.run !== runId)) return undefined;
    if (filter?.workflow === undefined && filter?.tag === undefined && filter?.cel === undefined) return type;
    const known = await facts(told.stream).catch((error: unknown) => {
      if (hasLeft(error)) return undefined;
      throw error;
    });
    if (!known) return undefined;
    const { workflow, tags } = known;
    if (filter.workflow !== undefined && ![workflow.id, workflow.name].includes(filter.workflow))
      return undefined;
    if (filter.tag !== undefined && !tags.includes(filter.tag)) return undefined;
    if (filter.cel === undefined) return type;
    expressions ??= kit.expressions();
    const data = { ...controlOf(event, { runId, workflow, actor }), tags };
    const asked = (await expressions).evaluate(filter.cel, {
      event: { type, subject: runId, time: at, sequence: told.revision, data },
    });
    return asked.ok && asked.value === true ? type : undefined;
  };

  const previousOf = async ({ stream, revision }: Told): Promise<Revision | undefined> => {
    for (let end = revision; end > 0; ) {
      const from = Math.max(0, end - BACKWARDS);
      const page = (await kit.store.events.read(stream, from, end - from)).toReversed();
      for (const stored of page) {
        const source = mayTell(stored) ? sourceIn(stored) : undefined;
        if (source && (await typeOf(source)) !== undefined) return source.told.revision;
      }
      end = from;
    }
    return undefined;
  };

  return { mayTell, typeOf, previousOf };
}

const BACKWARDS = 50;

/** Or endpoints that are all down would tell each other so for ever. */
const isOfItself = (event: WebhookEvent): boolean =>
  event.type === "WebhookParked" && event.data.type.startsWith("webhook.");
