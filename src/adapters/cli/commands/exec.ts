// exec CODE: a few lines of Python as a run of one task.
import { z } from "zod";
import { GleitzeitError } from "../../../domain/index.ts";
import type { Command } from "../context.ts";
import { DurationOption, ObjectOption, optionsOf } from "../options.ts";
import { plainJson } from "../plain-json.ts";
import { submitted } from "../submitted.ts";

const Options = z.object({
  timeout: DurationOption.optional(),
  context: ObjectOption.default({}),
  reason: z.string().optional(),
  watch: z.boolean().default(false),
});

const MAX_BYTES = 1024 * 1024;

export const exec: Command = async ({ args: [given = ""], options: typed }, context) => {
  const { timeout, context: variables, reason, watch } = optionsOf(Options, typed);
  const code = given === "-" ? await codeFrom(context.terminal) : given;
  if (code.trim() === "") throw new GleitzeitError("USAGE_ERROR", "there is no code to run");
  const document = {
    name: "exec",
    tasks: [
      {
        id: "exec",
        method: "python/execute",
        params: { code: plainJson(code), context: plainJson(variables) },
        ...(timeout !== undefined && { timeout: timeout / 1000 }),
      },
    ],
    outputs: { result: "${exec}" },
  };
  return submitted({ path: "exec.json", document, reason, watch }, context);
};

async function codeFrom({ readInput }: Parameters<Command>[1]["terminal"]): Promise<string> {
  const bytes = await readInput(MAX_BYTES + 1);
  if (bytes.length <= MAX_BYTES) return new TextDecoder().decode(bytes);
  throw new GleitzeitError("RESOURCE_EXHAUSTED", `standard input holds more than ${MAX_BYTES} bytes of code`);
}
