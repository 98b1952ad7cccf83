// Every run that a question is about, as the run list has them: its pages, one after the other.
import type { RunRow } from "../../projections/index.ts";
import type { ReadModels, RunQuery } from "../ports/index.ts";

const PAGE = 500;

/** The newest first. */
export async function* runRows(
  models: Pick<ReadModels, "runs">,
  tenant: string,
  query: Omit<RunQuery, "limit" | "before"> = {},
): AsyncGenerator<RunRow> {
  for (let before: RunRow["submittedPosition"] | undefined; ; ) {
    const { rows, next } = await models.runs(tenant, {
      ...query,
      limit: PAGE,
      ...(before !== undefined && { before }),
    });
    yield* rows;
    if (next === undefined) return;
    before = next;
  }
}
