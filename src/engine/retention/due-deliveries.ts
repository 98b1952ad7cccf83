// Which records of deliveries are past their time: stretches from the beginning of an endpoint's stream, each up to a place
// where the endpoint says how it stands, because folding begins there from then on.
//
// 1. Nothing is due that is younger than the policy, and nothing behind it.
// 2. Nothing of a delivery that is not over, and nothing about somebody or a run that is held.
import {
  type Endpoint,
  type Instant,
  instantOf,
  type Millis,
  type RecordedWebhookEvent,
  runOfStream,
  type StreamName,
  type WebhookDeliveriesRemoved,
  type WebhookEvent,
  webhookOfStream,
} from "../../domain/index.ts";
import type { Clock, EventStore } from "../ports/index.ts";
import { type Holds, holdsOf } from "../subjects/holds.ts";
import { subjectOfRun } from "../subjects/settle.ts";
import { webhookStreamsIn } from "../webhooks/listed.ts";
import { endpointIn, webhookEvents } from "../webhooks/records.ts";

export type DueDeliveries = Pick<
  WebhookDeliveriesRemoved["data"],
  "webhook" | "first" | "before" | "from" | "to" | "events" | "deliveries" | "attempts"
>;
type Change = NonNullable<WebhookDeliveriesRemoved["data"]["changes"]>[number];

export type DueStretch = {
  readonly due: DueDeliveries;
  readonly stream: StreamName;
  readonly subjects: readonly string[];
  readonly changes: readonly Change[];
  readonly reasons: Readonly<Record<string, string>>;
};

type Kit = { readonly events: EventStore; readonly clock: Pick<Clock, "now">; readonly tenant: string };

export async function* dueDeliveries(kit: Kit, maxAgeMs: Millis | undefined): AsyncGenerator<DueStretch> {
  if (maxAgeMs === undefined) return;
  const holds = await holdsOf(kit.events, kit.tenant);
  const until = instantOf(Math.max(0, kit.clock.now() - maxAgeMs));
  for (const stream of await webhookStreamsIn(kit.events, kit.tenant)) {
    const endpoint = await endpointIn(kit.events, stream);
    if (endpoint) yield* stretchesOf(kit, endpoint, until, holds);
  }
}

async function* stretchesOf(
  { events, tenant }: Kit,
  { stream, open }: Endpoint,
  until: Instant,
  holds: Holds,
): AsyncGenerator<DueStretch> {
  const pending = new Set([...open.values()].flatMap(({ told, isOver }) => (isOver ? [] : [told.event])));
  const subjects = new Map<StreamName, string | undefined>();
  let part: RecordedWebhookEvent[] = [];
  for await (const recorded of webhookEvents(events, stream)) {
    if (recorded.event.type === "WebhookFolded" && part.length > 0) {
      if (recorded.event.data.open.some(({ event }) => pending.has(event))) return;
      yield stretchOf(part, recorded.revision, subjects);
      part = [];
    }
    if (recorded.recordedAt > until) return;
    const told = toldIn(recorded.event);
    const run = told && runOfStream(told);
    if (told && run) {
      if (!subjects.has(told)) subjects.set(told, await subjectOfRun(events, run, tenant));
      if (holds.runs.has(run) || holds.subjects.has(subjects.get(told) ?? "")) return;
    }
    part.push(recorded);
  }
}

const toldIn = ({ data }: WebhookEvent): StreamName | undefined =>
  "stream" in data ? data.stream : undefined;

const OF_DELIVERIES: ReadonlySet<string> = new Set([
  ...["WebhookDeliveryBegun", "WebhookAttempted", "WebhookParked", "WebhookRecovered", "WebhookAdvanced"],
  ...["WebhookReplayAdvanced", "WebhookTaken", "WebhookFolded"],
]);

function stretchOf(
  part: readonly RecordedWebhookEvent[],
  before: number,
  known: ReadonlyMap<StreamName, string | undefined>,
): DueStretch {
  const [first, last] = [part[0], part.at(-1)];
  if (!first || !last) throw new Error("a stretch of nothing");
  const subjects = new Set<string>();
  const changes: Change[] = [];
  const reasons: Record<string, string> = {};
  let [deliveries, attempts] = [0, 0];
  for (const { event, revision, recordedAt: at, actor } of part) {
    if (event.type === "WebhookAttempted") attempts += 1;
    if (event.type === "WebhookDeliveryBegun") {
      deliveries += 1;
      const subject = event.data.payload === "full" ? known.get(event.data.stream) : undefined;
      if (subject !== undefined) subjects.add(subject);
    }
    if (OF_DELIVERIES.has(event.type)) continue;
    changes.push({ revision, type: event.type, at, actor: { ...actor } });
    const reason = event.data.values && "reason" in event.data.values ? event.data.values.reason : undefined;
    if (typeof reason === "string") reasons[String(revision)] = reason;
  }
  const due = {
    webhook: webhookOfStream(first.stream),
    first: first.revision,
    before,
    from: first.recordedAt,
    to: last.recordedAt,
    events: part.length,
    deliveries,
    attempts,
  };
  return {
    due,
    stream: first.stream,
    subjects: [...subjects],
    changes,
    reasons,
  };
}
