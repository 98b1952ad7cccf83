// retention show|run: which runs are past their time, and what becomes of them.
import { z } from "zod";
import { planDocument, type Retained, retainedDocument, retentionDocument } from "../../../engine/index.ts";
import type { Command } from "../context.ts";
import { EXIT, EXIT_OF_ERROR, type Exit } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import {
  deliveriesText,
  keptText,
  oldText,
  overdueText,
  retainedText,
  shownText,
} from "../view/retention-text.ts";

const Options = z.object({ dryRun: z.boolean().default(false) });

export const retentionShow: Command = async (_, context) => {
  const shown = await context.parts.retention().plan();
  answer(context, retentionDocument(shown), () => shownText(shown));
  return EXIT.done;
};

export const retentionRun: Command = async ({ options: typed }, context) => {
  const retention = context.parts.retention();
  if (optionsOf(Options, typed).dryRun) {
    const plan = await retention.plan();
    answer(context, { dryRun: true, ...planDocument(plan) }, () =>
      [
        overdueText(plan.due),
        keptText(plan.kept),
        oldText(plan.old),
        deliveriesText(plan.deliveries, "to be removed"),
      ].join(""),
    );
    return EXIT.done;
  }
  const retained = await retention.run();
  answer(context, { dryRun: false, ...retainedDocument(retained) }, () => retainedText(retained));
  return exitOf(retained);
};

/** What could not be archived is still there, and is no success. */
function exitOf({ failed, swept, discarded }: Retained): Exit {
  const [first] = failed;
  if (first) return EXIT_OF_ERROR[first.error.code];
  const [undeleted] = discarded.failed;
  if (undeleted) return EXIT_OF_ERROR[undeleted.error.code];
  return swept.missing.length > 0 ? EXIT.unreachable : EXIT.done;
}
