// Runs by words, looked for in control fields only: what a run was given or what came out of it is never searched.
import type { Position } from "../../domain/index.ts";
import { type Reading, type RunQuery, runsPage } from "../../engine/index.ts";
import type { RunListPage, RunRow } from "../../projections/index.ts";

const PAGE = 500;
/** So many rows are looked at for one answer; the cursor goes on behind them. */
const MOST_LOOKED_AT = 20_000;

export async function searched(reading: Reading, query: RunQuery, words: string): Promise<RunListPage> {
  const wanted = words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const rows: RunRow[] = [];
  let { before } = query;
  for (let looked = 0; looked < MOST_LOOKED_AT; looked += PAGE) {
    const page = await runsPage(reading, { ...query, limit: PAGE, ...(before !== undefined && { before }) });
    for (const row of page.rows) {
      if (!fits(row, wanted)) continue;
      rows.push(row);
      if (rows.length === query.limit) return { rows, next: after(row, page) };
    }
    if (page.next === undefined) return { rows, next: undefined };
    before = page.next;
  }
  return { rows, next: before };
}

/** Undefined when nothing can come behind that row. */
const after = (row: RunRow, page: RunListPage): Position | undefined =>
  page.next === undefined && page.rows.at(-1) === row ? undefined : row.submittedPosition;

function fits({ run, workflow, tags, status, error }: RunRow, wanted: readonly string[]): boolean {
  const parts = [run, workflow.id, workflow.name, status, error?.code ?? "", error?.task ?? "", ...tags];
  const text = parts.join("\n").toLowerCase();
  return wanted.every((word) => text.includes(word));
}
