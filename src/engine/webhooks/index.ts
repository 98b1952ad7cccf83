// Webhooks as compositions see them. Not a part of the engine's own door: whoever has no endpoint loads nothing of this.
export { deliverWebhooks } from "./deliveries.ts";
export { webhookDesk } from "./desk.ts";
export { newestCheckpoint } from "./newest-checkpoint.ts";
export { placeInTime } from "./place-in-time.ts";
