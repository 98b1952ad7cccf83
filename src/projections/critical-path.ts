// Which tasks made the run take as long as it did: from its end back, each with the one that it waited for.
import type { TaskId } from "../domain/index.ts";
import type { TaskTimeline, Timeline } from "./timeline-view.ts";

/** The steps join: each begins when the one before it has ended. */
export type CriticalStep = { readonly task: TaskId; readonly from: number; readonly to: number };

export function criticalPath(view: Timeline, now: number): readonly CriticalStep[] {
  const end = (task: TaskTimeline): number => task.endedAt ?? view.endedAt ?? now;
  const start = view.startedAt ?? now;
  const steps: CriticalStep[] = [];
  for (let task = lastOf(view, end); task; ) {
    const from = task.waitedFor === undefined ? start : (task.readyAt ?? start);
    const to = Math.max(from, end(task));
    if (to > from || hasActed(task)) steps.unshift({ task: task.id, from, to });
    task = task.waitedFor === undefined ? undefined : view.tasks.get(task.waitedFor);
  }
  return steps;
}

/**
 * Whatever ended last; of those that end together, and of those that go on, the one that began first. One that another
 * of them waited for ended before it, even where instants are too coarse to tell.
 */
function lastOf({ tasks }: Timeline, end: (task: TaskTimeline) => number): TaskTimeline | undefined {
  const acted = [...tasks.values()].filter((task) => task.of === undefined && hasActed(task));
  const latest = acted.reduce((most, task) => Math.max(most, end(task)), Number.NEGATIVE_INFINITY);
  const together = acted.filter((task) => end(task) === latest);
  const waitedFor = new Set(together.map((task) => task.waitedFor));
  return together
    .filter(({ id }) => !waitedFor.has(id))
    .reduce<TaskTimeline | undefined>((a, b) => (a && began(a) <= began(b) ? a : b), undefined);
}

/** A task that was skipped or taken over took no time of its own. */
const hasActed = ({ attempts, wait, expandedAt }: TaskTimeline): boolean =>
  attempts.length > 0 || wait !== undefined || expandedAt !== undefined;

const began = ({ readyAt = 0 }: TaskTimeline): number => readyAt;
