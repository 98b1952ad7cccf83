// What is sent to have something run.
import { z } from "zod";
import { Priority } from "../../../domain/index.ts";

export const AnyJson = z.json().meta({ id: "AnyJson" });
export const JsonObjectBody = z.record(z.string(), AnyJson);

const PostedFile = z
  .strictObject({ path: z.string().min(1).max(500), base64: z.base64() })
  .meta({ id: "PostedFile" });

/** A document and the files that it names, as they come along. */
export const Posted = {
  workflow: z
    .union([z.string().min(1), JsonObjectBody])
    .describe("The document: its text (YAML, or JSON where `file` ends in .json), or its value."),
  file: z.string().min(1).max(500).exactOptional().describe("What the text is called; problems name it so."),
  files: z
    .array(PostedFile)
    .max(10_000)
    .exactOptional()
    .describe(
      "Files that the document names. Nothing else exists for it: nothing is read from the server's disk.",
    ),
  working: z
    .string()
    .min(1)
    .max(500)
    .exactOptional()
    .describe("Where paths are looked up beside the folder of the document."),
};

export const Reason = z.string().max(10_000).exactOptional().describe("Recorded with what is asked.");

export const Because = z.strictObject({ reason: Reason }).meta({ id: "Because" });

export const Submission = z
  .strictObject({
    ...Posted,
    workflow: Posted.workflow.exactOptional(),
    name: z
      .string()
      .min(1)
      .max(500)
      .exactOptional()
      .describe("Of a registered workflow, instead of a document."),
    version: z.string().min(1).max(200).exactOptional().describe("Of the registered workflow."),
    inputs: JsonObjectBody.exactOptional(),
    id: z
      .string()
      .min(1)
      .max(500)
      .exactOptional()
      .describe("A name for the run; the same as `Idempotency-Key`."),
    priority: Priority.exactOptional(),
    deadline: z.iso
      .datetime({ offset: true })
      .exactOptional()
      .describe("It fails when it is not over by then."),
    timeout: z
      .union([z.number().positive().max(1e9), z.string().min(1).max(100)])
      .exactOptional()
      .describe("For the whole run: seconds, or a text such as `5m`."),
    subject: z
      .string()
      .min(1)
      .max(500)
      .exactOptional()
      .describe("Whose personal data the run holds: it is sealed with a key of that person's own."),
    reason: Reason,
  })
  .meta({ id: "Submission" });
export type Submission = z.infer<typeof Submission>;

export const Forking = z
  .strictObject({
    ...Posted,
    workflow: Posted.workflow.exactOptional(),
    name: z
      .string()
      .min(1)
      .max(500)
      .exactOptional()
      .describe("Of a registered workflow, instead of its own document."),
    version: z.string().min(1).max(200).exactOptional().describe("Of the registered workflow."),
    from: z
      .union([z.string().min(1).max(500), z.int().min(0)])
      .exactOptional()
      .describe("A task, or the number of an event of the run; without it the changes say where to begin."),
    set: JsonObjectBody.exactOptional().describe(
      "What changes: `inputs.x`, `tasks.<id>.params.x` or `tasks.<id>.result.x` → value.",
    ),
    recordedFiles: z
      .boolean()
      .exactOptional()
      .describe("With another document: scripts see the files that the earlier run saw."),
    reason: Reason,
  })
  .meta({ id: "Forking" });
export type Forking = z.infer<typeof Forking>;

export const SubmissionQuery = z.strictObject({
  wait: z.coerce
    .number()
    .min(0)
    .max(60)
    .exactOptional()
    .describe("So many seconds the answer waits for the end of the run."),
});

export const SubmissionHeaders = z.object({
  "idempotency-key": z
    .string()
    .min(1)
    .max(500)
    .exactOptional()
    .describe("The same request again is the same run (200); another one is refused (422)."),
});

export const At = z.coerce.number().int().min(0).exactOptional().describe("As it stood at that revision.");

export const RunParams = z.object({
  id: z.string().min(1).max(500).describe("The id of a run, the beginning of one, or the name it was given."),
});
