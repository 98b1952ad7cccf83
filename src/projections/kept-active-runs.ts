// Runs under way as they are kept, with the timers that come due in them.
import { type ActiveRun, type ActiveRuns, activeRuns } from "./active-runs.ts";
import { type IndexEntry, keptModel } from "./kept-model.ts";
import { rowCodec } from "./row-codec.ts";

export const activeRunCodec = rowCodec<ActiveRun>();

export const keptActiveRuns = keptModel<ActiveRuns, ActiveRun>({
  name: "active-runs",
  version: 1,
  projection: activeRuns,
  rowsOf: ({ runs }) => runs,
  codec: activeRunCodec,
  entries: ({ tenant, submittedAt, due }): readonly IndexEntry[] => [
    { label: activeLabel(tenant), at: BigInt(submittedAt) },
    ...[...due].map(([task, at]) => ({ label: dueLabel(tenant), at: BigInt(at), item: task })),
  ],
});

/** In the order of submission. */
export const activeLabel = (tenant: string): string => `active\n${tenant}`;

/** One entry a task, in the order of their instants. */
export const dueLabel = (tenant: string): string => `due\n${tenant}`;
