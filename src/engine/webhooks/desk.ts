// Everything that may be asked of endpoints, as documents: what the command line and the HTTP API do is the same.
import type {
  Actor,
  Expressions,
  Instant,
  JsonObject,
  Millis,
  Position,
  WebhookPatch,
  WebhookRequest,
} from "../../domain/index.ts";
import type { SecretKind } from "../ports/index.ts";
import { secretsIn } from "./attempt.ts";
import { redeliver, type Tested, testWebhook } from "./by-hand.ts";
import { challenged } from "./challenge.ts";
import { webhookNamed } from "./changed.ts";
import type { SendingKit, WebhookKit } from "./kit.ts";
import { type Asking, createWebhook, rotateSecret, updateWebhook } from "./manage.ts";
import { deleteWebhook, disableWebhook, enableWebhook, type ReplayRequest, replayWebhook } from "./orders.ts";
import { type DeliveriesAsked, pastDeliveries } from "./past-deliveries.ts";
import type { PastDelivery } from "./past-delivery.ts";
import { placeInTime } from "./place-in-time.ts";
import { endpointsIn } from "./records.ts";
import { webhookDocument } from "./webhook-document.ts";

type Document = JsonObject;
/** `secret` is shown this once: for `v1` the shared one, for `v1a` the public key to verify with. */
type WithSecret = { readonly webhook: Document; readonly secret: string };

export type WebhookDesk = {
  readonly list: () => Promise<readonly Document[]>;
  readonly show: (id: string) => Promise<Document>;
  /** `from` is where the request's `start` leads. */
  readonly create: (request: WebhookRequest, from: Position | "start", actor: Actor) => Promise<WithSecret>;
  readonly update: (id: string, patch: WebhookPatch, actor: Actor) => Promise<Document>;
  readonly remove: (id: string, actor: Actor, reason?: string) => Promise<void>;
  readonly rotate: (id: string, overlapMs: Millis, actor: Actor, kind?: SecretKind) => Promise<WithSecret>;
  readonly disable: (id: string, actor: Actor, reason?: string) => Promise<Document>;
  readonly enable: (
    id: string,
    actor: Actor,
    from?: Position | "start",
    reason?: string,
  ) => Promise<Document>;
  readonly deliveries: (
    id: string,
    asked: DeliveriesAsked,
  ) => Promise<{ readonly items: readonly PastDelivery[]; readonly next: bigint | undefined }>;
  readonly redeliver: (id: string, delivery: string, actor: Actor, reason?: string) => Promise<PastDelivery>;
  readonly replay: (
    id: string,
    request: ReplayRequest,
    actor: Actor,
    reason?: string,
  ) => Promise<{ readonly replay: string }>;
  /** Behind what was recorded before that time. */
  readonly placeInTime: (time: Instant) => Promise<Position | "start">;
  /** Secrets that sign now, as receivers know them. For whoever receives on this machine. */
  readonly secretsOf: (id: string) => Promise<readonly string[]>;
  readonly test: (id: string, actor: Actor, stop: AbortSignal) => Promise<Tested>;
};

export type DeskParts = {
  readonly kit: WebhookKit;
  readonly sending: () => Promise<SendingKit>;
  readonly conditions: () => Promise<Expressions>;
};

export function webhookDesk({ kit, sending, conditions }: DeskParts): WebhookDesk {
  const shown = (endpoint: Parameters<typeof webhookDocument>[0]): Document => webhookDocument(endpoint, kit);
  const asking: Asking = {
    condition: conditions,
    challenge: async (target, actor) => challenged(await sending(), target, actor),
  };
  return {
    list: async () => (await endpointsIn(kit.store.events, kit.tenant)).map(shown),
    show: async (id) => shown(await webhookNamed(kit, id)),
    create: async (request, from, actor) => {
      const { endpoint, secret } = await createWebhook(kit, request, from, asking, actor);
      return { webhook: shown(endpoint), secret };
    },
    update: async (id, patch, actor) => shown(await updateWebhook(kit, id, patch, asking, actor)),
    remove: async (id, actor, reason) => {
      await deleteWebhook(kit, id, actor, reason);
    },
    rotate: async (id, overlapMs, actor, kind) => {
      const { endpoint, secret } = await rotateSecret(kit, id, overlapMs, actor, kind);
      return { webhook: shown(endpoint), secret };
    },
    disable: async (id, actor, reason) => shown(await disableWebhook(kit, id, actor, reason)),
    enable: async (id, actor, from, reason) => shown(await enableWebhook(kit, id, actor, from, reason)),
    deliveries: (id, asked) => pastDeliveries(kit, id, asked),
    redeliver: (id, delivery, actor, reason) => redeliver(kit, id, delivery, actor, reason),
    replay: async (id, request, actor, reason) => {
      const { replay } = await replayWebhook(kit, id, request, actor, reason);
      return { replay };
    },
    placeInTime: (time) => placeInTime(kit.store.events, time),
    secretsOf: async (id) => secretsIn(kit, await webhookNamed(kit, id)),
    test: async (id, actor, stop) => testWebhook(await sending(), id, actor, stop),
  };
}
