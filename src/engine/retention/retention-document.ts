// Retention as `retention show|run --json` prints it and HTTP answers it. Other programs read this: add, never rename.
import { type ErrorJson, errorJson } from "../reading/error-json.ts";
import type { KeptRun, OverdueRun, RetentionPlan } from "./plan.ts";
import type { RetentionPolicies, RetentionPolicy } from "./policy.ts";
import type { Retained } from "./retain.ts";

export type ShownRetention = RetentionPlan & {
  readonly policies: RetentionPolicies;
  /** Undefined where nothing outlives the process. */
  readonly archives: string | undefined;
  /** Of archives that are there. */
  readonly count: number;
};

export type PlanDocument = { readonly due: readonly OverdueRun[]; readonly kept: readonly KeptRun[] };

export type RetentionDocument = PlanDocument & {
  readonly archives: string | null;
  readonly count: number;
  readonly default: RetentionPolicy;
  readonly workflows: { readonly [workflow: string]: RetentionPolicy };
};

export type RetainedDocument = Pick<Retained, "archived" | "kept"> & {
  readonly failed: readonly { readonly run: Retained["failed"][number]["run"]; readonly error: ErrorJson }[];
  readonly removed: Omit<Retained["swept"], "missing">;
  readonly missing: readonly string[];
};

export const planDocument = ({ due, kept }: RetentionPlan): PlanDocument => ({
  due: due.map((one) => ({ ...one })),
  kept: kept.map((one) => ({ ...one })),
});

export function retentionDocument({ policies, archives, count, ...plan }: ShownRetention): RetentionDocument {
  const workflows = Object.entries(policies.workflows).map(([name, one]) => [name, policyOf(one)] as const);
  return {
    archives: archives ?? null,
    count,
    default: policyOf(policies.default),
    workflows: Object.fromEntries(workflows),
    ...planDocument(plan),
  };
}

const policyOf = ({ maxAgeMs, archiveAfterMs, maxCount }: RetentionPolicy): RetentionPolicy => ({
  ...(maxAgeMs !== undefined && { maxAgeMs }),
  ...(archiveAfterMs !== undefined && { archiveAfterMs }),
  ...(maxCount !== undefined && { maxCount }),
});

export function retainedDocument({ archived, kept, failed, swept }: Retained): RetainedDocument {
  const { missing, ...removed } = swept;
  return {
    archived: archived.map((one) => ({ ...one })),
    kept: kept.map((one) => ({ ...one })),
    failed: failed.map(({ run, error }) => ({ run, error: errorJson(error) })),
    removed,
    missing: [...missing],
  };
}
