// What a run holds of a task that is repeated.
import type { Revision } from "../ids.ts";

/** Replaced, never changed in place, so that a saved task keeps its own. */
export type Elements = {
  readonly count: number;
  /** The first ones, as many as may have begun. */
  readonly released: number;
  /** Under way now. */
  readonly busy: number;
  /** One has failed and the task gives up at the first failure: no other begins. */
  readonly halted: boolean;
};

/** Tasks that one TasksAdded brought: element `first` of the task at `of` has index `base`, and so on. */
export type Addition = {
  readonly of: number;
  readonly first: number;
  readonly base: number;
  readonly count: number;
  /** Where their list lies. */
  readonly at: Revision;
};
