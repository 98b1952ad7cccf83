// One per process: how many attempts run at once, and which run may start the next one.
//
// Invariants:
//  1. held ≤ total, always: a slot is reserved when the start is decided, before it is recorded.
//  2. While others wait, no run takes more than its share; alone, it may take everything.
//  3. A freed slot goes to the run that has waited longest, unless the one that freed it goes on in the same step.
//     Who is woken may take one slot whatever its share, so that nobody waits beside a free one.
import type { RunId } from "../domain/index.ts";

export type Slots = {
  /** How many more this run may reserve now. */
  readonly available: (run: RunId) => number;
  readonly reserve: (run: RunId) => void;
  /** Wakes nobody: the run itself comes first in the step that follows, then `passOn`. */
  readonly release: (run: RunId) => void;
  /** The run has work but no slot: it is woken when one is free. */
  readonly queue: (run: RunId) => void;
  /** True while another run has asked in vain. */
  readonly contended: (run: RunId) => boolean;
  /** The run takes part no longer: what it held is free. */
  readonly leave: (run: RunId) => void;
  /** Wakes the next in the queue if there is room; called when a woken run has taken what it wanted. */
  readonly passOn: () => void;
};

export function slots(total: number, wake: (run: RunId) => void): Slots {
  const held = new Map<RunId, number>();
  const queue = new Set<RunId>();
  const invited = new Set<RunId>();
  let free = total;

  const passOn = (): void => {
    const [run] = queue;
    if (free === 0 || run === undefined) return;
    queue.delete(run);
    invited.add(run);
    wake(run);
  };

  const contended = (run: RunId): boolean => queue.size > (queue.has(run) ? 1 : 0);
  const share = (): number => Math.max(1, Math.floor(total / (held.size + queue.size)));

  return {
    contended,
    passOn,
    available: (run) => {
      const mine = held.get(run) ?? 0;
      const least = invited.has(run) ? 1 : 0;
      return contended(run) ? Math.min(free, Math.max(least, share() - mine)) : free;
    },
    queue: (run) => {
      invited.delete(run);
      queue.add(run);
    },
    reserve: (run) => {
      if (free === 0) throw new Error("a slot was reserved that nobody has");
      invited.delete(run);
      free -= 1;
      held.set(run, (held.get(run) ?? 0) + 1);
    },
    release: (run) => {
      const mine = held.get(run) ?? 0;
      if (mine === 0) return;
      free += 1;
      if (mine === 1) held.delete(run);
      else held.set(run, mine - 1);
    },
    leave: (run) => {
      queue.delete(run);
      invited.delete(run);
      free += held.get(run) ?? 0;
      held.delete(run);
      passOn();
    },
  };
}
