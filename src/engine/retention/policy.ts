// How long runs stay in the store, as the configuration says.
import type { Millis } from "../../domain/index.ts";
import type { RunRow } from "../../projections/index.ts";

/** Whichever comes first; without any, for ever. */
export type RetentionPolicy = {
  /** After the run's end. */
  readonly maxAgeMs?: Millis;
  readonly archiveAfterMs?: Millis;
  /** The newest of a workflow that are over. */
  readonly maxCount?: number;
};

export type RetentionPolicies = {
  readonly default: RetentionPolicy;
  /** By the name of a workflow, or its id; instead of the default. */
  readonly workflows: { readonly [workflow: string]: RetentionPolicy };
  /** After it was written an archive is deleted; never when left out. */
  readonly deleteArchivesAfterMs?: Millis;
  /** Of what was sent to endpoints of webhooks, after it was recorded. */
  readonly webhooks?: Pick<RetentionPolicy, "maxAgeMs">;
};

export const policyOf = (
  { default: usual, workflows }: RetentionPolicies,
  { id, name }: Pick<RunRow["workflow"], "id" | "name">,
): RetentionPolicy => ownOf(workflows, name) ?? ownOf(workflows, id) ?? usual;

const ownOf = (workflows: RetentionPolicies["workflows"], name: string): RetentionPolicy | undefined =>
  Object.hasOwn(workflows, name) ? workflows[name] : undefined;

export type Because = "age" | "count";

/** `newer` are runs of the workflow that ended and are newer. Undefined while it stays. */
export function isOver(
  { maxAgeMs, archiveAfterMs, maxCount }: RetentionPolicy,
  { endedAt, newer, now }: { readonly endedAt: Millis; readonly newer: number; readonly now: Millis },
): Because | undefined {
  const age = Math.min(maxAgeMs ?? Number.POSITIVE_INFINITY, archiveAfterMs ?? Number.POSITIVE_INFINITY);
  if (now - endedAt >= age) return "age";
  return maxCount !== undefined && newer >= maxCount ? "count" : undefined;
}
