// Which runs have to leave the store now, and which would but must not.
//
// 1. The list is read once, the newest first: children and forks are seen before the runs that they belong to.
// 2. A run goes with the runs inside it, or not at all.
// 3. A run stays as long as one that was forked from it does, which goes on from what it came to.
import { type Instant, isFinal, millisOf, type RunId } from "../../domain/index.ts";
import type { RunRow } from "../../projections/index.ts";
import type { Clock, EventStore, ReadModels } from "../ports/index.ts";
import { runRows } from "../reading/run-rows.ts";
import { type Holds, holdsOf } from "../subjects/holds.ts";
import { type Because, isOver, policyOf, type RetentionPolicies } from "./policy.ts";

export type OverdueRun = {
  readonly run: RunId;
  readonly workflow: string;
  readonly endedAt: Instant;
  readonly because: Because;
};

/** Why a run stays whose time is over. */
export type KeptBecause = "held" | "forked" | "under way";

export type KeptRun = OverdueRun & { readonly kept: KeptBecause };

export type RetentionPlan = {
  /** The newest first. */
  readonly due: readonly OverdueRun[];
  readonly kept: readonly KeptRun[];
};

export type PlanningKit = {
  readonly events: EventStore;
  readonly readModels: () => Promise<Pick<ReadModels, "runs">>;
  readonly clock: Pick<Clock, "now">;
  readonly tenant: string;
};

export async function planOf(kit: PlanningKit, policies: RetentionPolicies): Promise<RetentionPlan> {
  const now = kit.clock.now();
  const holds = await holdsOf(kit.events, kit.tenant);
  const [due, kept]: [OverdueRun[], KeptRun[]] = [[], []];
  const needed = new Map<RunId, KeptBecause>();
  const ended = new Map<string, number>();
  for await (const row of runRows(await kit.readModels(), kit.tenant)) {
    const why = reasonToStay(row, holds) ?? needed.get(row.run);
    if (row.parent) {
      if (why !== undefined) needed.set(row.parent.run, why);
      if (row.forkedFrom) needed.set(row.forkedFrom.run, "forked");
      continue;
    }
    const over = overdue(row, policies, ended, now);
    if (over && why === undefined) due.push(over);
    else if (row.forkedFrom) needed.set(row.forkedFrom.run, "forked");
    if (over && why !== undefined) kept.push({ ...over, kept: why });
  }
  return { due, kept };
}

function overdue(
  { run, workflow, status, endedAt }: RunRow,
  policies: RetentionPolicies,
  ended: Map<string, number>,
  now: number,
): OverdueRun | undefined {
  if (!isFinal(status) || endedAt === undefined) return undefined;
  const newer = ended.get(workflow.name) ?? 0;
  ended.set(workflow.name, newer + 1);
  const because = isOver(policyOf(policies, workflow), { endedAt: millisOf(endedAt), newer, now });
  return because && { run, workflow: workflow.name, endedAt, because };
}

function reasonToStay({ run, status, subject }: RunRow, { runs, subjects }: Holds): KeptBecause | undefined {
  if (runs.has(run) || (subject !== undefined && subjects.has(subject))) return "held";
  return isFinal(status) ? undefined : "under way";
}
