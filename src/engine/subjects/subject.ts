// Whose personal data a run holds: known by a pseudonym only, which who has not the tenant's key cannot make of a name.
import { type Definition, GleitzeitError, type JsonObject, subjectOf } from "../../domain/index.ts";
import type { TenantKeys } from "../ports/index.ts";
import type { CapturedWorkflows } from "../submitting/captured-workflows.ts";

/** STORED FORMAT: names streams, and stands in events. */
export const subjectPseudonym = (keys: TenantKeys, tenant: string, subject: string): string =>
  keys.hmac(tenant, "subject", subject);

type Request = {
  readonly tenant: string;
  readonly definition: Definition;
  readonly inputs: JsonObject;
  readonly workflows?: CapturedWorkflows;
  readonly subject?: string;
};

/** What the caller says counts before what the document says. */
export function pseudonymOf(keys: TenantKeys, request: Request): string | undefined {
  const subject = request.subject ?? subjectIn(request);
  if (subject === undefined) {
    checkCalled(request);
    return undefined;
  }
  if (subject === "") throw new GleitzeitError("INVALID_REQUEST", "the subject of a run must not be empty");
  return subjectPseudonym(keys, request.tenant, subject);
}

function subjectIn({ definition, inputs }: Request): string | undefined {
  const subject = subjectOf(definition, inputs);
  if (subject === undefined) return undefined;
  if (subject.ok) return subject.value;
  throw new GleitzeitError("INVALID_REQUEST", subject.error.message);
}

/** A run is sealed as a whole, so that what it calls cannot be about somebody while it is about nobody. */
function checkCalled({ definition, workflows }: Request): void {
  const called = workflows?.list.find((one) => one.definition.subject !== undefined);
  if (!called) return;
  throw new GleitzeitError(
    "INVALID_REQUEST",
    `workflow \`${called.definition.name}\`, which \`${definition.name}\` calls, has a \`subject\`: the run that calls it needs one too, by --subject or by a \`subject\` of its document`,
  );
}
