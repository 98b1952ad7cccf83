// What the documents of `--json` are made of. Other programs read this: add, never rename.
import { z } from "zod";
import { AnyErrorCode, Instant, RUN_STATUSES, type RunStatus, TASK_STATUSES } from "../../../domain/index.ts";

/** A key that may be missing; it is never null. */
export const maybe = <S extends z.ZodType>(schema: S) => schema.exactOptional();

export const any = z.json().meta({ id: "Json" });
export const map = z.record(z.string(), any);
export const runId = z.uuid();
export const task = z.string().min(1);
export const instant = Instant;
export const millis = z.number().min(0);
export const count = z.int().min(0);
export const position = z.string().regex(/^(?:\d+|start)$/);
export const hash = z.string().regex(/^sha256-[0-9a-f]{64}$/);
export const code = AnyErrorCode;

const isReal = (status: RunStatus): status is Exclude<RunStatus, "absent"> => status !== "absent";
export const runStatus = z.enum(RUN_STATUSES.filter(isReal));
export const taskStatus = z.enum(TASK_STATUSES);

export const error = z
  .strictObject({
    code: code.describe("Stable; what programs decide by."),
    message: z.string().describe("What happened, where, and what to do."),
    retryable: z.boolean().describe("Whether the same may work later."),
    details: map.describe("Whatever else is known."),
    get cause() {
      return error.exactOptional().describe("What led to it.");
    },
  })
  .meta({ id: "Error" });

export const problem = z
  .strictObject({
    code,
    message: z.string(),
    file: maybe(z.string()),
    line: maybe(z.int().min(1)).describe("From 1, like columns."),
    column: maybe(z.int().min(1)),
    path: maybe(z.string()).describe("Where in the value: `tasks[2].params.a`."),
  })
  .meta({ id: "Problem" });

export const workflow = z
  .strictObject({
    id: z.string().describe("Of the definition, the same for all its runs."),
    name: z.string(),
    version: maybe(z.string()).describe("As the document says."),
    hash: hash.describe("Of the definition."),
  })
  .meta({ id: "Workflow" });

export const actor = z
  .strictObject({
    type: z.enum(["user", "service", "schedule", "engine", "provider", "cli"]),
    id: z.string().describe("Opaque."),
    onBehalfOf: maybe(z.string()),
  })
  .meta({ id: "Actor" });

export const earlier = z.strictObject({ run: runId, revision: count }).meta({ id: "PlaceInRun" });
