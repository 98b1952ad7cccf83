// What is told of runs that are compared, run again or forked, as `--json` prints it. Other programs read this: add,
// never rename.
import { z } from "zod";
import * as v from "./values.ts";

const { maybe } = v;

const side = z.strictObject({
  runId: v.runId,
  workflow: z.strictObject({ name: z.string(), version: maybe(z.string()), hash: v.hash }),
  status: v.runStatus,
});

const difference = z
  .strictObject({
    task: v.task.nullable().describe("Null for the run itself; `task/task` inside a run that is a task."),
    kind: z.string().describe("`params`, `result`, `status`, `model` … ; new ones may come."),
    path: maybe(z.string()).describe("Inside the value."),
    a: maybe(v.any).describe("Absent where there was nothing."),
    b: maybe(v.any),
    unknown: maybe(z.literal(true)).describe("Erased or missing on a side: no difference that counts."),
  })
  .meta({ id: "Difference" });

export const diff = z.strictObject({
  a: side,
  b: side,
  same: z.boolean(),
  first: difference.nullable().describe("Where they begin to differ."),
  differences: z.array(difference),
});
