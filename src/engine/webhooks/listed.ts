// Which endpoints a tenant has.
import {
  type Actor,
  type Revision,
  readWebhookListed,
  type StreamName,
  tenantStream,
  WEBHOOK_EVENT_VERSION,
  type WebhookListed,
  webhookOfStream,
  webhookStream,
  webhookStreams,
} from "../../domain/index.ts";
import { json } from "../log/decode.ts";
import { storedIn, storedUnder } from "../log/stored-in.ts";
import { type EventStore, plainEvent, VersionConflict } from "../ports/index.ts";
import type { WebhookKit } from "./kit.ts";

const TRIES = 20;

type Listed = { readonly head: Revision | "none"; readonly webhooks: ReadonlySet<string> };

async function listed(events: Pick<EventStore, "read">, tenant: string): Promise<Listed> {
  const webhooks = new Set<string>();
  let head: Listed["head"] = "none";
  for await (const stored of storedIn(events, tenantStream(tenant))) {
    const event = readWebhookListed(stored.type, stored.schemaVersion, json(stored, stored.data));
    if (event) webhooks.add(event.data.webhook);
    head = stored.revision;
  }
  return { head, webhooks };
}

/** Those that were made before endpoints were listed, found among all that was ever said of them. */
async function unlisted(events: EventStore, tenant: string): Promise<readonly string[]> {
  const found = new Set<string>();
  for await (const { stream } of storedUnder(events, webhookStreams(tenant)))
    found.add(webhookOfStream(stream));
  return [...found];
}

/** Their streams, in the order in which they were made, deleted ones too. */
export async function webhookStreamsIn(events: EventStore, tenant: string): Promise<readonly StreamName[]> {
  const { webhooks } = await listed(events, tenant);
  const all = webhooks.size > 0 ? [...webhooks] : await unlisted(events, tenant);
  return all.map((webhook) => webhookStream(webhook, tenant));
}

/** Before it is made. */
export async function listWebhook(kit: WebhookKit, webhook: string, actor: Actor): Promise<void> {
  const { clock, random, tenant, store } = kit;
  for (let tries = 1; ; tries += 1) {
    const { head, webhooks } = await listed(store.events, tenant);
    const before = webhooks.size > 0 ? [] : await unlisted(store.events, tenant);
    const recorded = [...before, webhook].map((one) => {
      const event: WebhookListed = { type: "WebhookListed", data: { webhook: one } };
      return plainEvent(event, WEBHOOK_EVENT_VERSION, { actor, clock, random });
    });
    try {
      await store.events.append(tenantStream(tenant), head, recorded);
      return;
    } catch (error) {
      if (!(error instanceof VersionConflict) || tries === TRIES) throw error;
    }
  }
}
