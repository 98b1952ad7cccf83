// Results that whoever forks a run gives in place of recorded ones, whole or in part.
import {
  type ForkChange,
  indexOf,
  type Json,
  type JsonObject,
  pathText,
  type TaskId,
  taskAt,
  withValue,
} from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import type { Kit } from "../host.ts";
import { valuesOf } from "../resolving/values.ts";

export type ResultsGiven = { readonly tasks: readonly TaskId[]; readonly set: JsonObject };

/** They stand in the log as a whole, each under its task. */
export async function resultsGiven(
  kit: Kit,
  driven: Driven,
  changes: readonly ForkChange[],
): Promise<ResultsGiven> {
  const results = new Map<TaskId, Json>();
  for (const change of changes) {
    if (change.of !== "result") continue;
    const { task, path, value } = change;
    const before =
      results.has(task) || path.length === 0 ? results.get(task) : await recordedOf(kit, driven, task);
    results.set(task, withValue(before, path, value));
  }
  return {
    tasks: [...results.keys()],
    set: Object.fromEntries(
      [...results].map(([task, value]) => [pathText(["tasks", task, "result"]), value]),
    ),
  };
}

async function recordedOf(kit: Kit, driven: Driven, task: TaskId): Promise<Json | undefined> {
  const index = indexOf(driven.state, task);
  const at = index === undefined ? undefined : taskAt(driven.state, index).outcomeAt;
  return at === undefined ? undefined : (await valuesOf(kit, driven, [at])).get(at)?.result;
}
