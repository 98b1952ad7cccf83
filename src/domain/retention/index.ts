// What left the store because its time was over.

export {
  DELIVERIES_REMOVED_VERSION,
  readDeliveriesRemoved,
  type WebhookDeliveriesRemoved,
} from "./deliveries-removed.ts";
export { RETENTION_EVENT_VERSION, type RetentionRan, readRetentionEvent } from "./retention-events.ts";
