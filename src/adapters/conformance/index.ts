// What `providers test` asks of any provider.

export { providerChecks } from "./provider-checks.ts";
