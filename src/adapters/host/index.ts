// What the engine asks of this machine and cannot compute: time, randomness, hashes, time zones.

export { luxonZones } from "./luxon-zones.ts";
export { sha256 } from "./sha256.ts";
export { systemClock } from "./system-clock.ts";
export { systemRandom } from "./system-random.ts";
