// Failures by the model that was asked for, which stands in the params of each call: they are read one by one.
import { isObject, type RunId } from "../../domain/index.ts";
import type { CauseQuery, Failure, FailureCause } from "../../projections/index.ts";
import { valuesAt } from "./failure-values.ts";
import type { Reading } from "./reading.ts";
import { textIn } from "./text-in.ts";

const PAGE = 500;

export async function causesByModel(
  reading: Reading,
  { since, limit }: Omit<CauseQuery, "by">,
): Promise<{ readonly causes: readonly FailureCause[]; readonly total: number }> {
  const models = await reading.readModels();
  const groups = new Map<string, { count: number; readonly runs: Set<RunId>; readonly latest: Failure }>();
  for (let before: number | undefined; ; ) {
    const { failures, next } = await models.failures(reading.tenant, {
      limit: PAGE,
      ...(since !== undefined && { since }),
      ...(before !== undefined && { before }),
    });
    for (const failure of failures) {
      const model = (await modelOf(reading, failure)) ?? failure.provider ?? "none";
      const group = groups.get(model) ?? { count: 0, runs: new Set(), latest: failure };
      group.count += 1;
      group.runs.add(failure.run);
      groups.set(model, group);
    }
    if (next === undefined) break;
    before = next;
  }
  const sorted = [...groups].toSorted(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1));
  const causes = sorted
    .slice(0, limit)
    .map(([what, { runs, ...group }]) => ({ what, ...group, runs: runs.size }));
  return { causes, total: sorted.length };
}

/** What was asked for; a call that failed has nobody's answer. */
async function modelOf(reading: Reading, failure: Failure): Promise<string | undefined> {
  if (failure.paramsAt === undefined) return undefined;
  const { params } = await valuesAt(reading, failure, failure.paramsAt);
  return isObject(params) ? textIn(params, "model") : undefined;
}
