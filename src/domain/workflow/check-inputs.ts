// Declarations of inputs: names, and defaults and choices that fit their own type.
import { isList, isObject, type JsonObject } from "../json.ts";
import { inputTypeProblem, isInputType } from "./inputs.ts";
import type { Report } from "./problems.ts";
import { isSecretName } from "./secret-places.ts";
import { ID_PATTERN } from "./slug.ts";

export function checkDeclarations(document: JsonObject, report: Report): void {
  if (!isObject(document.inputs)) return;
  for (const [name, declared] of Object.entries(document.inputs)) {
    const path = ["inputs", name];
    if (!ID_PATTERN.test(name)) {
      const message = `input name \`${name}\` must be letters, digits, \`_\` and \`-\`, the first a letter or \`_\``;
      report({ code: "WORKFLOW_VALIDATION_FAILED", message, path, at: "key" });
    }
    if (isObject(declared)) checkDeclared(name, declared, report);
  }
}

function checkDeclared(name: string, declared: JsonObject, report: Report): void {
  const { type, enum: choices } = declared;
  if (!isInputType(type)) return;
  const complain = (message: string, ...place: readonly (string | number)[]): boolean =>
    report({ code: "WORKFLOW_VALIDATION_FAILED", message, path: ["inputs", name, ...place] });
  const hasDefault = Object.hasOwn(declared, "default");
  const fault = hasDefault ? inputTypeProblem(declared.default, type) : undefined;
  if (fault) complain(`default of input \`${name}\` ${fault}`, "default");
  if (declared.secret === true && type !== "string")
    complain(`\`type\` of input \`${name}\` must be string: what is given is the name of a secret`, "type");
  const { default: standing } = declared;
  if (declared.secret === true && typeof standing === "string" && !isSecretName(standing))
    complain(`default of input \`${name}\` is no name of a secret`, "default");
  if (!isList(choices)) return;
  if (choices.length === 0) complain(`\`enum\` of input \`${name}\` has no choices`, "enum");
  for (const [i, choice] of choices.entries()) {
    const problem = inputTypeProblem(choice, type);
    if (problem) complain(`choice ${i + 1} of input \`${name}\` ${problem}`, "enum", i);
  }
  const isChoice = choices.some((choice) => JSON.stringify(choice) === JSON.stringify(declared.default));
  if (hasDefault && !isChoice) complain(`default of input \`${name}\` is not one of its \`enum\``, "default");
}
