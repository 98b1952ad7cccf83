// What a run holds of those that wait: how each wait stands, which signals came early, and who listens for which.
import type { Revision } from "../ids.ts";
import type { Millis } from "../instant.ts";
import { type Heap, heap } from "./heap.ts";
import type { TaskStatus } from "./statuses.ts";

export type Answer =
  | { readonly kind: "signal"; readonly at: Revision }
  | { readonly kind: "approved" | "rejected" };

export type Said = {
  readonly decision: "approved" | "rejected";
  readonly by: string;
  readonly when: Millis;
  /** Where its reason and edit lie. */
  readonly at: Revision;
};

/** Never changed, only replaced, so that a saved task keeps its own. */
export type WaitState = {
  readonly since: Millis;
  /** Where the message of a question lies. */
  readonly at: Revision;
  readonly signal?: string;
  readonly asks?: {
    readonly min: number;
    readonly approvers?: readonly string[];
    readonly notBy: readonly string[];
  };
  /** The latest word of each person, in the order in which they were given. */
  readonly said: readonly Said[];
  /** It has come: what is left to do is to end the task. */
  readonly answer?: Answer;
};

type Waiting = { readonly status: TaskStatus; readonly wait: WaitState | undefined };

/** Something happens to it at its `dueAt`. */
export const isTimed = ({ status, wait }: Waiting): boolean =>
  status === "retrying" || (status === "waiting" && wait !== undefined && !wait.answer);

export const listens = ({ status, wait }: Waiting, signal: string): boolean =>
  status === "waiting" && wait?.signal === signal && !wait.answer;

/**
 * Signals by name. One that nobody waits for is kept until a wait of that name starts, the oldest first; so none is
 * lost. Who listens may be stale, as heap entries are: whoever is told asks the task itself.
 */
export type Inbox = {
  readonly listen: (name: string, task: number) => void;
  /** Everybody who may listen; they have to listen anew. */
  readonly call: (name: string) => readonly number[];
  readonly keep: (name: string, at: Revision) => void;
  /** The oldest that was kept. */
  readonly take: (name: string) => Revision | undefined;
  /** Those that nobody has taken, by name; the name first whose oldest came first. */
  readonly kept: () => readonly (readonly [name: string, at: readonly Revision[]])[];
  /** From here on what is kept and taken can be undone. */
  readonly mark: () => { readonly restore: () => void; readonly forget: () => void };
};

type Kept = { readonly revisions: Revision[]; taken: number };

export function inbox(): Inbox {
  const listeners = new Map<string, Heap<number>>();
  const kept = new Map<string, Kept>();
  let undo: (() => void)[] | undefined;

  const keptOf = (name: string): Kept => {
    const known = kept.get(name) ?? { revisions: [], taken: 0 };
    kept.set(name, known);
    return known;
  };

  return {
    listen: (name, task) => {
      const known = listeners.get(name) ?? heap<number>((a, b) => a < b);
      listeners.set(name, known);
      known.push(task);
    },
    call: (name) => {
      const called: number[] = [];
      const waiting = listeners.get(name);
      for (let task = waiting?.pop(); task !== undefined; task = waiting?.pop()) called.push(task);
      return called;
    },
    keep: (name, at) => {
      const { revisions } = keptOf(name);
      revisions.push(at);
      undo?.push(() => revisions.pop());
    },
    take: (name) => {
      const known = keptOf(name);
      const oldest = known.revisions[known.taken];
      if (oldest === undefined) return undefined;
      known.taken += 1;
      undo?.push(() => {
        known.taken -= 1;
      });
      return oldest;
    },
    kept: () =>
      [...kept]
        .map(([name, { revisions, taken }]) => [name, revisions.slice(taken)] as const)
        .filter(([, at]) => at.length > 0)
        .toSorted(([, [one = 0]], [, [other = 0]]) => one - other),
    mark: () => {
      const steps: (() => void)[] = [];
      undo = steps;
      const forget = (): void => {
        if (undo === steps) undo = undefined;
      };
      return {
        forget,
        restore: () => {
          forget();
          for (let step = steps.pop(); step; step = steps.pop()) step();
        },
      };
    },
  };
}
