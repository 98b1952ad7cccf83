// What is asked of the copies in use, read from their index.
import type { RunStatus } from "../../../domain/index.ts";
import { TaskId } from "../../../domain/index.ts";
import {
  type ActiveRun,
  activeLabel,
  activeRunCodec,
  type DueTimer,
  dueLabel,
  labelsFor,
  matches,
  minutesSince,
  type RunListPage,
  type RunListQuery,
  type RunRow,
  runRowCodec,
  statusLabels,
} from "../../../projections/index.ts";
import { firstOf } from "../driver.ts";
import type { Tables } from "./tables.ts";

const LATEST = 2n ** 63n - 1n;
const EARLIEST = -LATEST;
/** Rows looked at in one go where a filter has no label of its own. */
const MOST = 500;

export function runPage(tables: Tables, copy: number, tenant: string, query: RunListQuery): RunListPage {
  const labels = labelsFor(tenant, query);
  const floor =
    query.since === undefined ? EARLIEST : leastOf(tables, copy, minutesSince(tenant, query.since));
  const found: RunRow[] = [];
  let before = query.before ?? LATEST;
  for (let most = query.limit + 1; ; most = Math.max(most, MOST)) {
    const rows = newest(tables, copy, { labels, before, floor, most });
    found.push(...rows.filter((row) => matches(row, { ...query, tenant })));
    const last = rows.at(-1);
    if (found.length > query.limit || !last || rows.length < most) break;
    before = last.submittedPosition;
  }
  const rows = found.slice(0, query.limit);
  return { rows, next: found.length > rows.length ? rows.at(-1)?.submittedPosition : undefined };
}

type Span = {
  readonly labels: readonly string[];
  readonly before: bigint;
  readonly floor: bigint;
  readonly most: number;
};

/** Of all labels together: so many of each hold at least so many of all. */
function newest({ last }: Tables, copy: number, { labels, before, floor, most }: Span): readonly RunRow[] {
  const rows = labels.flatMap((label) =>
    last.all(copy, label, before, floor, most).map(([text]) => runRowCodec.row(String(text))),
  );
  if (labels.length === 1) return rows;
  return rows.toSorted((a, b) => (a.submittedPosition < b.submittedPosition ? 1 : -1)).slice(0, most);
}

function leastOf({ least }: Tables, copy: number, [from, to]: readonly [string, string]): bigint {
  const found = firstOf(least, copy, from, to);
  return typeof found === "number" || typeof found === "bigint" ? BigInt(found) : LATEST;
}

export function counts(tables: Tables, copy: number, tenant: string): ReadonlyMap<RunStatus, number> {
  const all = statusLabels(tenant).map(([status, label]) => {
    return [status, Number(firstOf(tables.entries, copy, label) ?? 0)] as const;
  });
  return new Map(all.filter(([, count]) => count > 0));
}

export const activeOnes = (
  { last }: Tables,
  copy: number,
  tenant: string,
  limit: number,
): readonly ActiveRun[] =>
  last
    .all(copy, activeLabel(tenant), LATEST, EARLIEST, limit)
    .map(([text]) => activeRunCodec.row(String(text)));

export const dueOnes = ({ next }: Tables, copy: number, tenant: string, limit: number): readonly DueTimer[] =>
  next.all(copy, dueLabel(tenant), limit).map(([text, item, at]) => ({
    run: activeRunCodec.row(String(text)).run,
    task: TaskId.parse(item),
    at: Number(at),
  }));
