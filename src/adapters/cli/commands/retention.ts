// retention show|run: which runs are past their time, and what becomes of them.
import { z } from "zod";
import {
  errorJson,
  type Retained,
  type RetentionPlan,
  type RetentionPolicies,
  type RetentionPolicy,
} from "../../../engine/index.ts";
import type { Command } from "../context.ts";
import { EXIT, EXIT_OF_ERROR, type Exit } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import { keptText, overdueText, retainedText, shownText } from "../view/retention-text.ts";

const Options = z.object({ dryRun: z.boolean().default(false) });

export const retentionShow: Command = async (_, context) => {
  const { policies, archives, count, ...plan } = await context.parts.retention().plan();
  const shown = { archives: archives ?? null, count, ...policiesJson(policies), ...planJson(plan) };
  answer(context, shown, () => shownText({ policies, archives, count, ...plan }));
  return EXIT.done;
};

export const retentionRun: Command = async ({ options: typed }, context) => {
  const retention = context.parts.retention();
  if (optionsOf(Options, typed).dryRun) {
    const plan = await retention.plan();
    answer(context, { dryRun: true, ...planJson(plan) }, () => overdueText(plan.due) + keptText(plan.kept));
    return EXIT.done;
  }
  const retained = await retention.run();
  answer(context, { dryRun: false, ...retainedJson(retained) }, () => retainedText(retained));
  return exitOf(retained);
};

/** What could not be archived is still there, and is no success. */
function exitOf({ failed, swept }: Retained): Exit {
  const [first] = failed;
  if (first) return EXIT_OF_ERROR[first.error.code];
  return swept.missing.length > 0 ? EXIT.unreachable : EXIT.done;
}

const policiesJson = (policies: RetentionPolicies) => ({
  default: policyJson(policies.default),
  workflows: Object.fromEntries(
    Object.entries(policies.workflows).map(([name, one]) => [name, policyJson(one)]),
  ),
});

const policyJson = ({ maxAgeMs, archiveAfterMs, maxCount }: RetentionPolicy) => ({
  ...(maxAgeMs !== undefined && { maxAgeMs }),
  ...(archiveAfterMs !== undefined && { archiveAfterMs }),
  ...(maxCount !== undefined && { maxCount }),
});

const planJson = ({ due, kept }: RetentionPlan) => ({
  due: due.map((one) => ({ ...one })),
  kept: kept.map((one) => ({ ...one })),
});

function retainedJson({ archived, kept, failed, swept }: Retained) {
  const { missing, ...removed } = swept;
  return {
    archived: archived.map((one) => ({ ...one })),
    kept: kept.map((one) => ({ ...one })),
    failed: failed.map(({ run, error }) => ({ run, error: errorJson(error) })),
    removed,
    missing: [...missing],
  };
}
