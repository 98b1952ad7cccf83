import type { Revision, TaskId } from "../ids.ts";

/** What a fork has changed, by the tasks that it reaches; the values lie at `at`. */
export type Edited = {
  readonly at: Revision;
  readonly params: readonly TaskId[];
  readonly results: readonly TaskId[];
};
