// Retention as `retention show|run --json` prints it and HTTP answers it. Other programs read this: add, never rename.
import { type ErrorJson, errorJson } from "../reading/error-json.ts";
import type { OldArchive, OldArchives } from "./discard.ts";
import type { DueDeliveries } from "./due-deliveries.ts";
import type { KeptRun, OverdueRun, RetentionPlan } from "./plan.ts";
import type { RetentionPolicies, RetentionPolicy } from "./policy.ts";
import type { Retained } from "./retain.ts";

export type ShownRetention = RetentionPlan & {
  readonly policies: RetentionPolicies;
  /** Undefined where nothing outlives the process. */
  readonly archives: string | undefined;
  /** Of archives that are there. */
  readonly count: number;
  /** Archives whose own time is over. */
  readonly old: OldArchives;
  readonly deliveries: readonly DueDeliveries[];
};

export type PlanDocument = {
  readonly due: readonly OverdueRun[];
  readonly kept: readonly KeptRun[];
  readonly archivesDue: readonly OldArchive[];
  readonly archivesHeld: readonly OldArchive[];
  readonly deliveries: readonly DueDeliveries[];
};

export type RetentionDocument = PlanDocument & {
  readonly archives: string | null;
  readonly count: number;
  readonly default: RetentionPolicy;
  readonly workflows: { readonly [workflow: string]: RetentionPolicy };
  readonly deleteArchivesAfterMs?: number;
  readonly webhooks: Pick<RetentionPolicy, "maxAgeMs">;
};

export type RetainedDocument = Pick<Retained, "archived" | "kept" | "deliveries"> & {
  readonly archivesDeleted: Retained["discarded"]["deleted"];
  readonly archivesHeld: readonly OldArchive[];
  readonly archivesFailed: readonly (OldArchive & { readonly error: ErrorJson })[];
  readonly failed: readonly { readonly run: Retained["failed"][number]["run"]; readonly error: ErrorJson }[];
  readonly removed: Omit<Retained["swept"], "missing">;
  readonly missing: readonly string[];
};

type Planned = RetentionPlan & Pick<ShownRetention, "old" | "deliveries">;

export const planDocument = ({ due, kept, old, deliveries }: Planned): PlanDocument => ({
  due: due.map((one) => ({ ...one })),
  kept: kept.map((one) => ({ ...one })),
  archivesDue: old.due.map((one) => ({ ...one })),
  archivesHeld: old.held.map((one) => ({ ...one })),
  deliveries: deliveries.map((one) => ({ ...one })),
});

export function retentionDocument({ policies, archives, count, ...plan }: ShownRetention): RetentionDocument {
  const workflows = Object.entries(policies.workflows).map(([name, one]) => [name, policyOf(one)] as const);
  return {
    archives: archives ?? null,
    count,
    default: policyOf(policies.default),
    workflows: Object.fromEntries(workflows),
    ...(policies.deleteArchivesAfterMs !== undefined && {
      deleteArchivesAfterMs: policies.deleteArchivesAfterMs,
    }),
    webhooks: policyOf(policies.webhooks ?? {}),
    ...planDocument(plan),
  };
}

const policyOf = ({ maxAgeMs, archiveAfterMs, maxCount }: RetentionPolicy): RetentionPolicy => ({
  ...(maxAgeMs !== undefined && { maxAgeMs }),
  ...(archiveAfterMs !== undefined && { archiveAfterMs }),
  ...(maxCount !== undefined && { maxCount }),
});

export function retainedDocument(retained: Retained): RetainedDocument {
  const { archived, kept, failed, swept, discarded, deliveries } = retained;
  const { missing, ...removed } = swept;
  return {
    archived: archived.map((one) => ({ ...one })),
    kept: kept.map((one) => ({ ...one })),
    failed: failed.map(({ run, error }) => ({ run, error: errorJson(error) })),
    removed,
    missing: [...missing],
    archivesDeleted: discarded.deleted.map((one) => ({ ...one })),
    archivesHeld: discarded.held.map((one) => ({ ...one })),
    archivesFailed: discarded.failed.map(({ error, ...one }) => ({ ...one, error: errorJson(error) })),
    deliveries: deliveries.map((one) => ({ ...one })),
  };
}
