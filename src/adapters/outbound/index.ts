export { type OutboundOptions, outbound } from "./outbound.ts";
