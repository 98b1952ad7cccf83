// Runs of tenants that share slots, on a clock that jumps from one end of a task to the next: what a driver does with
// the scheduler, without anything else.
import { heap, RunId } from "../../src/domain/index.ts";
import type { Want } from "../../src/engine/slots/fair-order.ts";
import { slots } from "../../src/engine/slots/slots.ts";

export type Submitted = {
  readonly at: number;
  readonly tenant: string;
  readonly want: Want;
  /** How long each of its tasks takes, one after the other or, where `isWide`, all at once. */
  readonly tasks: readonly number[];
  readonly isWide?: boolean;
};

export type Served = { readonly index: number; readonly waited: number; readonly at: number };

/** Starts in the order in which they happened; until all of one run's have, or all of all. */
export function served(total: number, submitted: readonly Submitted[], until?: number): readonly Served[] {
  let now = 0;
  let order = 0;
  const found: Served[] = [];
  const events = heap<{ readonly at: number; readonly order: number; readonly call: () => void }>((a, b) =>
    a.at === b.at ? a.order < b.order : a.at < b.at,
  );
  const later = (at: number, call: () => void): void => {
    order += 1;
    events.push({ at, order, call });
  };
  const steps = new Map<RunId, () => void>();
  const pool = slots(
    total,
    () => now,
    (run) => later(now, () => steps.get(run)?.()),
  );
  let busy = 0;
  let left = until === undefined ? Number.POSITIVE_INFINITY : (submitted[until]?.tasks.length ?? 0);

  for (const [index, { at, tenant, want, tasks, isWide }] of submitted.entries()) {
    const party = { run: idOf(index), tenant };
    let next = 0;
    let running = 0;
    let readyAt = at;
    const step = (): void => {
      pool.begin(party.run);
      while (next < tasks.length && (isWide || running === 0)) {
        if (!pool.mayTake(party, want)) {
          pool.queue(party, want);
          break;
        }
        pool.reserve(party);
        [running, busy] = [running + 1, busy + 1];
        found.push({ index, waited: now - readyAt, at: now });
        if (index === until) left -= 1;
        later(now + (tasks[next] ?? 0), () => {
          [running, busy, readyAt] = [running - 1, busy - 1, now];
          pool.release(party.run);
          step();
        });
        next += 1;
      }
      if (next === tasks.length && running === 0) pool.leave(party.run);
      else pool.passOn(party.run);
    };
    steps.set(party.run, step);
    later(at, step);
  }
  for (let event = events.pop(); event && left > 0; event = events.pop()) {
    now = event.at;
    event.call();
    if (busy > total) throw new Error("more is under way than there are slots");
  }
  return found;
}

const idOf = (index: number): RunId =>
  RunId.parse(`00000000-0000-7000-8000-${index.toString(16).padStart(12, "0")}`);
