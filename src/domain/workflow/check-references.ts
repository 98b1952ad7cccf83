// What references name: tasks that exist, inputs that are declared, words that mean something here.
import { isObject, type Json, type JsonObject, pathText } from "../json.ts";
import { headProblem } from "./check-tasks.ts";
import { type Heads, RESERVED_HEADS } from "./heads.ts";
import { UNAVAILABLE } from "./leaves.ts";
import type { Path, Report } from "./problems.ts";
import { partsIn, type Reference } from "./references.ts";
import { didYouMean } from "./suggest.ts";

const LITERAL = "for the text itself write `$${`";

export function checkReferences(
  value: Json | undefined,
  path: Path,
  {
    heads,
    document,
    report,
    isRepeated = false,
  }: {
    readonly heads: Heads;
    readonly document: JsonObject;
    readonly report: Report;
    /** Stands in a task with `for_each`, where there are an item and its index. */
    readonly isRepeated?: boolean;
  },
): void {
  if (value === undefined) return;
  for (const found of partsIn(value, heads, path)) {
    const { part } = found;
    const message =
      part.kind === "broken"
        ? `the reference \`${part.text}\` ${part.message}; ${LITERAL}`
        : referenceProblem(part.reference, heads, document, isRepeated);
    const goOn =
      message === undefined || report({ code: "WORKFLOW_VALIDATION_FAILED", message, path: found.path });
    if (!goOn) return;
  }
}

function referenceProblem(
  reference: Reference,
  heads: Heads,
  document: JsonObject,
  isRepeated: boolean,
): string | undefined {
  const { head, text } = reference;
  if (RESERVED_HEADS.has(head) && heads.tasks.has(head)) {
    return `\`${text}\` could mean the task \`${head}\`, but \`${head}\` is a word of its own: give the task another id`;
  }
  if (head === "inputs") return inputProblem(reference, document);
  if (head === "run") return runProblem(reference);
  if (head === "item" || head === "index") {
    return isRepeated ? undefined : `\`${text}\` means something only in a task with \`for_each\``;
  }
  if (RESERVED_HEADS.has(head)) return `\`${text}\`: \`\${${head}…}\` ${UNAVAILABLE}`;
  const problem = headProblem(head, heads);
  return problem && `unknown reference \`${text}\`: ${problem}${heads.tasks.has(head) ? "" : `; ${LITERAL}`}`;
}

export function inputProblem(
  { path, text }: Pick<Reference, "path" | "text">,
  document: JsonObject,
): string | undefined {
  const declared = isObject(document.inputs) ? Object.keys(document.inputs) : [];
  const [name] = path;
  if (name === undefined || declared.includes(String(name))) return undefined;
  const hint = didYouMean(String(name), declared) || ": declare it under `inputs`";
  return `unknown input \`${name}\` in \`${text}\`${hint}`;
}

export const runProblem = ({ path, text }: Pick<Reference, "path" | "text">): string | undefined =>
  path.length === 0 || (path.length === 1 && path[0] === "id")
    ? undefined
    : `\`${text}\`: a run has no \`${pathText(path)}\`; there is \`\${run.id}\``;
