// Runs by what happens in them. The log is read once more for it, and only when such a filter is given.
import { folded } from "../../engine/index.ts";
import { type ActivityQuery, fits, type RunRow, runActivities } from "../../projections/index.ts";
import type { Reading } from "./parts.ts";

/** Undefined when nothing was asked for. */
export async function activityFilter(
  reading: Reading,
  query: ActivityQuery,
): Promise<((row: RunRow) => boolean) | undefined> {
  const { error, task, retrying, stuckSince } = query;
  if (error === undefined && task === undefined && !retrying && stuckSince === undefined) return undefined;
  const { runs } = await folded(reading, runActivities);
  return ({ run }) => {
    const activity = runs.get(run);
    return activity !== undefined && fits(activity, query);
  };
}
