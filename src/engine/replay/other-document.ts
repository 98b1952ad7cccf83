// Another document in the place of the one that a run was submitted with: the same inputs, the same priority, limits and
// origin; its own tasks, files and workflows that it calls.
import { checkInputs, isObject, type Json } from "../../domain/index.ts";
import type { Submission } from "../log/history.ts";
import type { Blob } from "../ports/index.ts";
import { type RunRequestDocument, submissionFor } from "../submitting/submit.ts";
import type { ReplayHost } from "./outside.ts";

/** What a run is submitted with instead. */
export type Resubmitted = { readonly submission: Submission; readonly blobs: readonly Blob[] };

export type OtherDocument = Omit<RunRequestDocument, "inputs">;

export const otherDocument =
  (host: ReplayHost, document: OtherDocument) =>
  async (recorded: Submission, inputs: Json): Promise<Resubmitted | string> => {
    const checked = checkInputs(document.definition.inputs, isObject(inputs) ? inputs : {});
    if (!checked.ok) return checked.problems.map(({ message }) => message).join("; ");
    const { submission, blobs } = submissionFor(host, { ...document, inputs: checked.inputs });
    const { priority, deadline, timeoutMs, parent, forkedFrom, subject, batch, requestHash } = recorded;
    return {
      blobs,
      submission: {
        ...submission,
        priority,
        ...(deadline !== undefined && { deadline }),
        ...(timeoutMs !== undefined && { timeoutMs }),
        ...(parent && { parent }),
        ...(forkedFrom && { forkedFrom }),
        ...(subject !== undefined && { subject }),
        ...(batch && submission.batch && { batch }),
        requestHash,
      },
    };
  };
