// The runs that this process drives: those at work, each by one driver, and those that only wait, of which nothing is
// held but when they are to be woken.
import type { Subject, Subscription } from "rxjs";
import { asError, GleitzeitError, nextDue, type RunId, type TaskId } from "../../domain/index.ts";
import type { Nursery } from "../children/children.ts";
import type { Driven, LiveEvent } from "../driven.ts";
import type { Kit } from "../host.ts";
import type { RestingPlace } from "../resting-place.ts";
import { slots as slotsOf } from "../slots/slots.ts";
import { watchForeign } from "./foreign.ts";
import { inTurn } from "./in-turn.ts";
import { type RunDriver, runDriver } from "./run-driver.ts";
import { type Sleeper, sleepers } from "./sleepers.ts";
import { snapshotKeeper } from "./snapshots.ts";

export type Chunk = {
  readonly run: RunId;
  readonly task: TaskId;
  readonly kind: string;
  readonly text: string;
};

export type Outlet = { readonly live: Subject<LiveEvent>; readonly chunks: Subject<Chunk> };

export type Drivers = {
  /** A run has one driver here, also while one is being made: whatever makes or asks for one does so in here. */
  readonly alone: <T>(run: RunId, call: () => Promise<T>) => Promise<T>;
  /** Undefined when the run is not driven here. One that sleeps is woken. */
  readonly find: (run: RunId) => Promise<RunDriver | undefined>;
  /** From here on the run is driven here, and what others append to it is seen. */
  readonly take: (driven: Driven) => RunDriver;
  /** So many attempts at once from now on. */
  readonly resize: (slots: number) => void;
  /** Every run is left resumable; none is taken any more. */
  readonly stop: () => Promise<void>;
};

export function drivers(
  kit: Kit,
  load: (run: RunId, tenant: string) => Promise<Driven>,
  { live, chunks }: Outlet,
  nurseryFor: (facts: Driven["facts"]) => Nursery,
): Drivers {
  const known = new Map<RunId, RunDriver>();
  const alone = inTurn<RunId>();
  const slots = slotsOf(
    kit.limits.slots,
    () => kit.clock.monotonic(),
    (run) => known.get(run)?.poke(),
  );
  const keeper = snapshotKeeper(kit);
  const asleep = sleepers(kit.clock, (run) => rouse(run));
  let held = 0;
  let watching: Subscription | undefined;
  let isStopped = false;

  const forget = ({ run, stream }: Driven["facts"], tasks: number): void => {
    known.delete(run);
    held -= tasks;
    kit.cache.forget(stream);
    keeper.forget(run);
    for (const provider of kit.registry.providers) provider.release?.(run);
  };

  const take = (driven: Driven, rest?: RestingPlace): RunDriver => {
    if (isStopped) throw new GleitzeitError("SYSTEM_SHUTDOWN", "the engine is closed");
    const { facts, state } = driven;
    const tasks = state.tasks.length;
    const idle = (): void => {
      if (held <= kit.limits.heldTasks || known.get(facts.run) !== driver) return;
      asleep.add(facts.run, sleeper(driven, driver.leave()));
      forget(facts, tasks);
    };
    const driver = runDriver(kit, driven, slots, {
      publish: (events) => events.forEach((event) => live.next(event)),
      chunk: (task, chunk) => chunks.next({ run: facts.run, task, ...chunk }),
      over: () => forget(facts, tasks),
      idle,
      caughtUp: (event) => keeper.offer(driven, event),
      rest,
      nursery: nurseryFor(facts),
    });
    known.set(facts.run, driver);
    held += tasks;
    watching ??= watchForeign(kit, watched);
    return driver;
  };

  const watched = (run: RunId) => {
    const driver = known.get(run);
    if (driver) return { head: () => driver.driven.state.head.revision, lookBehind: driver.lookBehind };
    const sleeping = asleep.get(run);
    return sleeping && { head: () => sleeping.revision, lookBehind: () => rouse(run) };
  };

  const find = async (run: RunId): Promise<RunDriver | undefined> => {
    const driver = known.get(run);
    const sleeping = asleep.get(run);
    if (driver || !sleeping) return driver;
    const driven = await load(run, sleeping.tenant);
    asleep.remove(run);
    const woken = take(driven, sleeping.rest);
    woken.lookBehind(); // what came while it was read
    return woken;
  };

  const rouse = (run: RunId): void => {
    alone(run, () => find(run)).catch((error: unknown) => {
      if (isStopped) return;
      kit.log.error({ run, error: asError(error) }, "a run that waited cannot go on; it is tried again");
      asleep.later(run, AGAIN_MS);
    });
  };

  return {
    alone,
    find,
    take,
    resize: slots.resize,
    stop: async () => {
      isStopped = true;
      watching?.unsubscribe();
      asleep.stop();
      await Promise.all([...known.values()].map((driver) => driver.stop()));
      await keeper.settled();
    },
  };
}

const AGAIN_MS = 1000;

const sleeper = ({ facts, state }: Driven, rest: RestingPlace): Sleeper => ({
  tenant: facts.tenant,
  revision: state.head.revision,
  dueAt: nextDue(state),
  rest,
});
