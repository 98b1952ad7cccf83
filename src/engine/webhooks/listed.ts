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
import { type EventStore, plainEvent, VersionConflict } from "../ports/index.ts";
import type { WebhookKit } from "./kit.ts";

const PAGE = 500;
const TRIES = 20;

type Listed = { readonly head: Revision | "none"; readonly webhooks: ReadonlySet<string> };

async function listed(events: Pick<EventStore, "read">, tenant: string): Promise<Listed> {
  const webhooks = new Set<string>();
  for (let next = 0; ; ) {
    const page = await events.read(tenantStream(tenant), next, PAGE);
    for (const stored of page) {
      const event = readWebhookListed(stored.type, stored.schemaVersion, json(stored, stored.data));
      if (event) webhooks.add(event.data.webhook);
    }
    next += page.length;
    if (page.length < PAGE) return { head: next > 0 ? next - 1 : "none", webhooks };
  }
}

/** Those that were made before endpoints were listed, found among all that was ever said of them. */
async function unlisted(events: EventStore, tenant: string): Promise<readonly string[]> {
  const found = new Set<string>();
  const prefix = webhookStreams(tenant);
  for (let page = await events.readAll("start", PAGE, prefix); ; ) {
    for (const { stream } of page.events) found.add(webhookOfStream(stream));
    if (page.atHead) return [...found];
    page = await events.readAll(page.next, PAGE, prefix);
  }
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
