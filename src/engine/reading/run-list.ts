// A page of the run list as a document, with what runs that go on wait for.
import type { Position } from "../../domain/index.ts";
import type { RunListPage } from "../../projections/index.ts";
import type { RunQuery } from "../ports/index.ts";
import type { Reading } from "./reading.ts";
import { type RunRowDocument, rowDocument } from "./run-row.ts";
import { runsPage, waitsIn } from "./runs-page.ts";

export type RunList = {
  readonly items: readonly RunRowDocument[];
  /** Where the next page begins; undefined at the end. */
  readonly next: Position | undefined;
};

export const runList = async (reading: Reading, query: RunQuery): Promise<RunList> =>
  listOf(reading, await runsPage(reading, query));

export async function listOf(reading: Reading, { rows, next }: RunListPage): Promise<RunList> {
  const waits = await waitsIn(reading, rows);
  return { items: rows.map((row) => rowDocument(row, waits.get(row.run))), next };
}
