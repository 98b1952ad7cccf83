// The zones of the world, as luxon reads them from the runtime's own database.
import { DateTime } from "luxon";
import type { Zones } from "../../domain/index.ts";

/** A time that a change of clocks leaves out is taken as so much later; one that it repeats is the first of the two. */
export const luxonZones = (): Zones => ({
  at: (local, zone) => {
    const found = DateTime.fromISO(local, { zone });
    if (!found.isValid) return undefined;
    return Math.min(...found.getPossibleOffsets().map((one) => one.toMillis()));
  },
});
