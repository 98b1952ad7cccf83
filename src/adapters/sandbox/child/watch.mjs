// Ends the child when its parent has died, also in the middle of a loop that never comes back to the event loop.
import process from "node:process";

const EVERY_MS = 250;

/** To be called often; asks the operating system now and then. */
export function parentWatch(now) {
  const parent = process.ppid;
  let next = now() + EVERY_MS;
  return () => {
    if (now() < next) return;
    next = now() + EVERY_MS;
    if (process.ppid !== parent) process.exit(0);
  };
}
