// The one way to other machines: whom they may be, and connections that are kept.

export type { Allowed } from "./destinations.ts";
export { type OutboundOptions, outbound } from "./outbound.ts";
