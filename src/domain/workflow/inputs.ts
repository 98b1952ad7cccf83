// Inputs given to a run, checked against what the definition declares.
import { isList, isObject, type Json, type JsonObject, jsonProblem, pathText } from "../json.ts";
import { described } from "./described.ts";
import type { InputDeclaration } from "./document.ts";
import { jsonIn } from "./json-text.ts";
import type { PathProblem } from "./problems.ts";
import { isSecretName } from "./secret-places.ts";
import { didYouMean } from "./suggest.ts";

export type Declarations = { readonly [name: string]: InputDeclaration };
type InputType = InputDeclaration["type"];

export type CheckedInputs =
  | { readonly ok: true; readonly inputs: JsonObject }
  | { readonly ok: false; readonly problems: readonly PathProblem[] };

const RULES: Readonly<Record<InputType, readonly [rule: string, holds: (value: Json) => boolean]>> = {
  string: ["a text", (value) => typeof value === "string"],
  number: ["a number", (value) => typeof value === "number" && Number.isFinite(value)],
  integer: ["a whole number", (value) => Number.isSafeInteger(value)],
  boolean: ["true or false", (value) => typeof value === "boolean"],
  array: ["a list", isList],
  object: ["a map", isObject],
};

export const isInputType = (type: unknown): type is InputType =>
  typeof type === "string" && Object.hasOwn(RULES, type);

/** Why a value is not of that type. */
export function inputTypeProblem(value: Json | undefined, type: InputType): string | undefined {
  const [rule, holds] = RULES[type];
  return value !== undefined && holds(value) ? undefined : `must be ${rule}, not ${described(value)}`;
}

/** All problems at once; with none, the inputs with their defaults filled in. */
export function checkInputs(declared: Declarations = {}, given: JsonObject = {}): CheckedInputs {
  const names = Object.keys(declared);
  const unknown = Object.keys(given)
    .filter((name) => !Object.hasOwn(declared, name))
    .map((name) => problem(name, `unknown input \`${name}\`${didYouMean(name, names) || known(names)}`));
  const wrong = Object.entries(declared).flatMap(([name, declaration]) => {
    const message = inputProblem(name, declaration, Object.hasOwn(given, name) ? given[name] : undefined);
    return message === undefined ? [] : [problem(name, message)];
  });
  if (unknown.length + wrong.length > 0) return { ok: false, problems: [...unknown, ...wrong] };
  return {
    ok: true,
    inputs: Object.fromEntries(Object.entries(declared).flatMap((entry) => takenValue(entry, given))),
  };
}

const problem = (name: string, message: string): PathProblem => ({
  code: "WORKFLOW_VALIDATION_FAILED",
  message,
  path: ["inputs", name],
});

const known = (names: readonly string[]): string =>
  names.length === 0 ? ": this workflow takes none" : `: it takes ${names.join(", ")}`;

function inputProblem(
  name: string,
  declaration: InputDeclaration,
  value: Json | undefined,
): string | undefined {
  if (value === undefined) {
    const needed = declaration.default === undefined && (declaration.required ?? true);
    return needed ? `input \`${name}\` is required (${declaration.type})` : undefined;
  }
  if (declaration.secret) return secretProblem(name, declaration, value);
  const fault = inputTypeProblem(value, declaration.type);
  if (fault) return `input \`${name}\` ${fault}`;
  const flaw = jsonProblem(value, [name]);
  if (flaw) return `input \`${pathText(flaw.path)}\`: ${flaw.message}`;
  const choices = declaration.enum;
  if (!choices || choices.some((choice) => JSON.stringify(choice) === JSON.stringify(value)))
    return undefined;
  return `input \`${name}\` must be one of ${choices.map((choice) => JSON.stringify(choice)).join(", ")}, not ${described(value)}`;
}

/** What was given may be the secret itself, by mistake: it is not repeated. */
function secretProblem(name: string, { enum: choices }: InputDeclaration, value: Json): string | undefined {
  const rule = `input \`${name}\` takes the name of a secret, never the secret itself`;
  if (typeof value !== "string" || !isSecretName(value))
    return `${rule}: letters, digits, \`_\` and \`-\`, the first a letter or \`_\``;
  if (!choices || choices.includes(value)) return undefined;
  return `${rule}: one of ${choices.map((choice) => JSON.stringify(choice)).join(", ")}`;
}

function takenValue(
  [name, declaration]: readonly [string, InputDeclaration],
  given: JsonObject,
): [string, Json][] {
  const value = Object.hasOwn(given, name) ? given[name] : declaration.default;
  return value === undefined ? [] : [[name, value]];
}

/**
 * Values given as text, read by their declared types: a `string` stays text, anything else is read as JSON.
 * What cannot be read stays text, for `checkInputs` to refuse with its type.
 */
export function inputsFromText(
  declared: Declarations = {},
  texts: { readonly [name: string]: string },
): JsonObject {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => {
      const type = Object.hasOwn(declared, name) ? declared[name]?.type : undefined;
      return [name, type === undefined || type === "string" ? text : (jsonIn(text)?.value ?? text)];
    }),
  );
}
