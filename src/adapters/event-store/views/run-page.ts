// A page of the run list: places that stand under all that was asked for, the least frequent of it first.
//
// Places in the log are the same in every copy, so what one model knows of a run narrows down the rows of another.

import type { RunQuery } from "../../../engine/ports/index.ts";
import {
  matches,
  minutesSince,
  movedLabel,
  placeText,
  type RunListPage,
  type RunRow,
  repeatLabel,
  runRowCodec,
  runsLabelOf,
  whereabouts,
} from "../../../projections/index.ts";
import { firstOf, type Row } from "../driver.ts";
import type { Tables } from "./tables.ts";

/** Of the run list, and of what runs are at. */
export type RunCopies = { readonly list: number; readonly activity: number };

const LATEST = 2n ** 63n - 1n;
const EARLIEST = -LATEST;
/** Rows looked at in one go where the index says too little: whatever shares a minute, runs that are repeated. */
const MOST = 500;

export function runPage(tables: Tables, copies: RunCopies, tenant: string, query: RunQuery): RunListPage {
  const search = searchOf(tables, copies, tenant, query);
  const isWanted = (row: RunRow): boolean =>
    matches(row, { ...query, tenant }) &&
    (query.unrepeated !== true || sizeOf(tables, copies, repeatLabel(tenant, row.run)).size === 0);
  const found: RunRow[] = [];
  let before = query.before ?? LATEST;
  for (let most = query.limit + 1; search; most = Math.max(most, MOST)) {
    const rows = newest(tables, search, before, most);
    found.push(...rows.filter(isWanted));
    const last = rows.at(-1);
    if (found.length > query.limit || !last || rows.length < most) break;
    before = last.submittedPosition;
  }
  const rows = found.slice(0, query.limit);
  return { rows, next: found.length > rows.length ? rows.at(-1)?.submittedPosition : undefined };
}

type Label = { readonly id: number; readonly size: number };
type Search = {
  /** Rows are under one of these ways. */
  readonly ways: readonly (readonly Label[])[];
  readonly all: number;
  readonly floor: bigint;
  /** Runs that have not moved since. */
  readonly still: { readonly label: number; readonly since: number } | undefined;
};

/** Undefined when nothing can fit. */
function searchOf(tables: Tables, copies: RunCopies, tenant: string, query: RunQuery): Search | undefined {
  const label = (text: string): Label => sizeOf(tables, copies, text);
  const { oneOf, allOf } = whereabouts(tenant, query);
  const required = allOf.map(label);
  const ways = oneOf
    .map((text) => [label(text), ...required].toSorted((a, b) => a.size - b.size))
    .filter(([least]) => least !== undefined && least.size > 0);
  const { stuckSince, since } = query;
  const still =
    stuckSince === undefined ? undefined : { label: label(movedLabel(tenant)).id, since: stuckSince };
  if (ways.length === 0 || still?.label === NONE) return undefined;
  const floor = since === undefined ? EARLIEST : leastOf(tables, copies.list, minutesSince(tenant, since));
  return { ways, all: label(runsLabelOf(tenant)).id, floor, still };
}

const NONE = 0;

/** Each label is in one of the copies. */
function sizeOf({ labelSize }: Tables, { list, activity }: RunCopies, text: string): Label {
  const [id, size] = labelSize.get(list, text) ?? labelSize.get(activity, text) ?? [NONE, 0];
  return { id: Number(id), size: Number(size) };
}

/** Of all ways together: so many of each hold at least so many of all. */
function newest(tables: Tables, search: Search, before: bigint, most: number): readonly RunRow[] {
  const rows = search.ways.flatMap((labels) =>
    rowsUnder(tables, search, labels, before, most).map(([text]) => runRowCodec.row(String(text))),
  );
  if (search.ways.length === 1) return rows;
  return rows.toSorted((a, b) => (a.submittedPosition < b.submittedPosition ? 1 : -1)).slice(0, most);
}

function rowsUnder(
  { found, foundUpTo }: Tables,
  { all, floor, still }: Search,
  labels: readonly Label[],
  before: bigint,
  most: number,
): readonly Row[] {
  const [first = NONE, second = NONE, third = NONE, fourth = NONE] = labels.map(({ id }) => id);
  if (!still) return found.all(first, all, before, floor, second, third, fourth, NONE, most);
  const least = floor < 0n ? "" : placeText(floor);
  return foundUpTo.all(
    still.label,
    all,
    placeText(before),
    least,
    first === all ? NONE : first,
    second,
    third,
    fourth,
    most,
    still.since,
  );
}

function leastOf({ least }: Tables, copy: number, [from, to]: readonly [string, string]): bigint {
  const found = firstOf(least, copy, from, to);
  return typeof found === "number" || typeof found === "bigint" ? BigInt(found) : LATEST;
}
