// What is asked of the copies in use, read from their index.
import type { RunStatus } from "../../../domain/index.ts";
import { TaskId } from "../../../domain/index.ts";
import type { SubmittedRuns } from "../../../engine/ports/index.ts";
import {
  type ActiveRun,
  activeLabel,
  activeRunCodec,
  type DueTimer,
  dueLabel,
  openLabel,
  type RecordedResult,
  recordedLabel,
  recordedResultCodec,
  statusLabels,
  submittedDayLabel,
} from "../../../projections/index.ts";
import { firstOf } from "../driver.ts";
import type { Tables } from "./tables.ts";

/** The latest that was recorded under that key. */
export const resultUnder = (
  { last }: Tables,
  copy: number,
  tenant: string,
  key: string,
): RecordedResult | undefined => {
  const [found] = last.all(copy, recordedLabel(tenant, key), LATEST, EARLIEST, 1);
  return found && recordedResultCodec.row(String(found[0]));
};

const LATEST = 2n ** 63n - 1n;
const EARLIEST = -LATEST;

export function counts(tables: Tables, copy: number, tenant: string): ReadonlyMap<RunStatus, number> {
  const all = statusLabels(tenant).map(([status, label]) => {
    return [status, Number(firstOf(tables.entries, copy, label) ?? 0)] as const;
  });
  return new Map(all.filter(([, count]) => count > 0));
}

export function submittedRuns(tables: Tables, copy: number, tenant: string, day: string): SubmittedRuns {
  const countOf = (label: string): number => Number(firstOf(tables.entries, copy, label) ?? 0);
  return { open: countOf(openLabel(tenant)), onDay: countOf(submittedDayLabel(tenant, day)) };
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
