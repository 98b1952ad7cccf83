// fork RUN: a new run that goes another way from a task or an event on; the earlier one stays as it is.
import { z } from "zod";
import { GleitzeitError, isObject, type RunId, readDefinition } from "../../../domain/index.ts";
import {
  definitionOf,
  type ForkPlan,
  type ForkRequest,
  findRun,
  historyOf,
  openValues,
} from "../../../engine/index.ts";
import { attend } from "../attend.ts";
import type { Command, Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf, SetOption } from "../options.ts";
import { answer } from "../output.ts";
import type { Reading } from "../parts.ts";
import { planText } from "../view/plan-text.ts";

const FILES = ["current", "recorded"] as const;

const Options = z.object({
  from: z.string().min(1, "must not be empty").optional(),
  set: SetOption.optional(),
  workflow: z.string().min(1, "must not be empty").optional(),
  files: z.enum(FILES, { error: `must be ${FILES.join(" or ")}` }).optional(),
  dryRun: z.boolean().default(false),
  watch: z.boolean().default(false),
  reason: z.string().optional(),
});

type Wanted = z.infer<typeof Options>;

export const fork: Command = async ({ args: [text = ""], options: typed }, context) => {
  const options = optionsOf(Options, typed);
  const { parts, terminal, globals } = context;
  const reading = await parts.reading();
  const run = await findRun(reading, text);
  const request = await requestOf(context, reading, run, options);
  const driving = await parts.driving();
  if (options.dryRun) {
    const plan: ForkPlan = await driving.engine.planFork(run, driving.tenant, request);
    answer(context, plan, () => (globals.quiet ? "" : planText(plan, terminal.out)));
    return EXIT.done;
  }
  const started = await driving.engine.fork(run, driving.tenant, driving.actor, request);
  const end = () => started.end ?? driving.engine.drive(started.run, driving.tenant, driving.actor);
  return attend(context, driving, started.run, end, { from: 0, output: options.watch });
};

async function requestOf(
  context: Context,
  reading: Reading,
  run: RunId,
  { from, set, workflow, files, reason }: Wanted,
): Promise<ForkRequest> {
  const isOther = workflow !== undefined || files === "current";
  return {
    ...(from !== undefined && { from }),
    ...(set && { set }),
    ...(reason !== undefined && { reason }),
    ...(isOther && { document: await documentOf(context, reading, run, workflow) }),
    ...(files === "recorded" && { withRecordedFiles: true }),
  };
}

/** The one that is named, or the run's own with its files as they are now. */
async function documentOf({ parts }: Context, reading: Reading, run: RunId, workflow: string | undefined) {
  if (workflow !== undefined) return parts.request(await parts.workflowNamed(workflow), { inputs: {} });
  const { first } = await historyOf(reading, run, 0);
  const { folders } = await openValues(first, reading.tenant, reading.store);
  const folder = isObject(folders) ? folders.document : undefined;
  if (typeof folder !== "string") {
    throw new GleitzeitError(
      "WORKFLOW_INVALID_STATE",
      "the run does not say where its files came from; --files recorded",
    );
  }
  const definition = await definitionOf(reading, first.event.data.workflow.hash);
  return parts.request({ definition: readDefinition(definition), folder }, { inputs: {} });
}
