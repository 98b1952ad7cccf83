// Retention as a terminal shows it.
import type {
  DueDeliveries,
  Retained,
  RetentionPlan,
  RetentionPolicies,
  RetentionPolicy,
} from "../../../engine/index.ts";
import type { RetentionAccess } from "../retention-access.ts";
import { counted, duration, line } from "./text.ts";

type Shown = Awaited<ReturnType<RetentionAccess["plan"]>>;

export const shownText = ({ policies, archives, count, due, kept, old, deliveries }: Shown): string =>
  [
    policiesText(policies),
    webhooksText(policies),
    archivesText(policies),
    `archives: ${archives === undefined ? "none here" : `${line(archives)}, ${counted(count, "run")}`}\n`,
    overdueText(due),
    keptText(kept),
    oldText(old),
    deliveriesText(deliveries, "to be removed"),
  ].join("");

const archivesText = ({ deleteArchivesAfterMs: after }: RetentionPolicies): string =>
  after === undefined
    ? "archives stay for ever\n"
    : `archives are deleted ${duration(after)} after they were written\n`;

export const oldText = ({ due, held }: Shown["old"]): string =>
  [
    ...(due.length === 0 ? [] : [`${counted(due.length, "archive")} to delete:\n`]),
    ...due.map((one) => `  ${line(one.archive)}  written ${one.archivedAt}\n`),
    ...held.map(heldText),
  ].join("");

const heldText = ({ archive, archivedAt }: Shown["old"]["held"][number]): string =>
  `stays: ${line(archive)}  written ${archivedAt}: held\n`;

const webhooksText = ({ webhooks: { maxAgeMs } = {} }: RetentionPolicies): string =>
  maxAgeMs === undefined
    ? ""
    : `what was sent to webhooks: removed ${duration(maxAgeMs)} after it was recorded\n`;

export const deliveriesText = (all: readonly DueDeliveries[], how: string): string =>
  all
    .map(({ webhook, deliveries, attempts, from, to }) => {
      const what = `${counted(deliveries, "delivery", "deliveries")} with ${counted(attempts, "attempt")}`;
      return `${how}: ${what} to ${line(webhook)}, ${from} to ${to}\n`;
    })
    .join("");

const policiesText = ({ default: usual, workflows }: RetentionPolicies): string =>
  [["every other workflow", usual] as const, ...Object.entries(workflows)]
    .toReversed()
    .map(([name, policy]) => `${line(name)}: ${policyText(policy)}\n`)
    .join("");

function policyText({ maxAgeMs, archiveAfterMs, maxCount }: RetentionPolicy): string {
  const ages = [maxAgeMs, archiveAfterMs].filter((age) => age !== undefined);
  const age = ages.length === 0 ? [] : [`${duration(Math.min(...ages))} after their end`];
  const count = maxCount === undefined ? [] : [`beyond the newest ${maxCount}`];
  return age.length + count.length === 0
    ? "runs stay for ever"
    : `runs leave ${[...age, ...count].join(", or ")}`;
}

const BECAUSE = { age: "past its time", count: "beyond the newest" } as const;

export const overdueText = (due: RetentionPlan["due"]): string =>
  due.length === 0
    ? "no run has to leave\n"
    : `${counted(due.length, "run")} to leave:\n${due
        .map((one) => `  ${one.run}  ${line(one.workflow)}  ended ${one.endedAt}, ${BECAUSE[one.because]}\n`)
        .join("")}`;

const KEPT = {
  held: "held",
  forked: "a run was forked from it that stays",
  "under way": "runs inside it are under way",
} as const;

export const keptText = (kept: RetentionPlan["kept"]): string =>
  kept
    .map((one) => `stays: ${one.run}  ${line(one.workflow)}  ended ${one.endedAt}: ${KEPT[one.kept]}\n`)
    .join("");

export function retainedText(retained: Retained): string {
  const { archived, kept, failed, swept, discarded, deliveries } = retained;
  const { runs, events, blobs, missing } = swept;
  return [
    ...archived.map((one) => `archived: ${one.run}  ${line(one.workflow)}  ${one.archive}\n`),
    keptText(kept),
    ...failed.map(({ run, error }) => `not archived: ${run}: ${line(error.message)}\n`),
    ...missing.map(
      (file) => `not removed: the archive ${file} is gone, or is not the one that was written\n`,
    ),
    `${counted(runs, "run")} removed with ${counted(events, "event")} and ${counted(blobs, "blob")}\n`,
    ...discarded.deleted.map(
      (one) => `deleted: the archive ${line(one.archive)}  written ${one.archivedAt}\n`,
    ),
    ...discarded.held.map(heldText),
    ...discarded.failed.map(
      ({ archive, error }) => `not deleted: ${line(archive)}: ${line(error.message)}\n`,
    ),
    deliveriesText(deliveries, "removed"),
  ].join("");
}
