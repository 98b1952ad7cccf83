// `when`: what a condition reads, and what it says once that is known. It is never silently false.
import { errorInfo } from "../errors.ts";
import { isList, isObject, type Json, type JsonObject, pathText } from "../json.ts";
import { type Read, readsIn } from "./condition-reads.ts";
import { described } from "./described.ts";
import type { Expressions } from "./expressions.ts";
import type { Condition } from "./graph.ts";
import type { Heads } from "./heads.ts";
import { type Scope, type TaskValue, valueIn } from "./look-up.ts";
import type { Path } from "./problems.ts";
import type { Resolved } from "./resolve.ts";

/** `true` and `false` may stand without quotes. */
export const conditionText = (written: string | boolean): string => String(written);

export function conditionOf(written: string | boolean, heads: Heads): Condition {
  const text = conditionText(written);
  const reads = readsIn(text);
  const named = new Map<number, Read[]>();
  for (const read of reads) {
    const index = read.head === "tasks" ? heads.tasks.get(String(read.path[0])) : undefined;
    if (index !== undefined) named.set(index, [...(named.get(index) ?? []), read]);
  }
  const needs = [...named.keys()];
  const strictNeeds = needs.filter((index) => needsResult(named.get(index) ?? []));
  return { text, reads: reads.map(({ head, path }) => ({ head, path })), needs, strictNeeds };
}

/** A condition that speaks of the item decides about each element; any other about the task as a whole. */
export const asksElements = ({ reads }: Condition): boolean =>
  reads.some(({ head }) => head === "item" || head === "index");

/** Who asks for the status, or whether there is a result, is prepared for there being none. */
const needsResult = (reads: readonly Read[]): boolean =>
  reads.some(({ path }) => path[1] === "result") &&
  !reads.some(({ path, isOptional }) => isOptional || path[1] === "status");

export function conditionHolds(
  { text, reads }: Condition,
  scope: Scope,
  expressions: Expressions,
): Resolved<boolean> {
  const evaluated = expressions.evaluate(text, valuesFor(reads, scope));
  if (!evaluated.ok) return refuse(evaluated.message);
  const { value } = evaluated;
  return typeof value === "boolean"
    ? { ok: true, value }
    : refuse(`it is ${described(value)}, not true or false`);
}

const refuse = (message: string): Resolved<boolean> => ({
  ok: false,
  error: errorInfo("TASK_PARAMETER_ERROR", `when: ${message}`, { details: { path: "when" } }),
});

/** Only what is read is brought in, however large the results are. */
function valuesFor(reads: Condition["reads"], scope: Scope): JsonObject {
  const values: { [head: string]: Json } = { inputs: {}, tasks: {}, run: {} };
  for (const { head, path } of shortestFirst(reads)) {
    const root = rootOf(head, path, scope);
    const found = root === undefined ? undefined : taken(root, path);
    if (found !== undefined) values[head] = merged(values[head], found);
  }
  return values;
}

const shortestFirst = (reads: Condition["reads"]): Condition["reads"] =>
  reads.toSorted((a, b) => a.path.length - b.path.length);

function rootOf(head: string, path: Path, scope: Scope): Json | undefined {
  if (head !== "tasks") return valueIn(scope, head);
  const name = String(path[0]);
  const index = scope.heads.tasks.get(name);
  return index === undefined ? undefined : { [name]: taskFacts(scope.task(index)) };
}

function taskFacts(task: TaskValue): JsonObject {
  switch (task.kind) {
    case "result":
      return { status: "succeeded", result: task.value };
    case "error": {
      const { code, message, retryable, details } = task.error;
      return { status: "failed", error: { code, message, retryable, ...(details && { details }) } };
    }
    case "skipped":
      return { status: "skipped" };
    case "missing":
      return {};
  }
}

/** The value with nothing beside the path; where the path leaves it, as much of it as there is. */
function taken(value: Json, [step, ...rest]: Path): Json {
  if (typeof step !== "string" || !isObject(value)) return value;
  const member = Object.hasOwn(value, step) ? value[step] : undefined;
  return member === undefined ? {} : { [step]: taken(member, rest) };
}

/** What a shorter path brought in whole stays whole. */
function merged(old: Json | undefined, more: Json): Json {
  if (!isObject(old) || !isObject(more) || isList(old)) return old ?? more;
  const both = new Map(Object.entries(old));
  for (const [key, member] of Object.entries(more)) both.set(key, merged(both.get(key), member));
  return Object.fromEntries(both);
}

/** `tasks["a-b"].status`, as it is written in messages. */
export const readText = ({ head, path }: Pick<Read, "head" | "path">): string =>
  head + pathText(["_", ...path]).slice(1);
