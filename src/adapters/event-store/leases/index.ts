// Which processes live, where machines share a store: each renews a lease.

export { type LeaseOptions, leaseIncarnations } from "./lease-incarnations.ts";
export { leaseObserver } from "./lease-observer.ts";
