// What somebody asks of an endpoint beside what the log asks of it: a delivery once more, or one that only shows that
// deliveries arrive.
import { type Actor, placeOf, testData, type WebhookEvent, webhookOfStream } from "../../domain/index.ts";
import { VersionConflict } from "../ports/index.ts";
import { type Attempted, attempt } from "./attempt.ts";
import { webhookNamed } from "./changed.ts";
import type { SendingKit, WebhookKit } from "./kit.ts";
import { madeMessage } from "./made-message.ts";
import { pastDelivery } from "./past-deliveries.ts";
import type { PastDelivery } from "./past-delivery.ts";
import { recordable } from "./records.ts";

const TRIES = 20;

/** Behind whatever the process that sends writes at the same time. */
async function appended(kit: WebhookKit, id: string, actor: Actor, event: WebhookEvent): Promise<void> {
  const recorded = recordable(event, kit, actor);
  for (let tries = 1; ; tries += 1) {
    const { stream, head } = await webhookNamed(kit, id);
    try {
      await kit.store.events.append(stream, head, [recorded]);
      return;
    } catch (error) {
      if (!(error instanceof VersionConflict) || tries === TRIES) throw error;
    }
  }
}

/** With the same id and the same bytes; it comes out of its order, and says so in a header. */
export async function redeliver(
  kit: WebhookKit,
  id: string,
  delivery: string,
  actor: Actor,
  reason?: string,
): Promise<PastDelivery> {
  const { told, recipe, shown } = await pastDelivery(kit, id, delivery);
  const { event, stream, revision, position } = told;
  await appended(kit, id, actor, {
    type: "WebhookRedeliveryRequested",
    data: {
      event,
      stream,
      revision,
      position: placeOf(position),
      ...recipe,
      ...(reason !== undefined && { values: { reason } }),
    },
  });
  return shown;
}

export type Tested = Attempted & { readonly id: string; readonly url: string };

/** Sent at once, by whoever asks; recorded, and not repeated. */
export async function testWebhook(
  kit: SendingKit,
  id: string,
  actor: Actor,
  stop: AbortSignal,
): Promise<Tested> {
  const endpoint = await webhookNamed(kit, id);
  const webhook = webhookOfStream(endpoint.stream);
  const signed = await kit.checkpoint();
  const named = signed && { checkpoint: signed.checkpoint, source: signed.origin };
  const recipe = { format: 1, type: "webhook.test", payload: endpoint.settings.payload, ...named } as const;
  const message = madeMessage(kit, webhook, recipe, testData(webhook, actor));
  const result = await attempt(kit, endpoint, message, stop);
  const { outcome, durationMs, status, code, address, response, message: why } = result;
  const values = { ...(response !== undefined && { response }), ...(why !== undefined && { message: why }) };
  await appended(kit, id, actor, {
    type: "WebhookTested",
    data: {
      delivery: message.event,
      outcome,
      durationMs,
      ...(status !== undefined && { status }),
      ...(code !== undefined && { code }),
      ...(address !== undefined && { address }),
      ...(Object.keys(values).length > 0 && { values }),
    },
  });
  return { ...result, id: message.id, url: endpoint.url };
}
