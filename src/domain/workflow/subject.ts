// `subject`: whose personal data a run holds. It names an input, because a document is never sealed.
import { isObject, type JsonObject } from "../json.ts";
import { inputProblem } from "./check-references.ts";
import type { Definition } from "./document.ts";
import { headsOf } from "./heads.ts";
import type { Report } from "./problems.ts";
import { partsIn } from "./references.ts";
import { type Resolved, resolve } from "./resolve.ts";

const NO_TASKS = headsOf([]);
const PATH = ["subject"];

export function checkSubject(document: JsonObject, report: Report): void {
  const { subject } = document;
  if (typeof subject !== "string" || !subject.includes("${")) return;
  const problem = problemOf(subject, document);
  if (problem !== undefined) report({ code: "WORKFLOW_VALIDATION_FAILED", message: problem, path: PATH });
}

function problemOf(subject: string, document: JsonObject): string | undefined {
  let isGiven = false;
  for (const { part } of partsIn(subject, NO_TASKS, PATH)) {
    if (part.kind === "broken") return `the reference \`${part.text}\` ${part.message}`;
    if (part.kind !== "reference") continue;
    const { head, path, text } = part.reference;
    if (head !== "inputs") return `\`subject\` may refer to inputs only, not to \`${text}\``;
    const unknown = inputProblem(part.reference, document);
    if (unknown !== undefined) return unknown;
    const declared = isObject(document.inputs) ? document.inputs[String(path[0])] : undefined;
    if (isObject(declared) && declared.secret === true)
      return `\`${text}\` is secret, and a subject is no secret`;
    isGiven = true;
  }
  return isGiven ? undefined : "`subject` must come from an input: `$${` only stands for the text `${`";
}

/** Of a validated definition; undefined where it names none. */
export function subjectOf({ subject }: Definition, inputs: JsonObject): Resolved<string> | undefined {
  if (subject === undefined) return undefined;
  const resolved = resolve(
    subject,
    { heads: NO_TASKS, inputs, runId: "", task: () => ({ kind: "missing" }) },
    "subject",
  );
  if (!resolved.ok) return resolved;
  return {
    ok: true,
    value: typeof resolved.value === "string" ? resolved.value : JSON.stringify(resolved.value),
  };
}
