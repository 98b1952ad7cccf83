// That a tenant has an endpoint, in the stream `tenant-<tenant>`: nobody has to look for endpoints among all their deliveries.
// STORED FORMAT: add, never rename or narrow.
import { z } from "zod";
import type { Json } from "../json.ts";
import { event } from "../run/schema.ts";

/** Said before the endpoint is made. One that never was has no stream; one that was deleted stays listed. */
const WebhookListed = event("WebhookListed", { webhook: z.string() }, {});
export type WebhookListed = z.infer<typeof WebhookListed>;

/** Undefined for whatever else stands there, and for what this version cannot read. */
export const readWebhookListed = (type: string, version: number, data: Json): WebhookListed | undefined =>
  version === 1 ? WebhookListed.safeParse({ type, data }).data : undefined;
