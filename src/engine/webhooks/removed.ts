// What of endpoints' pasts has left the store, as the stream of their tenant says it.
import { readDeliveriesRemoved, tenantStream, type WebhookDeliveriesRemoved } from "../../domain/index.ts";
import { json } from "../log/decode.ts";
import { storedIn } from "../log/stored-in.ts";
import type { EventStore } from "../ports/index.ts";

export async function* removedDeliveries(
  events: Pick<EventStore, "read">,
  tenant: string,
): AsyncGenerator<WebhookDeliveriesRemoved["data"]> {
  for await (const stored of storedIn(events, tenantStream(tenant))) {
    const event = readDeliveriesRemoved(stored.type, stored.schemaVersion, json(stored, stored.data));
    if (event) yield event.data;
  }
}

/** By endpoint the revision below which nothing is there any more. */
export async function removedBefore(
  events: Pick<EventStore, "read">,
  tenant: string,
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for await (const { webhook, before } of removedDeliveries(events, tenant))
    found.set(webhook, Math.max(before, found.get(webhook) ?? 0));
  return found;
}
