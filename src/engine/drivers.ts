// The runs that this process drives, each by one driver.
import type { Subject, Subscription } from "rxjs";
import { GleitzeitError, type RunId, type TaskId } from "../domain/index.ts";
import type { Nursery } from "./children.ts";
import type { Driven, LiveEvent } from "./driven.ts";
import { watchForeign } from "./foreign.ts";
import type { Kit } from "./host.ts";
import { type RunDriver, runDriver } from "./run-driver.ts";
import { slots as slotsOf } from "./slots.ts";

export type Chunk = {
  readonly run: RunId;
  readonly task: TaskId;
  readonly kind: string;
  readonly text: string;
};

export type Outlet = { readonly live: Subject<LiveEvent>; readonly chunks: Subject<Chunk> };

export type Drivers = {
  readonly find: (run: RunId) => RunDriver | undefined;
  /** From here on the run is driven here, and what others append to it is seen. */
  readonly take: (driven: Driven) => RunDriver;
  /** Every run is left resumable; none is taken any more. */
  readonly stop: () => Promise<void>;
};

export function drivers(
  kit: Kit,
  { live, chunks }: Outlet,
  nurseryFor: (facts: Driven["facts"]) => Nursery,
): Drivers {
  const known = new Map<RunId, RunDriver>();
  const slots = slotsOf(kit.limits.slots, (run) => known.get(run)?.poke());
  let watching: Subscription | undefined;
  let isStopped = false;

  const forget = ({ run, stream }: Driven["facts"]): void => {
    known.delete(run);
    kit.cache.forget(stream);
    for (const provider of kit.registry.providers) provider.release?.(run);
  };

  return {
    find: (run) => known.get(run),
    take: (driven) => {
      if (isStopped) throw new GleitzeitError("SYSTEM_SHUTDOWN", "the engine is closed");
      const { run } = driven.facts;
      const driver = runDriver(kit, driven, slots, {
        publish: (events) => events.forEach((event) => live.next(event)),
        chunk: (task, chunk) => chunks.next({ run, task, ...chunk }),
        over: () => forget(driven.facts),
        nursery: nurseryFor(driven.facts),
      });
      known.set(run, driver);
      watching ??= watchForeign(kit, (other) => {
        const found = known.get(other);
        return found && { head: () => found.driven.state.head.revision, lookBehind: found.lookBehind };
      });
      return driver;
    },
    stop: async () => {
      isStopped = true;
      watching?.unsubscribe();
      await Promise.all([...known.values()].map((driver) => driver.stop()));
    },
  };
}
