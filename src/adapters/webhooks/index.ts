// What deliveries are signed with, and certificates that are shown to receivers.

export { shownOf, signatureProblem } from "./standard-webhooks.ts";
export { webhookKeys } from "./webhook-keys.ts";
