// Answers about what happens in runs, straight from the folded rows: what the kept index is held to.
import { instantOf, millisOf, type RunId } from "../../src/domain/index.ts";
import {
  type ActivityQuery,
  type CauseQuery,
  type Failure,
  type FailureCauses,
  type Failures,
  RUN_ITSELF,
  type RunActivities,
  type RunActivity,
  type RunList,
  taskOfElement,
  traitOf,
} from "../../src/projections/index.ts";

/** The list without the runs that do not fit. */
export function fitting(list: RunList, { runs }: RunActivities, query: ActivityQuery): RunList {
  const repeated = new Set([...runs.values()].map(({ forkedFrom }) => forkedFrom));
  const rows = [...list.rows].filter(
    ([run]) => fits(runs.get(run), query) && !(query.unrepeated && repeated.has(run)),
  );
  return { ...list, rows: new Map(rows) };
}

function fits(
  activity: RunActivity | undefined,
  { error, task, retrying, stuckSince }: ActivityQuery,
): boolean {
  const { isOver = true, movedAt = 0, at, failed, retrying: again } = activity ?? {};
  if (retrying && !again?.size) return false;
  if (stuckSince !== undefined && (isOver || movedAt > stuckSince)) return false;
  const tasks = [...(failed?.keys() ?? [])].filter((one) => one !== RUN_ITSELF);
  if (error === undefined) {
    return task === undefined || [...tasks, ...(at ?? [])].some((one) => taskOfElement(one) === task);
  }
  const codes = [...(failed ?? [])].filter(([one]) => task === undefined || one === task);
  return codes.some(([, known]) => known.has(error));
}

export const failuresOf = ({ rows }: Failures): readonly Failure[] =>
  [...rows.values()]
    .flatMap((row) => ("failure" in row ? row.failure : []))
    .toSorted((a, b) => millisOf(b.at) - millisOf(a.at));

export function causesOf(view: Failures, { by, since = instantOf(0), limit }: CauseQuery): FailureCauses {
  const groups = new Map<string, { count: number; readonly runs: Set<RunId>; readonly latest: Failure }>();
  for (const failure of failuresOf(view).filter(({ at }) => at >= since)) {
    const what = traitOf(failure, by);
    const group = groups.get(what) ?? { count: 0, runs: new Set(), latest: failure };
    group.count += 1;
    group.runs.add(failure.run);
    groups.set(what, group);
  }
  const causes = [...groups]
    .map(([what, { runs, ...group }]) => ({ what, ...group, runs: runs.size }))
    .toSorted((a, b) => b.count - a.count || (a.what < b.what ? -1 : 1));
  return { causes: causes.slice(0, limit), total: causes.length };
}
