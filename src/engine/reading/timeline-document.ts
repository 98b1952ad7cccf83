// A run's timeline as `timeline --json` prints it and the library gives it. Other programs read this: add, never rename.
import {
  type ErrorCode,
  type Instant,
  instantOf,
  type RunId,
  type RunStatus,
  type TaskId,
  type TaskStatus,
} from "../../domain/index.ts";
import type { AttemptSpan, Chart, ChartRow, Gap, Usage } from "../../projections/index.ts";
import type { History } from "./run-history.ts";

type SpanJson = { readonly from: Instant; readonly to: Instant; readonly durationMs: number };

export type AttemptJson = {
  readonly attempt: number;
  readonly startedAt: Instant;
  readonly endedAt?: Instant;
  readonly durationMs?: number;
  readonly provider: string;
  readonly instance?: string;
  readonly outcome: AttemptSpan["outcome"];
  readonly code?: ErrorCode;
};

export type GapJson = SpanJson & {
  readonly for: Gap["why"];
  /** The dependency that ended last. */
  readonly task?: TaskId;
  readonly signal?: string;
};

export type TimelineDocument = {
  readonly runId: RunId;
  readonly workflow: { readonly name: string };
  readonly status: RunStatus;
  readonly from: Instant;
  readonly to: Instant;
  readonly durationMs: number;
  /** The tasks that made the run take as long as it did. */
  readonly criticalPath: readonly (SpanJson & { readonly task: TaskId })[];
  readonly pauses: readonly SpanJson[];
  readonly tasks: readonly TaskTimelineDocument[];
  /** What models counted in all; absent where none was asked. */
  readonly usage?: Usage;
};

export type TaskTimelineDocument = {
  readonly id: TaskId;
  readonly name: string;
  readonly status: TaskStatus;
  readonly critical: boolean;
  readonly readyAt?: Instant;
  readonly waitedFor?: TaskId;
  readonly endedAt?: Instant;
  /** In attempts. */
  readonly runMs: number;
  readonly waitMs: number;
  readonly attempts: readonly AttemptJson[];
  readonly waits: readonly GapJson[];
  /** Nothing where the result was taken from elsewhere. */
  readonly model?: string;
  readonly usage?: Usage;
};

const spanJson = ({ from, to }: { readonly from: number; readonly to: number }): SpanJson => ({
  from: instantOf(from),
  to: instantOf(to),
  durationMs: to - from,
});

export const attemptJson = ({
  attempt,
  startedAt,
  endedAt,
  provider,
  instance,
  outcome,
  code,
}: AttemptSpan): AttemptJson => ({
  attempt,
  startedAt: instantOf(startedAt),
  ...(endedAt !== undefined && { endedAt: instantOf(endedAt), durationMs: Math.max(0, endedAt - startedAt) }),
  provider,
  ...(instance !== undefined && { instance }),
  outcome,
  ...(code !== undefined && { code }),
});

export const gapJson = ({ from, to, why, task, signal }: Gap): GapJson => ({
  ...spanJson({ from, to }),
  for: why,
  ...(task !== undefined && { task }),
  ...(signal !== undefined && { signal }),
});

export const timelineDocument = ({ run, detail, graph }: History, chart: Chart): TimelineDocument => ({
  runId: run,
  workflow: { name: graph.name },
  status: detail.status,
  ...spanJson(chart),
  criticalPath: chart.path.map(({ task, ...span }) => ({ task, ...spanJson(span) })),
  pauses: chart.pauses.map(spanJson),
  tasks: chart.rows.map(rowDocument),
  ...(chart.spent && { usage: chart.spent }),
});

const rowDocument = ({ line, status, isCritical, gaps, runMs, spent }: ChartRow): TaskTimelineDocument => ({
  id: line.id,
  name: line.name,
  status,
  critical: isCritical,
  ...(line.readyAt !== undefined && { readyAt: instantOf(line.readyAt) }),
  ...(line.waitedFor !== undefined && { waitedFor: line.waitedFor }),
  ...(line.endedAt !== undefined && { endedAt: instantOf(line.endedAt) }),
  runMs,
  waitMs: gaps.reduce((sum, { from, to }) => sum + to - from, 0),
  attempts: line.attempts.map(attemptJson),
  waits: gaps.map(gapJson),
  ...spent,
});
