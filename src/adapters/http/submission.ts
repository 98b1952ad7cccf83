// A request for a run, as the engine takes it.
import { GleitzeitError, type Millis, parseDuration } from "../../domain/index.ts";
import { type GivenRun, type RunRequestDocument, takenInputs, type Workflow } from "../../engine/index.ts";
import type { PostedDocument, PostedDocuments } from "./parts.ts";
import type { Submission } from "./schemas/run-bodies.ts";

/** `as it is`: of a document that takes the inputs of an earlier run. */
export async function requestIn(
  documents: PostedDocuments,
  body: Submission,
  idempotencyKey?: string,
  inputs: "checked" | "as it is" = "checked",
): Promise<RunRequestDocument> {
  const name = nameIn(body.id, idempotencyKey);
  const given = ({ definition }: Workflow): GivenRun => ({
    inputs: inputs === "checked" ? takenInputs(definition.inputs, body.inputs ?? {}) : {},
    ...(name !== undefined && { name }),
    ...(body.priority !== undefined && { priority: body.priority }),
    ...(body.timeout !== undefined && { timeoutMs: millisIn(body.timeout) }),
    ...(body.subject !== undefined && { subject: body.subject }),
    ...(body.reason !== undefined && { reason: body.reason }),
  });
  const request = await requested(documents, body, given);
  const { deadline } = body;
  return deadline === undefined ? request : { ...request, deadline: Date.parse(deadline) };
}

function requested(
  documents: PostedDocuments,
  { workflow, name, version, file, files, working }: Submission,
  given: (workflow: Workflow) => GivenRun,
): Promise<RunRequestDocument> {
  if (workflow !== undefined && name === undefined && version === undefined) {
    const posted: PostedDocument = { workflow, file, files, working };
    return documents.request(posted, given);
  }
  if (workflow !== undefined || name === undefined) {
    throw new GleitzeitError(
      "INVALID_REQUEST",
      "give `workflow`, a document, or `name`, of one that is registered",
    );
  }
  return documents.named(version === undefined ? name : `${name}@${version}`, given);
}

/** Both name the run; who gives both means one thing. */
function nameIn(id: string | undefined, key: string | undefined): string | undefined {
  if (id !== undefined && key !== undefined && id !== key) {
    throw new GleitzeitError(
      "INVALID_REQUEST",
      "`id` and Idempotency-Key both name the run; give one of them",
    );
  }
  return id ?? key;
}

export function millisIn(duration: number | string): Millis {
  const parsed = parseDuration(duration);
  if (parsed.ok && parsed.ms > 0) return parsed.ms;
  const message = `a duration is seconds over 0, or a text such as "5m", not ${JSON.stringify(duration)}`;
  throw new GleitzeitError("INVALID_REQUEST", message);
}
