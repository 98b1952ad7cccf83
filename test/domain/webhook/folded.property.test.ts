// An endpoint that is folded from where its stream says how it stood is the one that is folded from the beginning.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  EventId,
  evolveEndpoint,
  firstEndpoint,
  foldedOf,
  Incarnation,
  Instant,
  jcs,
  parseJson,
  type RecordedWebhookEvent,
  readWebhookEvent,
  StreamName,
  type WebhookEvent,
  webhookStream,
} from "../../../src/domain/index.ts";
import { SAMPLES } from "./samples.ts";

const stream = webhookStream("0199c2f0-1a2b-7c3d-8e4f-5a6b7c8d9e0f");
const at = (second: number): Instant =>
  Instant.parse(`2026-11-26T04:00:${String(second).padStart(2, "0")}.000Z`);
const digit = fc.integer({ min: 0, max: 3 });
const eventId = digit.map((one) => EventId.parse(`0199c2f4-5b2a-7000-8000-00000000000${one}`));
const place = fc.integer({ min: 1, max: 40 }).map(String);

const delivery = fc.record(
  {
    event: eventId,
    stream: digit.map((one) => StreamName.parse(`run-main.0199c2f4-5b1e-7c3a-9a1d-3f6c1f2b7a1${one}`)),
    revision: digit,
    position: place,
    alone: fc.constant(true as const),
  },
  { requiredKeys: ["event", "stream", "revision", "position"] },
);
const recipe = { format: 1, type: "run.failed", payload: "full" } as const;
const replay = EventId.parse("0199c2f5-0000-7000-8000-00000000000a");

const any: fc.Arbitrary<WebhookEvent> = fc.oneof(
  delivery.map((told): WebhookEvent => ({ type: "WebhookDeliveryBegun", data: { ...told, ...recipe } })),
  delivery.map(
    (told): WebhookEvent => ({ type: "WebhookDeliveryBegun", data: { ...told, ...recipe, replay } }),
  ),
  fc.record({ told: delivery, attempt: digit, isDelivered: fc.boolean() }).map(
    ({ told, attempt, isDelivered }): WebhookEvent => ({
      type: "WebhookAttempted",
      data: {
        ...told,
        attempt,
        outcome: isDelivered ? "delivered" : "failed",
        durationMs: 3,
        ...(!isDelivered && { dueAt: at(attempt) }),
      },
    }),
  ),
  delivery.map(
    (told): WebhookEvent => ({ type: "WebhookParked", data: { ...told, type: "run.failed", attempts: 8 } }),
  ),
  delivery.map(
    (told): WebhookEvent => ({ type: "WebhookRedeliveryRequested", data: { ...told, ...recipe } }),
  ),
  fc.record({ mark: place, released: delivery }).map(
    ({ mark, released }): WebhookEvent => ({
      type: "WebhookAdvanced",
      data: { mark, released: [released.stream] },
    }),
  ),
  fc.constantFrom<WebhookEvent>(
    { type: "WebhookTaken", data: { owner: Incarnation.parse("0199c2f1-0000-7000-8000-000000000001") } },
    { type: "WebhookDisabled", data: { reason: "failing" } },
    { type: "WebhookEnabled", data: {} },
    { type: "WebhookEnabled", data: { from: "17" } },
    { type: "WebhookRecovered", data: {} },
    { type: "WebhookDeleted", data: {} },
    ...SAMPLES.map(({ event }) => event).filter(({ type }) => /Updated|Rotated|Replay/.test(type)),
  ),
);

const created = SAMPLES.find(({ name }) => name === "WebhookCreated");

test("wherever that is, and whatever came before and behind it", () => {
  fc.assert(
    fc.property(fc.array(any, { maxLength: 40 }), fc.nat(), (more, cut) => {
      const events = [...(created ? [created.event] : []), ...more];
      const recorded = (event: WebhookEvent, revision: number): RecordedWebhookEvent => ({
        ...{ stream, revision, event },
        recordedAt: at(revision),
        actor: { type: "cli", id: "5f0e7a7c" },
      });
      const folded = (through: number) => {
        const [first, ...rest] = events.slice(0, through + 1).map(recorded);
        const endpoint = first && firstEndpoint(first);
        if (!endpoint) throw new Error("no endpoint");
        for (const one of rest) evolveEndpoint(endpoint, one);
        return endpoint;
      };
      const middle = cut % events.length;
      const said = foldedOf(folded(middle));
      const read = readWebhookEvent(said.type, 1, parseJson(jcs({ ...said.data })));
      const again = read && firstEndpoint(recorded(read, middle));
      if (!again) throw new Error("what was said of an endpoint cannot be read");
      for (const [index, event] of events.entries())
        if (index > middle) evolveEndpoint(again, recorded(event, index));
      const whole = folded(events.length - 1);
      expect({ ...again, folded: 0 }).toEqual({ ...whole, folded: 0 });
    }),
  );
});
