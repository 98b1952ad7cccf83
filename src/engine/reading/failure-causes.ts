// Failures put together by what they have in common: how often, in how many runs, and the latest as an example.
// Values are read for the examples alone; only by model the params of each failure are looked at.
import { type Instant, isObject, type RunId, runStream } from "../../domain/index.ts";
import type { Failure, FailureCause, FailureTrait } from "../../projections/index.ts";
import { decode, openValues } from "../decode.ts";
import type { Values } from "../encode.ts";
import type { Reading } from "./reading.ts";
import { textIn } from "./text-in.ts";

export const FAILURE_CAUSES = ["code", "task", "model", "workflow"] as const;

export type CausesAsked = {
  readonly by: FailureTrait | "model";
  /** Failed then or later. */
  readonly since?: Instant;
  readonly limit: number;
};

/** The most frequent first. */
export type CausesFound = {
  readonly by: CausesAsked["by"];
  readonly items: readonly CauseDocument[];
  /** How many there are, shown or not. */
  readonly total: number;
};

/** As `failures --json` prints it and the library gives it: add, never rename. */
export type CauseDocument = {
  readonly cause: string;
  readonly count: number;
  readonly runs: number;
  readonly last: Instant;
  readonly example: {
    readonly runId: RunId;
    readonly workflow: { readonly id: string; readonly name: string };
    readonly task?: string;
    readonly code: string;
    readonly message?: string;
  };
};

export async function failureCauses(
  reading: Reading,
  { by, since, limit }: CausesAsked,
): Promise<CausesFound> {
  const models = await reading.readModels();
  const query = { limit, ...(since !== undefined && { since }) };
  const { causes, total } =
    by === "model" ? await byModel(reading, query) : await models.causes(reading.tenant, { ...query, by });
  const items = await Promise.all(causes.map((cause) => causeDocument(reading, cause)));
  return { by, items, total };
}

async function causeDocument(
  reading: Reading,
  { what, count, runs, latest }: FailureCause,
): Promise<CauseDocument> {
  const { run, workflow, task, code, at, revision } = latest;
  const { error } = await valuesAt(reading, latest, revision);
  const message = textIn(error, "message");
  return {
    cause: what,
    count,
    runs,
    last: at,
    example: {
      runId: run,
      workflow: { ...workflow },
      ...(task !== undefined && { task }),
      code,
      ...(message !== undefined && { message }),
    },
  };
}

const PAGE = 500;

async function byModel(
  reading: Reading,
  { since, limit }: Omit<CausesAsked, "by">,
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

async function valuesAt({ store }: Reading, { run, tenant }: Failure, revision: number): Promise<Values> {
  const [stored] = await store.events.readMany(runStream(run, tenant), [revision]);
  return stored ? openValues(decode(stored).event, tenant, store.blobs) : {};
}
