// References to what lies outside of documents and runs: secrets, and variables of the environment.
import { isObject, type JsonObject } from "../json.ts";
import type { Reference } from "./references.ts";
import { isSecretName } from "./secret-places.ts";
import { didYouMean } from "./suggest.ts";

const ONLY_IN_CALLS =
  "may stand in `params` only: the value of a secret is known to the call that it is for, and to nothing else";

/** `isCall`: what it stands in is handed to a call, or to a workflow that takes the secret's name. */
export function secretProblem(
  { path, text, fallback }: Reference,
  isCall: boolean | undefined,
): string | undefined {
  const [name, ...rest] = path;
  if (typeof name !== "string" || rest.length > 0 || !isSecretName(name))
    return `\`${text}\` names no secret: write \`\${secret.NAME}\`, a name of letters, digits, \`_\` and \`-\``;
  if (fallback) return `\`${text}\`: a secret has no default; nobody would notice that it is missing`;
  return isCall ? undefined : `\`${text}\` ${ONLY_IN_CALLS}`;
}

/** The same for an input that takes a secret's name; undefined for any other reference. */
export function secretInputProblem(
  { path, text }: Reference,
  { inputs }: JsonObject,
  isCall: boolean | undefined,
): string | undefined {
  const [name, ...rest] = path;
  if (typeof name !== "string" || !isObject(inputs) || !Object.hasOwn(inputs, name)) return undefined;
  const declared = inputs[name];
  if (!isObject(declared) || declared.secret !== true) return undefined;
  if (rest.length > 0) return `\`${text}\`: a secret is a text and has no parts`;
  return isCall ? undefined : `\`${text}\` ${ONLY_IN_CALLS}`;
}

/** `allowed`: variables that the configuration lets documents read; undefined where nobody knows. */
export function environmentProblem(
  { path, text }: Reference,
  allowed: ReadonlySet<string> | undefined,
): string | undefined {
  const [name, ...rest] = path;
  if (typeof name !== "string" || rest.length > 0)
    return `\`${text}\` names no variable of the environment: write \`\${env.NAME}\``;
  if (!allowed || allowed.has(name)) return undefined;
  const hint = didYouMean(name, allowed) || `: add it to \`env.allow\``;
  return `\`${text}\`: the configuration does not let documents read \`${name}\`${hint}`;
}
