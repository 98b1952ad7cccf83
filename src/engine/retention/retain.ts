// What is past its time goes into archives, what was archived leaves the store, and archives whose time is over are deleted.
import { type ErrorInfo, errorInfoOf, type RunId } from "../../domain/index.ts";
import { type ArchivedRun, archive } from "./archive.ts";
import { type Discarded, discard } from "./discard.ts";
import type { DueDeliveries } from "./due-deliveries.ts";
import type { RetentionKit } from "./kit.ts";
import { type KeptRun, planOf } from "./plan.ts";
import type { RetentionPolicies } from "./policy.ts";
import { removeDeliveries } from "./remove-deliveries.ts";
import { type Swept, sweep } from "./sweep.ts";

export type Retained = {
  readonly archived: readonly ArchivedRun[];
  readonly kept: readonly KeptRun[];
  /** Those that could not be archived; they are where they were. */
  readonly failed: readonly { readonly run: RunId; readonly error: ErrorInfo }[];
  readonly swept: Swept;
  readonly discarded: Discarded;
  /** Records of deliveries that are gone. */
  readonly deliveries: readonly DueDeliveries[];
};

export async function retain(kit: RetentionKit, policies: RetentionPolicies): Promise<Retained> {
  const { due, kept } = await planOf(kit, policies);
  const archived: ArchivedRun[] = [];
  const failed: Retained["failed"][number][] = [];
  for (const over of due) {
    try {
      const done = await archive(kit, over);
      if (done) archived.push(done);
    } catch (error) {
      const problem = errorInfoOf(error);
      if (problem.code === "RUN_ARCHIVED") continue; // somebody else has done it meanwhile
      failed.push({ run: over.run, error: problem });
      if (isOfThePlace(problem)) break;
    }
  }
  const swept = await sweep(kit);
  const discarded = await discard(kit, policies.deleteArchivesAfterMs);
  const deliveries = await removeDeliveries(kit, policies.webhooks?.maxAgeMs);
  return { archived, kept, failed, swept, discarded, deliveries };
}

/** A disk that is full is so for the next one too. */
const isOfThePlace = ({ code }: ErrorInfo): boolean =>
  code === "PERSISTENCE_WRITE_FAILED" || code === "AUTHORIZATION_FAILED";
