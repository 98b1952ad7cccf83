export { type LeaseOptions, leaseIncarnations } from "./lease-incarnations.ts";
export { leaseObserver } from "./lease-observer.ts";
