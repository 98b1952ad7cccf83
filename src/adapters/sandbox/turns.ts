// Who gets an interpreter next: a decision about the pool as it stands, free of everything that changes it.
import type { Millis, RunId } from "../../domain/index.ts";

export type SlotView = {
  /** `tidying`: done with its call, and soon idle for its run again. */
  readonly state: "starting" | "idle" | "busy" | "tidying";
  /** Absent while it belongs to nobody. */
  readonly run?: RunId;
  /** When it was given to its run. */
  readonly since: Millis;
};

export type PoolView<S extends SlotView> = {
  readonly slots: readonly S[];
  /** Runs with calls that wait and how many, who waits longest first. */
  readonly waiting: ReadonlyMap<RunId, number>;
  readonly size: number;
  readonly now: Millis;
};

export type Move<S> =
  | { readonly type: "lease"; readonly slot: S; readonly run: RunId }
  | { readonly type: "start"; readonly run: RunId }
  | { readonly type: "end"; readonly slot: S };

/** A run keeps an interpreter that others wait for at least so long: a change costs the start of another. */
export const TURN_MS = 1_000;

/** The next thing to do, or undefined when all that can be done is to wait. */
export function nextMove<S extends SlotView>(view: PoolView<S>): Move<S> | undefined {
  const { slots, size } = view;
  const promised = new Set<S>();
  for (const demand of demands(view)) {
    const slot = idleFor(demand.run, slots);
    if (slot) return { type: "lease", slot, run: demand.run };
    const coming = soonFor(
      demand.run,
      slots.filter((free) => !promised.has(free)),
    );
    if (coming) {
      promised.add(coming);
      continue;
    }
    if (slots.length < size) return { type: "start", run: demand.run };
    const given = toGiveBack(demand, view);
    if (given) return { type: "end", slot: given };
  }
  return undefined;
}

type Demand = { readonly run: RunId; readonly has: number };

/** Each call that waits, with the interpreters its run would have before it; the fewest first. */
function demands<S extends SlotView>({ waiting, slots, size }: PoolView<S>): readonly Demand[] {
  return [...waiting]
    .flatMap(([run, calls]) => {
      const has = slots.filter((slot) => slot.run === run).length;
      return Array.from({ length: Math.min(calls, size) }, (_, i) => ({ run, has: has + i }));
    })
    .toSorted((a, b) => a.has - b.has);
}

/** Its own first: a fresh one is of use to everybody. */
function idleFor<S extends SlotView>(run: RunId, slots: readonly S[]): S | undefined {
  const idle = slots.filter(({ state }) => state === "idle");
  return idle.find((slot) => slot.run === run) ?? idle.find((slot) => slot.run === undefined);
}

const soonFor = <S extends SlotView>(wanted: RunId, slots: readonly S[]): S | undefined =>
  slots.find(({ state, run }) => state === "tidying" && run === wanted) ??
  slots.find(({ state, run }) => state === "starting" && (run === undefined || run === wanted));

function toGiveBack<S extends SlotView>(demand: Demand, { slots, waiting, now }: PoolView<S>): S | undefined {
  const idle = slots
    .filter((slot) => slot.state === "idle" && slot.run !== undefined && slot.run !== demand.run)
    .toSorted((a, b) => a.since - b.since);
  const holds = (slot: S): number => slots.filter(({ run }) => run === slot.run).length;
  const isUnused = (slot: S): boolean => slot.run !== undefined && !waiting.has(slot.run);
  return (
    idle.find(isUnused) ?? idle.find((slot) => holds(slot) > demand.has + 1 || now - slot.since >= TURN_MS)
  );
}
