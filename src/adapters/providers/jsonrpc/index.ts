// Providers in any language: programs and addresses that speak JSON-RPC.

export { jsonrpcProvider } from "./call-provider.ts";
export { conformance } from "./conform.ts";
export { declaredProvider } from "./declared-provider.ts";
export { endpoint } from "./endpoint.ts";
export { externalProvider } from "./external-provider.ts";
export type { Spoken } from "./subject.ts";
