// Which results were recorded under a key, so that they may stand for another call?
import type { Instant, Revision, RunId } from "../domain/index.ts";
import { type Folded, projection } from "./projection.ts";
import { withoutRun } from "./without-run.ts";

export type RecordedResult = {
  readonly run: RunId;
  /** The result lies there. */
  readonly revision: Revision;
  readonly tenant: string;
  readonly key: string;
  readonly at: Instant;
};

export type RecordedResults = Folded & { readonly rows: Map<string, RecordedResult> };

/** One taken from elsewhere is not recorded again: its source is. */
export const recordedResults = projection<RecordedResults>(() => ({ position: "start", rows: new Map() }), {
  TaskSucceeded: ({ rows }, { cacheKey: key }, { run, revision, metadata: { tenant }, recordedAt: at }) => {
    if (key !== undefined) rows.set(`${run}:${revision}`, { run, revision, tenant, key, at });
  },
  RunArchived: ({ rows }, _, { run }) => withoutRun(rows, run),
});
