// Failures put together by what they have in common: how often, in how many runs, and the latest as an example.
import { isObject, type RunId, runStream } from "../../domain/index.ts";
import { decode, openValues, type Values } from "../../engine/index.ts";
import type { Failure } from "../../projections/index.ts";
import { textIn } from "./json-text.ts";
import type { Reading } from "./parts.ts";

export const CAUSES = ["code", "task", "model", "workflow"] as const;
export type By = (typeof CAUSES)[number];

export type Cause = {
  readonly key: string;
  readonly count: number;
  readonly runs: number;
  /** The latest of them. */
  readonly example: Failure;
  readonly message: string | undefined;
};

/** The most frequent first. */
export async function causesOf(
  reading: Reading,
  failures: readonly Failure[],
  by: By,
): Promise<readonly Cause[]> {
  const groups = new Map<string, { count: number; readonly runs: Set<RunId>; example: Failure }>();
  for (const failure of failures) {
    const key = await keyOf(reading, failure, by);
    const group = groups.get(key) ?? { count: 0, runs: new Set(), example: failure };
    group.count += 1;
    group.runs.add(failure.run);
    if (failure.at >= group.example.at) group.example = failure;
    groups.set(key, group);
  }
  const sorted = [...groups].toSorted(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1));
  return Promise.all(
    sorted.map(async ([key, { count, runs, example }]) => {
      const { error } = await valuesAt(reading, example, example.revision);
      return { key, count, runs: runs.size, example, message: textIn(error, "message") };
    }),
  );
}

async function keyOf(reading: Reading, failure: Failure, by: By): Promise<string> {
  const { code, workflow, task, provider } = failure;
  switch (by) {
    case "code":
      return code;
    case "workflow":
      return workflow.name;
    case "task":
      return task === undefined ? `${workflow.id}` : `${workflow.id}/${task.replace(/\[\d+\]$/, "")}`;
    case "model":
      return (await modelOf(reading, failure)) ?? provider ?? "none";
  }
}

/** What was asked for; a call that failed has nobody's answer. */
async function modelOf(reading: Reading, failure: Failure): Promise<string | undefined> {
  if (failure.paramsAt === undefined) return undefined;
  const { params } = await valuesAt(reading, failure, failure.paramsAt);
  return isObject(params) ? textIn(params, "model") : undefined;
}

async function valuesAt({ store }: Reading, { run, tenant }: Failure, revision: number): Promise<Values> {
  const [stored] = await store.events.readMany(runStream(run, tenant), [revision]);
  return stored ? openValues(decode(stored).event, tenant, store.blobs) : {};
}
