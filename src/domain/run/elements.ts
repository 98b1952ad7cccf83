// What a run holds of a task that is repeated, and of an agent.
import type { Revision } from "../ids.ts";
import type { RunEventOf } from "./events.ts";

/** Replaced, never changed in place, so that a saved task keeps its own. */
export type Elements = {
  readonly count: number;
  /** The first ones, as many as may have begun. */
  readonly released: number;
  /** Under way now. */
  readonly busy: number;
  /** One has failed and the task gives up at the first failure: no other begins. */
  readonly halted: boolean;
  /** Of an agent. */
  readonly spent?: Spent;
};

/** What the turns of an agent have cost so far in this run. */
export type Spent = {
  readonly turns: number;
  readonly tokens: number;
  readonly costMicros: number;
  /** Turns of which nobody said how many tokens they took, and of which the price is not known. */
  readonly uncounted: number;
  readonly unpriced: number;
};

export type Steps = readonly NonNullable<RunEventOf<"TasksAdded">["data"]["steps"]>[number][];

/** Tasks that one TasksAdded brought: element `first` of the task at `of` has index `base`, and so on. */
export type Addition = {
  readonly of: number;
  readonly first: number;
  readonly base: number;
  readonly count: number;
  /** Where their list lies. */
  readonly at: Revision;
  /** What they are, of an agent. */
  readonly steps?: Steps;
};
