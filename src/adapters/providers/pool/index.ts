export { drain } from "./drain.ts";
export { type Journal, journal } from "./journal.ts";
export type { PoolMember } from "./member.ts";
export { type PoolOptions, poolProvider } from "./pool-provider.ts";
