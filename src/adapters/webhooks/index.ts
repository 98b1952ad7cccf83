export { shownOf, signatureProblem } from "./standard-webhooks.ts";
export { webhookKeys } from "./webhook-keys.ts";
