// What one reference means. Only own keys exist: nothing inherited (`constructor`, `__proto__`) can be reached.
import type { ErrorInfo } from "../errors.ts";
import { isList, isObject, type Json, type JsonObject, pathText } from "../json.ts";
import type { Heads } from "./heads.ts";
import type { Declarations } from "./inputs.ts";
import type { Reference } from "./references.ts";
import { secretText } from "./secret-places.ts";

/** What references can see. `task` is asked by index, only for tasks that are referred to. */
export type Scope = {
  readonly heads: Heads;
  readonly inputs: JsonObject;
  /** Of the inputs; those that are secret hold names. */
  readonly declared?: Declarations;
  /** Variables that documents may read. */
  readonly environment?: { readonly [name: string]: string };
  readonly runId: string;
  /** In one of the tasks that a task is made of. */
  readonly each?: Each;
  task(index: number): TaskValue;
};

export type Each = { readonly item: Json; readonly index: number };

/** How a task stands for those that refer to it. `error` is that of a final failure which its author tolerates. */
export type TaskValue =
  | { readonly kind: "result"; readonly value: Json }
  /** A task that is repeated has results beside its error: null where an element failed. */
  | { readonly kind: "error"; readonly error: ErrorInfo; readonly results?: Json }
  | { readonly kind: "skipped" }
  | { readonly kind: "missing" };

export type Found =
  /** With `secret` the value only stands for it: what the secret is, the call is told. */
  | { readonly ok: true; readonly value: Json; readonly secret?: string }
  | { readonly ok: false; readonly message: string; readonly keys?: readonly string[] };

type Path = Reference["path"];

export function lookUp(reference: Reference, scope: Scope): Found {
  const { head, path } = reference;
  const secret = secretNamed(reference, scope);
  if (secret !== undefined) return { ok: true, value: secretText(secret), secret };
  if (head === "env") return variable(path, scope);
  const root = valueIn(scope, head);
  if (root !== undefined) return follow(root, path, head);
  const index = scope.heads.tasks.get(head);
  const task: TaskValue = index === undefined ? { kind: "missing" } : scope.task(index);
  switch (task.kind) {
    case "result":
      return resultOf(task.value, path, head);
    case "error":
      if (path[0] !== "error" && task.results !== undefined) return resultOf(task.results, path, head);
      return errorOf(task.error, path, head);
    case "skipped":
      return missing(`task \`${head}\` was skipped, so it has no result`);
    case "missing":
      return missing(`task \`${head}\` has no result`);
  }
}

/** Named by the document, or by whoever gave the input. */
function secretNamed({ head, path }: Reference, { inputs, declared }: Scope): string | undefined {
  const [name, ...rest] = path;
  if (typeof name !== "string" || rest.length > 0) return undefined;
  if (head === "secret") return name;
  if (head !== "inputs" || !declared || !Object.hasOwn(declared, name) || !declared[name]?.secret)
    return undefined;
  const given = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
  return typeof given === "string" ? given : undefined;
}

function variable([name, ...rest]: Path, { environment = {} }: Scope): Found {
  const key = typeof name === "string" && rest.length === 0 ? name : "";
  const value = Object.hasOwn(environment, key) ? environment[key] : undefined;
  if (value !== undefined) return { ok: true, value };
  return missing(`the variable \`${key}\` is not set here, or not among \`env.allow\` of the configuration`);
}

/** What the words that are no tasks stand for; undefined for any other head. */
export function valueIn(scope: Scope, head: string): Json | undefined {
  if (head === "inputs") return scope.inputs;
  if (head === "item" || head === "index") return scope.each?.[head];
  return head === "run" ? { id: scope.runId } : undefined;
}

/** Alone, a task is its primary value; `.result` is the result itself where the result has no such key. */
function resultOf(result: Json, path: Path, head: string): Found {
  const [first, ...rest] = path;
  if (first === undefined) return { ok: true, value: primary(result) };
  if (first === "result" && !(isObject(result) && Object.hasOwn(result, "result")))
    return follow(result, rest, head);
  const found = follow(result, path, head);
  return found.ok || !isWithin(result, path) ? found : hinted(found, head, path);
}

/** Meant was a member of what a script gave as its `result`. */
const isWithin = (result: Json, path: Path): boolean =>
  isObject(result) && Object.hasOwn(result, "result") && follow(result.result ?? null, path, "").ok;

const hinted = (found: Found & { readonly ok: false }, head: string, path: Path): Found => ({
  ...found,
  message: `${found.message}; its \`result\` has it: \`\${${head}.${pathText(["result", ...path])}}\``,
});

function primary(result: Json): Json {
  if (!isObject(result)) return result;
  if (Object.hasOwn(result, "result")) return result.result ?? null;
  return Object.hasOwn(result, "response") ? (result.response ?? null) : result;
}

function errorOf(error: ErrorInfo, path: Path, head: string): Found {
  if (path[0] === "error") return follow({ error }, path, head);
  return missing(`task \`${head}\` failed, so it has no result; \`\${${head}.error.code}\` gives its error`);
}

function follow(root: Json, path: Path, head: string): Found {
  let value = root;
  for (const [depth, step] of path.entries()) {
    const next = member(value, step);
    if (next === undefined)
      return lacks(value, step, head + pathText(["_", ...path.slice(0, depth)]).slice(1));
    value = next;
  }
  return { ok: true, value };
}

function member(value: Json, step: string | number): Json | undefined {
  if (typeof step === "number") return isList(value) ? value[step] : undefined;
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

const SHOWN_KEYS = 50;
const SHOWN_LENGTH = 60;

function lacks(value: Json, step: string | number, owner: string): Found {
  const wanted = typeof step === "number" ? `element [${step}]` : `key \`${step}\``;
  if (isList(value)) return missing(`\`${owner}\` has no ${wanted}; it is a list of ${value.length}`);
  if (!isObject(value)) return missing(`\`${owner}\` has no ${wanted}; it is ${kindOf(value)}`);
  const keys = Object.keys(value);
  const shown = keys.slice(0, SHOWN_KEYS).map((key) => key.slice(0, SHOWN_LENGTH));
  const more = keys.length > shown.length ? ` and ${keys.length - shown.length} more` : "";
  const having = keys.length === 0 ? "it is empty" : `it has: ${shown.join(", ")}${more}`;
  return { ok: false, message: `\`${owner}\` has no ${wanted}; ${having}`, keys: shown };
}

function kindOf(value: Json): string {
  if (value === null) return "null";
  return typeof value === "string" ? "a text" : `a ${typeof value}`;
}

const missing = (message: string): Found => ({ ok: false, message });
