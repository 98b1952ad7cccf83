// Several instances as one provider: who is asked, who is spared, what is known of each.

export { drain } from "./drain.ts";
export { type InstancePool, instancePool, type PoolOptions, type PoolSetup } from "./instance-pool.ts";
export { type Journal, journal } from "./journal.ts";
export type { PoolMember } from "./member.ts";
export { poolFront, poolProvider } from "./pool-provider.ts";
