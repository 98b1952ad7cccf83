// What is asked of the kept failures: one by one, or counted by what they have in common.
import { millisOf } from "../../../domain/index.ts";
import {
  type CauseQuery,
  causeIn,
  causeLabels,
  type Failure,
  type FailureCauses,
  type FailurePage,
  type FailureQuery,
  failureLabel,
  failureRowCodec,
  runsLabel,
} from "../../../projections/index.ts";
import { firstOf, type Row } from "../driver.ts";
import type { Tables } from "./tables.ts";

const LATEST = 2n ** 63n - 1n;
const NO_LIMIT = -1;

export function failurePage(
  { last }: Tables,
  copy: number,
  tenant: string,
  { since, before, limit }: FailureQuery,
): FailurePage {
  const label = failureLabel(tenant);
  const floor = BigInt(since === undefined ? 0 : millisOf(since));
  const rows = last.all(copy, label, before === undefined ? LATEST : BigInt(before), floor, limit);
  const failures = rows.flatMap(failureIn);
  const end = failures.at(-1);
  if (!end || rows.length < limit) return { failures, next: undefined };
  // What failed in the same millisecond is told together: a page ends between two instants.
  const next = millisOf(end.at);
  const together = last.all(copy, label, BigInt(next) + 1n, BigInt(next), NO_LIMIT).flatMap(failureIn);
  return { failures: [...failures.filter(({ at }) => millisOf(at) > next), ...together], next };
}

export function causes(
  tables: Tables,
  copy: number,
  tenant: string,
  { by, since, limit }: CauseQuery,
): FailureCauses {
  const floor = BigInt(since === undefined ? 0 : millisOf(since));
  const countOf = (label: unknown, entries: unknown): number =>
    since === undefined ? Number(entries) : Number(firstOf(tables.countSince, Number(label), floor) ?? 0);
  const counted = tables.labelled
    .all(copy, ...causeLabels(tenant, by))
    .map(([id, text, entries]) => ({ label: String(text), count: countOf(id, entries) }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
  const found = counted.slice(0, limit).flatMap(({ label, count }) => {
    const what = causeIn(label);
    const [runs, entries] = tables.labelSize.get(copy, runsLabel(tenant, by, what)) ?? [];
    return tables.last
      .all(copy, label, LATEST, floor, 1)
      .flatMap(failureIn)
      .map((latest) => ({ what, count, runs: countOf(runs, entries), latest }));
  });
  return { causes: found, total: counted.length };
}

function failureIn([text]: Row): readonly Failure[] {
  const row = failureRowCodec.row(String(text));
  return "failure" in row ? [row.failure] : [];
}
