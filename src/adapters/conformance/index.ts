export { providerChecks } from "./provider-checks.ts";
