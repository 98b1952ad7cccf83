// What a task says of a script, whatever its language: `file` or `code`, what it is given, what checking it finds.
import { z } from "zod";
import { parseDuration } from "./duration.ts";

const MOST_MS = 86_400_000;

export const ScriptSource = {
  file: z.string().min(1).optional().describe("path of a script; exactly one of file and code"),
  code: z.string().optional().describe("the script itself"),
};

type Source = { readonly file?: string | undefined; readonly code?: string | undefined };

export const hasOneSource = ({ file, code }: Source): boolean =>
  (file === undefined) !== (code === undefined);
export const ONE_SOURCE = { error: "give exactly one of `file` and `code`" };

/** What `execute` takes beside its source. */
export const ScriptExecution = {
  context: z.record(z.string(), z.json()).default({}).describe("values the script finds in `context`"),
  timeout: z
    .union([z.number(), z.string()])
    .superRefine((value, refinement) => {
      const duration = parseDuration(value);
      if (!duration.ok) refinement.addIssue(duration.message);
      else if (duration.ms === 0 || duration.ms > MOST_MS)
        refinement.addIssue("must be over 0 and at most a day");
    })
    .describe('seconds, or a text like "5m"')
    .optional(),
  files: z.array(z.string().min(1)).max(1000).default([]).describe("globs of files the script may open"),
};

/** What `validate` finds. */
export const ScriptCheck = z.strictObject({
  valid: z.boolean(),
  errors: z.array(
    z.strictObject({ message: z.string(), line: z.number().optional(), column: z.number().optional() }),
  ),
});
