// Read models of a store: in a file that only repeats what the log says, and may be deleted at any time.
import type { Store } from "../../engine/index.ts";
import type { Random, ReadModels, Snapshots } from "../../engine/ports/index.ts";
import { type Closers, once } from "../../lifetime.ts";
import type { StoreRequest } from "../../open-store.ts";

/** Without a path they last as long as the process. */
export const readModelsOf = (
  { events }: Store,
  path: string | undefined,
  { random, log }: Pick<StoreRequest, "random" | "log">,
  closing: Closers,
): (() => Promise<ReadModels>) =>
  once(async () => {
    const { keptReadModels } = await import("../../adapters/event-store/index.ts");
    const tell = (message: string): void => log.warn({}, message);
    return closing.add(keptReadModels({ events, path, random: () => random.fraction(), tell }), (one) =>
      one.close(),
    );
  });

/** Snapshots of long runs, in a folder of the same kind. */
export const snapshotsIn = (folder: string, random: Random): (() => Promise<Snapshots>) =>
  once(async () => {
    const { fileSnapshots } = await import("../../adapters/snapshots/index.ts");
    return fileSnapshots(folder, () => random.eventId());
  });
