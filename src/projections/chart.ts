// A run's timeline laid out: a row for each task, in each row what it did and what it waited for, side by side in time.
import type { TaskId, TaskStatus } from "../domain/index.ts";
import { type CriticalStep, criticalPath } from "./critical-path.ts";
import { type Gap, gapsOf } from "./gaps.ts";
import type { RunDetail } from "./run-detail.ts";
import { type Spent, spentInAll, spentOn, type Usage } from "./spent.ts";
import type { TaskDetail } from "./task-detail.ts";
import { tasksInOrder } from "./task-order.ts";
import type { AttemptSpan, TaskTimeline, Timeline } from "./timeline-view.ts";

export type Bar =
  | { readonly kind: "attempt"; readonly from: number; readonly to: number; readonly span: AttemptSpan }
  | { readonly kind: "gap"; readonly from: number; readonly to: number; readonly gap: Gap }
  | { readonly kind: "elements"; readonly from: number; readonly to: number };

/** What a bar says at a glance, however it is drawn. */
export type BarClass =
  | "ran"
  | "failed"
  | "running"
  | "elements"
  | "between"
  | "place"
  | "dependency"
  | "purpose";

export type ChartRow = {
  readonly line: TaskTimeline;
  readonly status: TaskStatus;
  readonly isCritical: boolean;
  readonly gaps: readonly Gap[];
  /** In attempts, waits between them left out. */
  readonly runMs: number;
  /** In the order of time. */
  readonly bars: readonly Bar[];
  /** Of a model's answer. */
  readonly spent?: Spent;
};

export type Chart = {
  readonly from: number;
  readonly to: number;
  readonly path: readonly CriticalStep[];
  readonly pauses: readonly { readonly from: number; readonly to: number }[];
  readonly rows: readonly ChartRow[];
  /** By all of them; absent where no model was asked. */
  readonly spent?: Usage;
};

/** `now` ends whatever goes on. */
export function chartOf(view: Timeline, detail: RunDetail, now: number): Chart {
  const from = view.startedAt ?? detail.submittedAt;
  const to = Math.max(from, view.endedAt ?? now);
  const path = criticalPath(view, to);
  const critical = new Set(path.map(({ task }) => task));
  const rows = tasksInOrder(detail).map((task) => rowOf(view, task, critical, to));
  const spent = spentInAll(rows.flatMap((row) => row.spent ?? []));
  return {
    from,
    to,
    path,
    pauses: view.pauses.map((pause) => ({ from: pause.from, to: pause.to ?? to })),
    rows,
    ...(spent && { spent }),
  };
}

function rowOf(view: Timeline, task: TaskDetail, critical: ReadonlySet<TaskId>, now: number): ChartRow {
  const { id, name, status } = task;
  const line = view.tasks.get(id) ?? { id, name, attempts: [] };
  const spent = spentOn(task);
  const gaps = gapsOf(view, line, now);
  const attempts = line.attempts.map((span) => ({
    kind: "attempt" as const,
    from: span.startedAt,
    to: Math.max(span.startedAt, span.endedAt ?? now),
    span,
  }));
  const { expandedAt } = line;
  const elements =
    expandedAt === undefined
      ? []
      : [{ kind: "elements" as const, from: expandedAt, to: line.endedAt ?? now }];
  return {
    line,
    status,
    isCritical: critical.has(line.id),
    gaps,
    runMs: attempts.reduce((sum, { from, to }) => sum + to - from, 0),
    bars: [
      ...attempts,
      ...elements,
      ...gaps.map((gap) => ({ kind: "gap" as const, from: gap.from, to: gap.to, gap })),
    ].toSorted((a, b) => a.from - b.from),
    ...(spent && { spent }),
  };
}

export function classOf(bar: Bar): BarClass {
  if (bar.kind === "elements") return "elements";
  if (bar.kind === "attempt") {
    const { outcome } = bar.span;
    if (outcome === "running") return "running";
    return outcome === "failed" || outcome === "lost" ? "failed" : "ran";
  }
  switch (bar.gap.why) {
    case "dependency":
      return "dependency";
    case "place":
      return "place";
    case "retry":
    case "loss":
      return "between";
    case "signal":
    case "approval":
    case "time":
      return "purpose";
  }
}
