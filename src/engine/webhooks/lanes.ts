// Deliveries under way at one endpoint: a lane for each run, in which one follows the other, or for each event where order
// does not matter. Lanes do not wait for one another.
//
// 1. A lane whose delivery fails is held: the mark goes on without it, and whatever else comes of its run is left in the log.
// 2. When that delivery is over, what was left is read from the run's own stream, in order, until nothing was left since.
// 3. Only then is the lane released, durably, and the next event of the run is met where all others are.
import { type DeliveryKey, keyOf, type OpenDelivery, placeOf, type StreamName } from "../../domain/index.ts";
import { heldLanes, type Lane, type Lanes } from "./lane.ts";
import { patience } from "./patience.ts";
import { abandoned, openOf, type Sending, sent, type Wanted } from "./sending.ts";
import { type Source, sourceIn } from "./telling.ts";
import { isBeyond, type Window } from "./window.ts";

const PAGE = 100;

export type LaneOptions = {
  readonly sending: Sending;
  readonly window: Window;
  /** Something was delivered, parked or held: there may be room. */
  readonly changed: () => void;
  /** The endpoint is disabled: everything is to stop. */
  readonly inactive: () => void;
  readonly failed: (error: unknown) => void;
};

export function lanes({ sending, window, changed, inactive, failed }: LaneOptions): Lanes {
  const { kit, endpoint, journal, telling, stop } = sending;
  const all = new Map<DeliveryKey, Lane>();
  const running = new Set<Promise<void>>();

  const lane = (key: DeliveryKey, isHeld: boolean): Lane => {
    const made: Lane = { queue: [], isHeld, hasLeft: isHeld, wake: () => undefined };
    all.set(key, made);
    return made;
  };

  const start = (work: () => Promise<void>): void => {
    const done: Promise<void> = work()
      .catch((error: unknown) => {
        if (!stop.signal.aborted) failed(error);
      })
      .finally(() => {
        running.delete(done);
        changed();
      });
    running.add(done);
  };

  /** Until it is delivered or parked. That it was delivered is recorded while the next one of its run is on its way. */
  const settle = async (one: Lane, wanted: Wanted): Promise<void> => {
    for (;;) {
      await due(one, wanted);
      const { outcome, written } = await sent(sending, wanted);
      if (outcome === "delivered" && !one.isHeld) return start(() => written);
      await written;
      if (endpoint.status !== "active") inactive();
      if (outcome !== "failed") return;
      hold(one, wanted);
      stop.signal.throwIfAborted();
    }
  };

  /** From here on it does not hold the mark back. */
  const hold = (one: Lane, { source }: Wanted): void => {
    window.over(source.told.position);
    for (const { source: left } of one.queue) window.over(left.told.position);
    one.hasLeft ||= one.queue.length > 0;
    one.queue = [];
    one.isHeld = true;
    changed();
  };

  /** What is waited for is time that passes here: a wall clock that is set back meanwhile prolongs nothing. */
  const due = async (one: Lane, wanted: Wanted): Promise<void> => {
    let known: number | undefined;
    let until = 0;
    for (;;) {
      const { dueAt = 0 } = openOf(sending, wanted) ?? {};
      if (dueAt !== known) until = kit.clock.monotonic() + dueAt - kit.clock.now();
      known = dueAt;
      const waits = until - kit.clock.monotonic();
      if (waits <= 0) return;
      await patience(kit.clock, waits, stop, (wake) => {
        one.wake = wake;
      });
    }
  };

  const inOrder = async (stream: StreamName, one: Lane): Promise<void> => {
    for (let wanted = one.queue.shift(); wanted; wanted = one.queue.shift()) {
      await settle(one, wanted);
      window.over(wanted.source.told.position);
      changed();
      if (one.isHeld) await catchUp(stream, one, wanted.source.told.revision + 1);
    }
    all.delete(stream);
  };

  const catchUp = async (stream: StreamName, one: Lane, from: number): Promise<void> => {
    let next = from;
    for (;;) {
      one.hasLeft = false;
      next = await left(stream, one, next);
      if (one.hasLeft) continue;
      one.isHeld = false;
      const data = { mark: placeOf(window.mark()), released: [stream] };
      await journal.record({ type: "WebhookAdvanced", data });
      return;
    }
  };

  /** What stands there and was looked at; the revision where the rest begins. */
  const left = async (stream: StreamName, one: Lane, from: number): Promise<number> => {
    let next = from;
    for (;;) {
      const page = await kit.store.events.read(stream, next, PAGE);
      for (const stored of page) {
        if (isBeyond(stored.position, window.scanned())) return next;
        next = stored.revision + 1;
        const source = telling.mayTell(stored) ? sourceIn(stored) : undefined;
        const type = source && (await telling.typeOf(source));
        if (source && type !== undefined) await settle(one, { source, type, isAlone: false });
      }
      if (page.length < PAGE) return next;
    }
  };

  const sourceOf = async ({ told: { stream, revision } }: OpenDelivery): Promise<Source | undefined> => {
    const [stored] = await kit.store.events.readMany(stream, [revision]);
    return stored && sourceIn(stored);
  };

  const goOn = (key: DeliveryKey, open: OpenDelivery): void => {
    const one = lane(key, true);
    start(async () => {
      const { isAlone, recipe, told } = open;
      const source = open.isOver ? undefined : await sourceOf(open);
      if (source) await settle(one, { source, type: recipe.type, isAlone });
      else if (!open.isOver) await abandoned(sending, open).written;
      if (isAlone) return void all.delete(key);
      await catchUp(told.stream, one, told.revision + 1);
      await inOrder(told.stream, one);
    });
  };

  return {
    add: (wanted) => {
      const key = keyOf({ told: wanted.source.told, isAlone: wanted.isAlone });
      const known = all.get(key);
      if (known) return void known.queue.push(wanted);
      const one = lane(key, false);
      one.queue.push(wanted);
      if (!wanted.isAlone) return start(() => inOrder(wanted.source.told.stream, one));
      start(async () => {
        await settle(one, wanted);
        window.over(wanted.source.told.position);
        all.delete(key);
      });
    },
    leaves: (stream) => {
      const one = all.get(stream);
      if (!one?.isHeld) return false;
      one.hasLeft = true;
      return true;
    },
    refresh: () => {
      for (const [key, open] of endpoint.open) {
        const known = all.get(key);
        if (known) known.wake();
        else if (open.isHeld) goOn(key, open);
      }
    },
    once: async (wanted) => {
      const key = wanted.source.told.event;
      if (all.has(key)) return;
      const one = lane(key, true);
      const { outcome, written } = await sent(sending, wanted);
      await written;
      if (endpoint.status !== "active") inactive();
      if (outcome !== "failed") return void all.delete(key);
      start(async () => {
        await settle(one, wanted);
        all.delete(key);
      });
    },
    size: () => all.size,
    held: () => heldLanes(all),
    ended: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
