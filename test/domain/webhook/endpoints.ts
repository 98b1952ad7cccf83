// Endpoints of webhooks as tests write their streams: event after event, each at its revision.
import {
  type Actor,
  type Endpoint,
  EventId,
  evolveEndpoint,
  firstEndpoint,
  Instant,
  StreamName,
  WebhookEvent,
  type WebhookEventOf,
  webhookStream,
} from "../../../src/domain/index.ts";

export const AT = Instant.parse("2026-11-26T04:00:00.000Z");
export const ACTOR: Actor = { type: "cli", id: "5f0e7a7c" };
export const RUN_A = StreamName.parse("run-main.0199c2f4-5b1e-7c3a-9a1d-3f6c1f2b7a10");
export const RUN_B = StreamName.parse("run-main.0199c2f4-5b1e-7c3a-9a1d-3f6c1f2b7a11");

const stream = webhookStream("0199c2f0-1a2b-7c3d-8e4f-5a6b7c8d9e0f");

export const sealed = (name: string) =>
  ({ v: 1, keyId: "0011223344556677", nonce: "AAAAAAAAAAAAAAAA", ciphertext: name }) as const;

/** An event of that type. */
export const of = <T extends WebhookEvent["type"]>(type: T, data: Data<T>): WebhookEvent =>
  WebhookEvent.parse({ type, data });

type Data<T extends WebhookEvent["type"]> = WebhookEventOf<T>["data"];

export function folded(events: readonly WebhookEvent[], recordedAt = AT): Endpoint {
  const [first, ...rest] = events.map((event, revision) => ({
    stream,
    revision,
    recordedAt,
    actor: ACTOR,
    event,
  }));
  const endpoint = first && firstEndpoint(first);
  if (!endpoint) throw new Error("no endpoint");
  for (const one of rest) evolveEndpoint(endpoint, one);
  return endpoint;
}

export const created = (more: Partial<Data<"WebhookCreated">> = {}): WebhookEvent => ({
  type: "WebhookCreated",
  data: {
    ordered: true,
    payload: "full",
    from: "start",
    values: { url: "https://a.example", secret: sealed("s") },
    ...more,
  },
});

/** The event at that revision of a run; their positions count from 4700. */
export const told = (revision: number, of: StreamName = RUN_A) => ({
  event: idOf(revision, of),
  stream: of,
  revision,
  position: String(4700 + revision),
});

export const idOf = (revision: number, of: StreamName = RUN_A): EventId =>
  EventId.parse(`0199c2f4-5b2a-7000-8000-${of === RUN_A ? "a" : "b"}${String(revision).padStart(11, "0")}`);

export const begun = (
  revision: number,
  more: Partial<Data<"WebhookDeliveryBegun">> = {},
  of: StreamName = RUN_A,
): WebhookEvent => ({
  type: "WebhookDeliveryBegun",
  data: { ...told(revision, of), format: 1, type: "run.failed", payload: "full", ...more },
});

export const attempted = (
  revision: number,
  outcome: "delivered" | "failed",
  more: object = {},
  of: StreamName = RUN_A,
): WebhookEvent => ({
  type: "WebhookAttempted",
  data: { ...told(revision, of), attempt: 1, outcome, durationMs: 3, ...more },
});

export const parked = (revision: number, of: StreamName = RUN_A): WebhookEvent => ({
  type: "WebhookParked",
  data: { ...told(revision, of), type: "run.failed", attempts: 8 },
});

export const advanced = (mark: string, ...released: readonly StreamName[]): WebhookEvent => ({
  type: "WebhookAdvanced",
  data: { mark, ...(released.length > 0 && { released: [...released] }) },
});
