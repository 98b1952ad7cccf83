// What references name: tasks that exist, inputs that are declared, words that mean something here.
import { isObject, type Json, type JsonObject, pathText } from "../json.ts";
import { environmentProblem, secretInputProblem, secretProblem } from "./check-outside.ts";
import { headProblem } from "./check-tasks.ts";
import { type Heads, RESERVED_HEADS } from "./heads.ts";
import type { Path, Report } from "./problems.ts";
import { partsIn, type Reference } from "./references.ts";
import { didYouMean } from "./suggest.ts";

type Asked = {
  readonly heads: Heads;
  readonly document: JsonObject;
  /** Stands in a task with `for_each`, where there are an item and its index. */
  readonly isRepeated?: boolean;
  /** Is handed to a call: may name secrets. */
  readonly isCall?: boolean;
  /** Variables of the environment that documents may read; undefined where nobody knows. */
  readonly environment: ReadonlySet<string> | undefined;
};

const LITERAL = "for the text itself write `$${`";

export function checkReferences(
  value: Json | undefined,
  path: Path,
  asked: Asked & { readonly report: Report },
): void {
  const { heads, report } = asked;
  if (value === undefined) return;
  for (const found of partsIn(value, heads, path)) {
    const { part } = found;
    const message =
      part.kind === "broken"
        ? `the reference \`${part.text}\` ${part.message}; ${LITERAL}`
        : referenceProblem(part.reference, asked);
    const goOn =
      message === undefined || report({ code: "WORKFLOW_VALIDATION_FAILED", message, path: found.path });
    if (!goOn) return;
  }
}

function referenceProblem(reference: Reference, asked: Asked): string | undefined {
  const { heads, document, isRepeated, isCall, environment } = asked;
  const { head, text } = reference;
  if (RESERVED_HEADS.has(head) && heads.tasks.has(head)) {
    return `\`${text}\` could mean the task \`${head}\`, but \`${head}\` is a word of its own: give the task another id`;
  }
  if (head === "inputs")
    return inputProblem(reference, document) ?? secretInputProblem(reference, document, isCall);
  if (head === "run") return runProblem(reference);
  if (head === "item" || head === "index") {
    return isRepeated ? undefined : `\`${text}\` means something only in a task with \`for_each\``;
  }
  if (head === "secret") return secretProblem(reference, isCall);
  if (head === "env") return environmentProblem(reference, environment);
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
