// Failures put together by what they have in common: how often, in how many runs, and the latest as an example.
// Values are read for the examples alone; only by model the params of each failure are looked at.
import type { Instant, RunId } from "../../domain/index.ts";
import type { FailureCause, FailureTrait } from "../../projections/index.ts";
import { causesByModel } from "./causes-by-model.ts";
import { valuesAt } from "./failure-values.ts";
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
    by === "model"
      ? await causesByModel(reading, query)
      : await models.causes(reading.tenant, { ...query, by });
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
