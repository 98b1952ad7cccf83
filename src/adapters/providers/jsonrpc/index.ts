export { jsonrpcProvider } from "./call-provider.ts";
export type { CheckReport } from "./conformance/check.ts";
export { conformance } from "./conformance/conform.ts";
export type { Spoken } from "./conformance/subject.ts";
export { declaredProvider } from "./declared-provider.ts";
export { endpoint } from "./endpoint.ts";
export { externalProvider } from "./external-provider.ts";
