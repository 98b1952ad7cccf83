// What lanes are for those who use them, and one of them for those who run it.
import type { DeliveryKey, StreamName } from "../../domain/index.ts";
import type { Wanted } from "./sending.ts";

export type Lanes = {
  /** To be delivered; the window holds its place. */
  readonly add: (wanted: Wanted) => void;
  /** True where an event of that run is left to whoever holds its lane. */
  readonly leaves: (stream: StreamName) => boolean;
  /** Takes up what is open and has no lane, and looks at when the others are due. */
  readonly refresh: () => void;
  /** Attempts it once, apart from all lanes; retries are a lane's. */
  readonly once: (wanted: Wanted) => Promise<void>;
  readonly size: () => number;
  readonly held: () => number;
  /** When every lane has ended, because it was stopped. */
  readonly ended: () => Promise<void>;
};

export type Lane = { queue: Wanted[]; isHeld: boolean; hasLeft: boolean; wake: () => void };

export function heldLanes(all: ReadonlyMap<DeliveryKey, Lane>): number {
  let held = 0;
  for (const { isHeld } of all.values()) if (isHeld) held += 1;
  return held;
}
