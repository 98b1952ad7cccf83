// Which tasks there are and what they wait for: ids, dependencies, circles.
import { circlesIn } from "./cycles.ts";
import type { Heads } from "./heads.ts";
import type { Path, Report } from "./problems.ts";
import { didYouMean } from "./suggest.ts";
import { impliedDependencies, type TaskView, type TaskViews } from "./task-views.ts";

export function checkIds({ tasks }: TaskViews, report: Report): void {
  const first = new Map<string, TaskView>();
  for (const task of tasks) {
    const other = first.get(task.id);
    const message = other && duplicate(task, other);
    if (message === undefined) first.set(task.id, task);
    else if (!report({ code: "WORKFLOW_VALIDATION_FAILED", message, path: task.idPath })) return;
  }
}

function duplicate(task: TaskView, other: TaskView): string {
  const made =
    task.idPath.at(-1) === "id" ? "" : ` (made from its ${task.idPath.at(-1) === "name" ? "name" : "place"})`;
  return `duplicate task id \`${task.id}\`${made}: task ${Number(other.path[1]) + 1} has it already; give one of them another \`id\``;
}

export function checkDependencies({ tasks, heads }: TaskViews, report: Report): void {
  for (const task of tasks) {
    for (const { head, path } of task.dependencies) {
      const problem = headProblem(head, heads);
      const message = `unknown dependency ${problem}`;
      if (problem && !report({ code: "WORKFLOW_VALIDATION_FAILED", message, path })) return;
    }
  }
}

/** Why this is not the id or name of one task. */
export function headProblem(head: string, heads: Heads): string | undefined {
  if (!heads.tasks.has(head))
    return `\`${head}\`${didYouMean(head, heads.tasks.keys()) || ": no task has that id or name"}`;
  return heads.ambiguous.has(head) ? `\`${head}\`: it could be more than one task; use an id` : undefined;
}

type Edge = { readonly to: number; readonly path: Path };

/** A task that waits for itself, and tasks that wait for each other; references wait like dependencies. */
export function checkCircles({ tasks, heads }: TaskViews, report: Report): void {
  const edges = tasks.map((task) => edgesOf(task, heads));
  for (const [i, task] of tasks.entries()) {
    const self = edges[i]?.find(({ to }) => to === heads.tasks.get(task.id));
    if (!self || heads.tasks.get(task.id) !== i) continue;
    report({
      code: "WORKFLOW_CIRCULAR_DEPENDENCY",
      message: `task \`${task.id}\` depends on itself`,
      path: self.path,
    });
  }
  for (const circle of circlesIn(edges.map((list) => list.map(({ to }) => to)))) {
    const [start = 0, next = 0] = circle;
    report({
      code: "WORKFLOW_CIRCULAR_DEPENDENCY",
      message: `circular dependency: ${wayText(circle.map((i) => tasks[i]?.id ?? ""))}`,
      path: edges[start]?.find(({ to }) => to === next)?.path ?? tasks[start]?.path ?? [],
    });
  }
}

function edgesOf(task: TaskView, heads: Heads): readonly Edge[] {
  const declared = task.dependencies.map(({ head, path }) => ({ to: heads.tasks.get(head), path }));
  const implied = [...impliedDependencies(task, heads)].map(({ head, path }) => ({
    to: heads.tasks.get(head),
    path,
  }));
  return [...declared, ...implied].flatMap(({ to, path }) => (to === undefined ? [] : [{ to, path }]));
}

const SHOWN = 20;

/** `a → b → a`; of a very long circle its first and last tasks. */
function wayText(ids: readonly string[]): string {
  const shown =
    ids.length <= SHOWN
      ? ids
      : [...ids.slice(0, SHOWN - 2), `… ${ids.length - SHOWN + 1} more …`, ...ids.slice(-1)];
  return [...shown, ids[0]].join(" → ");
}
