// A page of the run list: newest first, filtered, continued by the position of the last row shown.
import type { Instant, Position, RunStatus } from "../domain/index.ts";
import type { RunList, RunRow } from "./run-list.ts";

export type RunListQuery = {
  readonly tenant?: string;
  readonly statuses?: readonly RunStatus[];
  /** Id or name. */
  readonly workflow?: string;
  readonly tag?: string;
  /** Pseudonym. */
  readonly subject?: string;
  /** Submitted then or later. */
  readonly since?: Instant;
  /** Only runs submitted before this place in the log: where the page before ended. */
  readonly before?: Position;
  readonly limit: number;
};

export type RunListPage = {
  readonly rows: readonly RunRow[];
  /** `before` of the next page; undefined at the end. */
  readonly next: Position | undefined;
};

export function runListPage({ rows }: RunList, query: RunListQuery): RunListPage {
  const found = [...rows.values()]
    .filter((row) => matches(row, query))
    .toSorted((a, b) => (a.submittedPosition < b.submittedPosition ? 1 : -1));
  const page = found.slice(0, query.limit);
  return { rows: page, next: found.length > page.length ? page.at(-1)?.submittedPosition : undefined };
}

export function countsByStatus({ rows }: RunList): ReadonlyMap<RunStatus, number> {
  const counts = new Map<RunStatus, number>();
  for (const { status } of rows.values()) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}

/** Whether a row belongs to the answer, wherever its page begins. */
export function matches(row: RunRow, query: RunListQuery): boolean {
  const { tenant, statuses, workflow, tag, subject, since, before } = query;
  if (tenant !== undefined && row.tenant !== tenant) return false;
  if (statuses && !statuses.includes(row.status)) return false;
  if (workflow !== undefined && row.workflow.id !== workflow && row.workflow.name !== workflow) return false;
  if (since !== undefined && row.submittedAt < since) return false;
  if (subject !== undefined && row.subject !== subject) return false;
  if (tag !== undefined && !row.tags.includes(tag)) return false;
  return before === undefined || row.submittedPosition < before;
}
