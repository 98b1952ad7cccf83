// The runs that hold something on a person, as the run list has them.
import type { RunRow } from "../../projections/index.ts";
import type { ReadModels } from "../ports/index.ts";

/** The newest first. */
export async function runsOf(
  { readModels }: { readonly readModels: () => Promise<Pick<ReadModels, "runs">> },
  tenant: string,
  subject: string,
): Promise<readonly RunRow[]> {
  const models = await readModels();
  const found: RunRow[] = [];
  for (let before: RunRow["submittedPosition"] | undefined; ; ) {
    const { rows, next } = await models.runs(tenant, {
      subject,
      limit: 500,
      ...(before !== undefined && { before }),
    });
    found.push(...rows);
    if (next === undefined) return found;
    before = next;
  }
}
