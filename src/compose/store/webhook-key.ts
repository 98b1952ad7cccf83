// The key that secrets of webhooks are sealed with lies beside the tenant's, and is not made anew once there are some.
import { TENANT_MAIN, webhookStreams } from "../../domain/index.ts";
import type { Store } from "../../engine/index.ts";

export const WEBHOOK_KEY = "webhooks";

const PAGE = 1000;

/** Whether any endpoint was ever made. */
export async function hasWebhooks({ events }: Store): Promise<boolean> {
  const prefix = webhookStreams(TENANT_MAIN);
  for (let page = await events.readAll("start", PAGE, prefix); ; ) {
    if (page.events.length > 0) return true;
    if (page.atHead) return false;
    page = await events.readAll(page.next, PAGE, prefix);
  }
}
