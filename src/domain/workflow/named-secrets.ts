// Secrets that a document names itself, wherever it may. Those that inputs name are known when a run is given them.
import { isList, isObject, type Json } from "../json.ts";
import type { Definition, TaskDefinition } from "./document.ts";
import { headsOf } from "./heads.ts";
import type { Path } from "./problems.ts";
import { partsIn } from "./references.ts";

const NO_TASKS = headsOf([]);
/** So that documents without secrets are not taken apart once more. */
const HINT = /\$\{ *secret\b/;

export type NamedSecret = { readonly name: string; readonly path: Path };

export function namedSecrets({ tasks = [], template }: Definition): readonly NamedSecret[] {
  const named = tasks.flatMap((task, i) => [...inTask(task, ["tasks", i])]);
  return template ? [...named, ...inTask(template, ["template"])] : named;
}

export const namesSecret = (value: Json): boolean => !secretsIn(value, []).next().done;

function* inTask(
  { params, inputs, fallback = [], compensate }: TaskDefinition,
  path: Path,
): Generator<NamedSecret> {
  yield* secretsIn(params, [...path, "params"]);
  yield* secretsIn(inputs, [...path, "inputs"]);
  for (const [i, other] of fallback.entries())
    yield* secretsIn(other.params, [...path, "fallback", i, "params"]);
  yield* secretsIn(compensate?.params, [...path, "compensate", "params"]);
}

function* secretsIn(value: Json | undefined, path: Path): Generator<NamedSecret> {
  if (value === undefined || !hints(value)) return;
  for (const found of partsIn(value, NO_TASKS, path)) {
    const { part } = found;
    if (part.kind === "reference" && part.reference.head === "secret")
      yield { name: String(part.reference.path[0]), path: found.path };
  }
}

function hints(value: Json): boolean {
  if (typeof value === "string") return HINT.test(value);
  if (isList(value)) return value.some(hints);
  return isObject(value) && Object.values(value).some(hints);
}
