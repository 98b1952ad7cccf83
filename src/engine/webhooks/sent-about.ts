// Which endpoints were sent what runs were given and gave: whoever erases a person has to tell them.
import { type StreamName, webhookOfStream, webhookStreams } from "../../domain/index.ts";
import type { EventStore } from "../ports/index.ts";
import { webhookEventIn } from "./records.ts";
import { removedDeliveries } from "./removed.ts";

const PAGE = 1000;

/** Ids, in the order in which they were first sent something. What was begun counts as sent, and thin payloads do not. */
export async function endpointsSent(
  events: EventStore,
  tenant: string,
  runs: ReadonlySet<StreamName>,
  subject: string,
): Promise<readonly string[]> {
  const found = new Set<string>();
  for await (const { webhook, subjects = [] } of removedDeliveries(events, tenant))
    if (subjects.includes(subject)) found.add(webhook);
  const prefix = webhookStreams(tenant);
  for (let page = await events.readAll("start", PAGE, prefix); ; ) {
    for (const stored of page.events) {
      const event = stored.type === "WebhookDeliveryBegun" ? webhookEventIn(stored).event : undefined;
      if (event?.type !== "WebhookDeliveryBegun") continue;
      const { payload, stream } = event.data;
      if (payload === "full" && runs.has(stream)) found.add(webhookOfStream(stored.stream));
    }
    if (page.atHead) return [...found];
    page = await events.readAll(page.next, PAGE, prefix);
  }
}
