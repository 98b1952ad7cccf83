// What is told about a run or a document, as `--json` prints it. Other programs read this: add, never rename.
import { z } from "zod";
import * as v from "./values.ts";

const { maybe } = v;

export const why = z.strictObject({
  runId: v.runId,
  status: v.runStatus,
  task: maybe(z.strictObject({ id: v.task, status: v.taskStatus })),
  reasons: z.array(
    z.strictObject({
      task: maybe(v.task),
      kind: z.string().describe("`dependency`, `retry`, `signal`, `failed` … ; new ones may come."),
      text: z.string(),
    }),
  ),
});

const finding = {
  ...v.problem.shape,
  code: maybe(v.code).describe("Of what is refused."),
};

export const imported = z.strictObject({
  files: z.array(
    z.strictObject({
      file: z.string(),
      runs: z.boolean(),
      rewritten: z.boolean(),
      findings: z.array(
        z.strictObject({
          kind: z
            .enum(["refused", "differs", "key"])
            .describe("It does not run so; something else happens; another word for the same."),
          ...finding,
        }),
      ),
    }),
  ),
  error: maybe(v.error),
  problems: z.array(v.problem),
});

const file = { file: z.string(), valid: z.boolean() };

export const validated = z
  .strictObject({
    valid: z.boolean(),
    files: z.array(z.strictObject(file)),
    error: maybe(v.error),
    problems: z.array(v.problem),
  })
  .meta({ id: "Validated" });
