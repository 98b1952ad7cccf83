// The runs that hold something on a person, as the run list has them.
import type { RunRow } from "../../projections/index.ts";
import type { ReadModels } from "../ports/index.ts";
import { runRows } from "../reading/run-rows.ts";

/** The newest first. */
export async function runsOf(
  { readModels }: { readonly readModels: () => Promise<Pick<ReadModels, "runs">> },
  tenant: string,
  subject: string,
): Promise<readonly RunRow[]> {
  const found: RunRow[] = [];
  for await (const row of runRows(await readModels(), tenant, { subject })) found.push(row);
  return found;
}
