// A timeline as `--json` prints it. Other programs read this: add, never rename.
import { instantOf, type Json, type JsonObject } from "../../domain/index.ts";
import type { History } from "../../engine/index.ts";
import type { AttemptSpan, Gap } from "../../projections/index.ts";
import type { Chart, ChartRow } from "./chart.ts";

export const spanDocument = ({
  attempt,
  startedAt,
  endedAt,
  provider,
  outcome,
  code,
}: AttemptSpan): Json => ({
  attempt,
  startedAt: instantOf(startedAt),
  ...(endedAt !== undefined && { endedAt: instantOf(endedAt), durationMs: Math.max(0, endedAt - startedAt) }),
  provider,
  outcome,
  ...(code !== undefined && { code }),
});

export const gapDocument = ({ from, to, why, task, signal }: Gap): Json => ({
  from: instantOf(from),
  to: instantOf(to),
  durationMs: to - from,
  for: why,
  ...(task !== undefined && { task }),
  ...(signal !== undefined && { signal }),
});

export function timelineDocument({ run, detail, graph }: History, chart: Chart): JsonObject {
  return {
    runId: run,
    workflow: { name: graph.name },
    status: detail.status,
    from: instantOf(chart.from),
    to: instantOf(chart.to),
    durationMs: chart.to - chart.from,
    criticalPath: chart.path.map(({ task, from, to }) => ({
      task,
      from: instantOf(from),
      to: instantOf(to),
      durationMs: to - from,
    })),
    pauses: chart.pauses.map(({ from, to }) => ({
      from: instantOf(from),
      to: instantOf(to),
      durationMs: to - from,
    })),
    tasks: chart.rows.map(rowDocument),
  };
}

const rowDocument = ({ line, status, isCritical, gaps, runMs }: ChartRow): JsonObject => ({
  id: line.id,
  name: line.name,
  status,
  critical: isCritical,
  ...(line.readyAt !== undefined && { readyAt: instantOf(line.readyAt) }),
  ...(line.waitedFor !== undefined && { waitedFor: line.waitedFor }),
  ...(line.endedAt !== undefined && { endedAt: instantOf(line.endedAt) }),
  runMs,
  waitMs: gaps.reduce((sum, { from, to }) => sum + to - from, 0),
  attempts: line.attempts.map(spanDocument),
  waits: gaps.map(gapDocument),
});
