// run FILE|NAME: submits a document and drives it to its end.
import { z } from "zod";
import { GleitzeitError } from "../../../domain/index.ts";
import {
  driveOrWait,
  historyOf,
  type RunRequestDocument,
  reportOf,
  runDocument,
} from "../../../engine/index.ts";
import { attend } from "../attend.ts";
import { type Command, type Context, waiting } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { gettingReady } from "../getting-ready.ts";
import { givenInputs } from "../given-inputs.ts";
import { DurationOption, optionsOf, PriorityOption } from "../options.ts";
import { answer } from "../output.ts";
import { savedFile } from "../saved-file.ts";

const Options = z.object({
  input: z.array(z.string()).default([]),
  inputs: z.string().optional(),
  id: z.string().min(1, "must not be empty").optional(),
  idempotencyKey: z.string().min(1, "must not be empty").optional(),
  subject: z.string().min(1, "must not be empty").optional(),
  priority: PriorityOption.optional(),
  timeout: DurationOption.optional(),
  detach: z.boolean().default(false),
  watch: z.boolean().default(false),
  output: z.string().min(1, "must not be empty").optional(),
  reason: z.string().optional(),
});

export const run: Command = async ({ args: [path = ""], options: typed }, context) => {
  const options = optionsOf(Options, typed);
  const { parts, terminal } = context;
  const name = nameOf(options);
  const workflow = await parts.workflowNamed(path);
  const inputs = await givenInputs(
    workflow.definition,
    { pairs: options.input, file: options.inputs },
    terminal,
  );
  const request = await parts.request(workflow, {
    inputs,
    ...(name !== undefined && { name }),
    ...(options.priority !== undefined && { priority: options.priority }),
    ...(options.timeout !== undefined && { timeoutMs: options.timeout }),
    ...(options.subject !== undefined && { subject: options.subject }),
    ...(options.reason !== undefined && { reason: options.reason }),
  });
  if (options.detach) return detached(request, options, context);
  const file = options.output === undefined ? undefined : await savedFile(options.output);
  try {
    await gettingReady(request, context);
    const driving = await parts.driving();
    const started = await driving.engine.run(request, driving.actor);
    const end = () => started.end ?? driveOrWait(waiting(context), driving, started.run);
    const shown = { from: 0, output: options.watch, ...(file && { save: file.save }) };
    return await attend(context, driving, started.run, end, shown);
  } finally {
    await file?.discard();
  }
};

/** The run is in the log, and whoever drives runs that nobody drives takes it. */
async function detached(
  request: RunRequestDocument,
  { watch, output }: z.infer<typeof Options>,
  context: Context,
): Promise<number> {
  if (watch || output !== undefined) {
    const option = watch ? "--watch" : "--output";
    throw new GleitzeitError(
      "USAGE_ERROR",
      `${option} needs somebody who stays, and --detach leaves at once`,
    );
  }
  const driving = await context.parts.driving();
  if (driving.place === "memory:") {
    throw new GleitzeitError("USAGE_ERROR", "--detach needs a store that outlives this command, not memory:");
  }
  await checkSecrets(request, driving.place, context);
  const { run } = await driving.engine.submit(request, driving.actor);
  const report = await reportOf(driving, await historyOf(driving, run));
  answer(context, runDocument(report), () => `${run}\n`);
  return EXIT.done;
}

/** Of a store on this machine the secrets are here; workers of a store that machines share may have their own. */
async function checkSecrets(request: RunRequestDocument, place: string, context: Context): Promise<void> {
  try {
    await context.parts.checkSecrets(request);
  } catch (error) {
    if (place.startsWith("sqlite:") || !isMissing(error)) throw error;
    const { err } = context.terminal;
    if (!context.globals.quiet)
      err.write(`not on this machine, and needed where it is driven: ${error.message}\n`);
  }
}

const isMissing = (error: unknown): error is GleitzeitError =>
  error instanceof GleitzeitError && error.code === "CONFIGURATION_ERROR";

/** Both name the run; who gives both means one thing. */
function nameOf({ id, idempotencyKey }: z.infer<typeof Options>): string | undefined {
  if (id !== undefined && idempotencyKey !== undefined && id !== idempotencyKey) {
    throw new GleitzeitError("USAGE_ERROR", "--id and --idempotency-key both name the run; give one of them");
  }
  return id ?? idempotencyKey;
}
