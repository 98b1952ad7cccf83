export type { Allowed } from "./destinations.ts";
export { type OutboundOptions, outbound } from "./outbound.ts";
