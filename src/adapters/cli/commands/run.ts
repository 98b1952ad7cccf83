// run FILE: submits a document and drives it to its end.
import { z } from "zod";
import { GleitzeitError } from "../../../domain/index.ts";
import { driveOrWait } from "../../../engine/index.ts";
import { attend } from "../attend.ts";
import { type Command, waiting } from "../context.ts";
import { gettingReady } from "../getting-ready.ts";
import { givenInputs } from "../given-inputs.ts";
import { DurationOption, optionsOf, PriorityOption } from "../options.ts";
import { savedFile } from "../saved-file.ts";

const Options = z.object({
  input: z.array(z.string()).default([]),
  inputs: z.string().optional(),
  id: z.string().min(1, "must not be empty").optional(),
  idempotencyKey: z.string().min(1, "must not be empty").optional(),
  priority: PriorityOption.optional(),
  timeout: DurationOption.optional(),
  watch: z.boolean().default(false),
  output: z.string().min(1, "must not be empty").optional(),
  reason: z.string().optional(),
});

export const run: Command = async ({ args: [path = ""], options: typed }, context) => {
  const options = optionsOf(Options, typed);
  const { parts, terminal } = context;
  const name = nameOf(options);
  const workflow = await parts.workflow(path);
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
    ...(options.reason !== undefined && { reason: options.reason }),
  });
  const file = options.output === undefined ? undefined : await savedFile(options.output);
  try {
    await gettingReady(workflow, context);
    const driving = await parts.driving();
    const started = await driving.engine.run(request, driving.actor);
    const end = () => started.end ?? driveOrWait(waiting(context), driving, started.run);
    const shown = { from: 0, output: options.watch, ...(file && { save: file.save }) };
    return await attend(context, driving, started.run, end, shown);
  } finally {
    await file?.discard();
  }
};

/** Both name the run; who gives both means one thing. */
function nameOf({ id, idempotencyKey }: z.infer<typeof Options>): string | undefined {
  if (id !== undefined && idempotencyKey !== undefined && id !== idempotencyKey) {
    throw new GleitzeitError("USAGE_ERROR", "--id and --idempotency-key both name the run; give one of them");
  }
  return id ?? idempotencyKey;
}
