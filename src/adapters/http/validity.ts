// Whether a document is valid, as `validate --json` says it.
import { errorInfoOf, GleitzeitError, type Problem } from "../../domain/index.ts";
import { errorJson } from "../../engine/index.ts";
import type { PostedDocument, PostedDocuments } from "./parts.ts";

export async function problemsIn(documents: PostedDocuments, posted: PostedDocument) {
  const { file = "workflow.yaml" } = posted;
  const problems = await checked(documents, posted);
  const files = [{ file, valid: problems.length === 0 }];
  const [first] = problems;
  if (!first) return { valid: true, files, problems: [] };
  const error = errorInfoOf(new GleitzeitError("WORKFLOW_VALIDATION_FAILED", first.message));
  return { valid: false, files, error: errorJson(error), problems: [...problems] };
}

/** What is no document at all is a problem like others. */
async function checked(documents: PostedDocuments, posted: PostedDocument): Promise<readonly Problem[]> {
  try {
    return await documents.check(posted);
  } catch (error) {
    if (!(error instanceof GleitzeitError) || error.code === "INVALID_REQUEST") throw error;
    return error.problems ?? [{ code: error.code, message: error.message }];
  }
}
