// Workflows that call workflows: by the key `workflow`, or by the method `workflow/run`.
import { isObject, type Json, type JsonObject } from "../json.ts";
import type { Definition, TaskDefinition } from "./document.ts";
import { checkInputs, type Declarations } from "./inputs.ts";
import { namesSecret } from "./named-secrets.ts";
import type { Path, PathProblem } from "./problems.ts";
import { hasTemplates } from "./references.ts";
import { SUB_WORKFLOW, targetOf } from "./target.ts";

/** A run inside a run inside a run: this deep, and no deeper. */
export const MOST_NESTED = 100;

/** A file by its suffix, anything else by the name under which it is registered. */
export type Call = { readonly workflow: string; readonly inputs: JsonObject };

type Written = Pick<TaskDefinition, "workflow" | "inputs" | "method" | "protocol" | "params">;

export function callOf({ workflow, inputs, method, protocol, params = {} }: Written): Call | undefined {
  if (workflow !== undefined) return { workflow, inputs: inputs ?? {} };
  if (method === undefined) return undefined;
  const target = targetOf({ method, ...(protocol !== undefined && { protocol }) });
  if (target.protocol !== SUB_WORKFLOW.protocol || target.method !== SUB_WORKFLOW.method) return undefined;
  const { workflow: named, inputs: given } = params;
  return typeof named === "string" ? { workflow: named, inputs: isObject(given) ? given : {} } : undefined;
}

/** What is wrong with the params of `workflow/run`. Which workflow is meant must be known before the run starts. */
export function runParamProblems({
  workflow,
  inputs,
  ...rest
}: JsonObject): readonly { path: Path; message: string }[] {
  const problems: { path: Path; message: string }[] = Object.keys(rest).map((key) => ({
    path: [key],
    message: `unknown parameter \`${key}\``,
  }));
  const isNamed = typeof workflow === "string" && workflow !== "" && !hasTemplates(workflow);
  if (!isNamed)
    problems.push({ path: ["workflow"], message: "must be a file or a registered name, as it stands" });
  if (inputs !== undefined && !isObject(inputs))
    problems.push({ path: ["inputs"], message: "must be a map" });
  return problems;
}

export type CallPlace = Call & { readonly path: Path; readonly inputsPath: Path };

/** Every call in a document, with its place. */
export function callsIn({ tasks = [], template }: Definition): readonly CallPlace[] {
  const places: readonly (readonly [TaskDefinition, Path])[] = [
    ...tasks.map((task, i) => [task, ["tasks", i]] as const),
    ...(template ? [[template, ["template"]] as const] : []),
  ];
  return places.flatMap(([task, path]) => {
    const call = callOf(task);
    if (!call) return [];
    const inside = task.workflow === undefined ? [...path, "params"] : path;
    return [{ ...call, path: [...inside, "workflow"], inputsPath: [...inside, "inputs"] }];
  });
}

export const isFileName = (workflow: string): boolean => /\.(?:ya?ml|json)$/i.test(workflow);

/** What is wrong with a call, as far as it is known before the run: values with references are judged later. */
export function callProblems(
  { inputs, inputsPath }: CallPlace,
  declared: Declarations = {},
): readonly PathProblem[] {
  const open = new Set(Object.keys(inputs).filter((name) => hasTemplates(inputs[name] ?? null)));
  const known: { [name: string]: Json } = {};
  for (const [name, value] of Object.entries(inputs)) {
    if (!open.has(name) || !Object.hasOwn(declared, name)) known[name] = value;
  }
  const leaks = leakProblems(inputs, declared).map((problem) => ({
    ...problem,
    path: placeIn(problem.path, inputs, inputsPath),
  }));
  const checked = checkInputs(declared, known);
  if (checked.ok) return leaks;
  const wrong = checked.problems
    .filter(({ path }) => !open.has(String(path[1])) || !Object.hasOwn(declared, String(path[1])))
    .map((problem) => ({ ...problem, path: placeIn(problem.path, inputs, inputsPath) }));
  return [...leaks, ...wrong];
}

/** A secret goes down by its name, and to an input that takes names. */
const leakProblems = (inputs: JsonObject, declared: Declarations): readonly PathProblem[] =>
  Object.entries(inputs).flatMap(([name, value]) => {
    const isFit = !Object.hasOwn(declared, name) || declared[name]?.secret === true;
    if (isFit || !namesSecret(value)) return [];
    const message = `input \`${name}\` is no secret there, and its value would be recorded: declare it with \`secret: true\``;
    return [{ code: "WORKFLOW_VALIDATION_FAILED", message, path: ["inputs", name] } as const];
  });

/** What is missing has no place of its own. */
const placeIn = ([, name]: Path, inputs: JsonObject, at: Path): Path =>
  typeof name === "string" && Object.hasOwn(inputs, name) ? [...at, name] : at.slice(0, -1);
