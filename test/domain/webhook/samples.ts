// An event of each kind of an endpoint's stream, with everything that may stand in it, and with as little as can.
import { EventId, Incarnation, Instant, StreamName, type WebhookEvent } from "../../../src/domain/index.ts";
import { certified } from "./certified-samples.ts";

const sealed = {
  v: 1,
  keyId: "0011223344556677",
  nonce: "AAAAAAAAAAAAAAAA",
  ciphertext: "c2VhbGVk",
} as const;
const told = {
  event: EventId.parse("0199c2f4-5b2a-7000-8000-000000000007"),
  stream: StreamName.parse("run-main.0199c2f4-5b1e-7c3a-9a1d-3f6c1f2b7a10"),
  revision: 7,
  position: "4711",
};
const recipe = { format: 1, type: "run.failed", payload: "full" } as const;
const checkpoint = { size: "4000", root: "qqo=", note: "gleitzeit.example/log\n4000\nqqo=\n\n— a b\n" };
const replay = EventId.parse("0199c2f5-0000-7000-8000-00000000000a");
const at = Instant.parse("2026-11-26T04:00:00.000Z");
const settings = { ordered: true, payload: "full" } as const;

type Sample = { readonly name: string; readonly event: WebhookEvent };
const named = (event: WebhookEvent, more = ""): Sample => ({ name: event.type + more, event });

export const SAMPLES: readonly Sample[] = [
  named({
    type: "WebhookCreated",
    data: {
      events: ["run.*", "event.TaskLost"],
      filter: {
        workflow: "nightly",
        tag: "billing",
        run: "0199c2f4-5b1e-7c3a-9a1d-3f6c1f2b7a10",
        cel: 'event.type == "run.failed"',
      },
      ordered: false,
      payload: "thin",
      maxRate: 0.5,
      from: "4710",
      values: { url: "https://example.com/hook", description: "Billing", headers: sealed, secret: sealed },
    },
  }),
  named(
    {
      type: "WebhookCreated",
      data: { ...settings, from: "start", values: { url: "https://example.com", secret: sealed } },
    },
    "-bare",
  ),
  ...certified({ settings, sealed }),
  named({
    type: "WebhookUpdated",
    data: { ...settings, maxRate: 10, values: { url: "https://example.com" } },
  }),
  named({ type: "WebhookSecretRotated", data: { until: at, values: { secret: sealed } } }),
  named({ type: "WebhookDeleted", data: { values: { reason: "moved" } } }),
  named({ type: "WebhookDisabled", data: { reason: "request", values: { reason: "maintenance" } } }),
  named({ type: "WebhookEnabled", data: { from: "4800", values: { reason: "back" } } }),
  named({
    type: "WebhookTaken",
    data: {
      owner: Incarnation.parse("0199c2f1-0000-7000-8000-000000000001"),
      previous: Incarnation.parse("0199c2f1-0000-7000-8000-000000000002"),
    },
  }),
  named({ type: "WebhookDeliveryBegun", data: { ...told, ...recipe, previous: 4, checkpoint } }),
  named({ type: "WebhookDeliveryBegun", data: { ...told, ...recipe, alone: true, replay } }, "-alone"),
  named({
    type: "WebhookAttempted",
    data: {
      ...told,
      attempt: 2,
      outcome: "failed",
      status: 503,
      code: "PROVIDER_NOT_AVAILABLE",
      durationMs: 12,
      address: "203.0.113.7",
      dueAt: at,
      values: { response: "busy", message: "HTTP 503" },
    },
  }),
  named(
    {
      type: "WebhookAttempted",
      data: { ...told, alone: true, attempt: 1, outcome: "delivered", status: 204, durationMs: 3 },
    },
    "-delivered",
  ),
  named(
    {
      type: "WebhookDeliveryBegun",
      data: { ...told, ...recipe, checkpoint: { ...checkpoint, note: "…" }, source: "log.example/1" },
    },
    "-signed",
  ),
  named(
    {
      type: "WebhookAttempted",
      data: {
        ...told,
        attempt: 1,
        outcome: "delivered",
        status: 200,
        durationMs: 3,
        sealed: {
          v: 1,
          keyId: `${"a1".repeat(32)}.0123456789abcdef`,
          nonce: "AAAAAAAAAAAAAAAA",
          ciphertext: "q83vEjRWeJCrze8SNFZ4kA==",
        },
      },
    },
    "-sealed",
  ),
  named({ type: "WebhookParked", data: { ...told, type: "run.failed", attempts: 8 } }),
  named({ type: "WebhookRecovered", data: {} }),
  named({ type: "WebhookAdvanced", data: { mark: "4800", released: [told.stream] } }),
  named({
    type: "WebhookRedeliveryRequested",
    data: { ...told, ...recipe, previous: 4, checkpoint, values: { reason: "lost" } },
  }),
  named({
    type: "WebhookReplayRequested",
    data: {
      replay,
      from: "start",
      to: "4800",
      types: ["run.*"],
      only: "missing",
      source: StreamName.parse("webhook-main.0199c2f0-1a2b-7c3d-8e4f-5a6b7c8d9e0f"),
      values: { reason: "outage" },
    },
  }),
  named({
    type: "WebhookFolded",
    data: {
      ...settings,
      events: ["run.*"],
      filter: { tag: "billing" },
      maxRate: 5,
      createdAt: at,
      createdBy: { type: "cli", id: "5f0e7a7c" },
      status: "disabled",
      disabled: { reason: "gone", at },
      owner: Incarnation.parse("0199c2f1-0000-7000-8000-000000000001"),
      mark: "4800",
      open: [
        { ...told, ...recipe, previous: 4, attempts: 2, dueAt: at, held: true },
        { ...told, ...recipe, alone: true, replay, attempts: 0, held: true, over: true },
      ],
      ahead: [{ of: told.stream, revision: 7, position: "4801" }],
      replays: [{ replay, from: "0", to: "4800", through: "17", types: ["run.*"], only: "missing" }],
      failures: 6,
      failingSince: at,
      troubled: true,
      delivered: 12,
      parked: 1,
      lastDeliveredAt: at,
      values: {
        url: "https://example.com",
        description: "Billing",
        headers: sealed,
        secrets: [{ ...sealed, until: at }],
      },
    },
  }),
  named(
    {
      type: "WebhookFolded",
      data: {
        ...settings,
        createdAt: at,
        createdBy: { type: "cli", id: "5f0e7a7c" },
        status: "active",
        mark: "0",
        ...{ open: [], ahead: [], replays: [] },
        ...{ failures: 0, delivered: 0, parked: 0 },
        values: { url: "https://example.com", secrets: [sealed] },
      },
    },
    "-bare",
  ),
  named({ type: "WebhookReplayAdvanced", data: { replay, through: "4800", done: true } }),
  named({
    type: "WebhookTested",
    data: {
      delivery: told.event,
      outcome: "failed",
      status: 500,
      code: "PROVIDER_ERROR",
      durationMs: 5,
      address: "203.0.113.7",
      values: { response: "oh", message: "HTTP 500" },
    },
  }),
];
