// A task that is repeated: its list when it begins, each element's own item, and the list of results at its end.
import {
  additionOf,
  asksElements,
  conditionHolds,
  type Each,
  type ErrorInfo,
  elementsOf,
  errorInfo,
  isList,
  type Json,
  MOST_ELEMENTS,
  type RunCommand,
  resolve,
  type TaskNode,
  taskAt,
} from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import type { Kit } from "../host.ts";
import { beyondLimit } from "./result-limit.ts";
import { failureOf, scopeOf } from "./scope.ts";
import { valuesOf } from "./values.ts";

export async function addElements(kit: Kit, driven: Driven, node: TaskNode): Promise<RunCommand> {
  const { forEach, id, when } = node;
  if (!forEach) throw new Error(`task ${id} has no elements`);
  const scope = await scopeOf(kit, driven, [...forEach.needs, ...(when?.needs ?? [])]);
  const asked = when && !asksElements(when) ? when : undefined;
  const condition = asked && conditionHolds(asked, scope, await kit.expressions());
  if (condition?.ok === false) return { type: "RejectParams", task: id, error: condition.error };
  if (condition?.value === false) return { type: "SkipTask", task: id, reason: "condition" };
  const resolved = resolve(forEach.list, scope, "for_each");
  const items = resolved.ok ? elements(resolved.value) : resolved;
  if (!items.ok) return { type: "RejectParams", task: id, error: items.error };
  return { type: "AddTasks", template: id, count: items.value.length, items: items.value };
}

type Elements =
  | { readonly ok: true; readonly value: readonly Json[] }
  | { readonly ok: false; readonly error: ErrorInfo };

function elements(value: Json): Elements {
  if (!isList(value)) return unfit(`must be a list, not ${kindOf(value)}`);
  if (value.length <= MOST_ELEMENTS) return { ok: true, value };
  return unfit(`has ${value.length} elements; a task is repeated ${MOST_ELEMENTS} times at most`);
}

const unfit = (what: string): Elements => ({
  ok: false,
  error: errorInfo("TASK_PARAMETER_ERROR", `for_each ${what}`, { details: { path: "for_each" } }),
});

function kindOf(value: Json): string {
  if (value === null) return "null";
  if (typeof value === "object") return "a map";
  return typeof value === "string" ? "a text" : `a ${typeof value}`;
}

/** What `${item}` and `${index}` are for that task. */
export async function eachOf(kit: Kit, driven: Driven, { element, id }: TaskNode): Promise<Each | undefined> {
  if (!element) return undefined;
  const addition = additionOf(driven.state, element.of, element.n);
  if (!addition) throw new Error(`${id} was not added to its run`);
  const items = await itemsAt(kit, driven, addition.at);
  return { item: items[element.n - addition.first] ?? null, index: element.n };
}

/** A list is asked for as often as it has elements, so it stays at hand until they are gathered. */
async function itemsAt(kit: Kit, driven: Driven, revision: number): Promise<readonly Json[]> {
  const known = driven.lists.get(revision);
  if (known) return known;
  const isPending = driven.pending.has(revision);
  const { items } = (await valuesOf(kit, driven, [revision])).get(revision) ?? {};
  const list = isList(items) ? items : [];
  if (!isPending) driven.lists.set(revision, list);
  return list;
}

export async function gatherResults(kit: Kit, driven: Driven, node: TaskNode): Promise<RunCommand> {
  const { state } = driven;
  const indexes = [...elementsOf(state, node.index)];
  const failed = indexes.flatMap((index, n) => (taskAt(state, index).status === "failed" ? [n] : []));
  for (const { at } of state.additions.get(node.index) ?? []) driven.lists.delete(at);
  const command = { type: "GatherResults", task: node.id } as const;
  const [first] = failed;
  if (first === undefined) return held(kit, command, await resultsOf(kit, driven, indexes));
  const error = failure(node, indexes.length, failed, await failureOf(kit, driven, indexes[first] ?? -1));
  if (node.onFailure === "fail") return { ...command, error };
  return { ...held(kit, command, await resultsOf(kit, driven, indexes)), error };
}

/** In order; null where an element has none. */
async function resultsOf(kit: Kit, driven: Driven, indexes: readonly number[]): Promise<readonly Json[]> {
  const places = indexes.map((index) => {
    const { status, outcomeAt } = taskAt(driven.state, index);
    return status === "succeeded" ? outcomeAt : undefined;
  });
  const values = await valuesOf(
    kit,
    driven,
    places.filter((at) => at !== undefined),
  );
  return places.map((at) => (at === undefined ? null : (values.get(at)?.result ?? null)));
}

type Gathered = Extract<RunCommand, { readonly type: "GatherResults" }>;

/** The list is a result like any other, and held to the same limit. */
function held({ limits }: Kit, command: Gathered, results: readonly Json[]): Gathered {
  const error = beyondLimit(limits, results, "the results together have");
  return error ? { ...command, error } : { ...command, results };
}

function failure({ id }: TaskNode, count: number, failed: readonly number[], cause: ErrorInfo): ErrorInfo {
  const message = `${failed.length} of ${count} elements failed, ${id}[${failed[0] ?? 0}] first: ${cause.message}`;
  return errorInfo("TASK_EXECUTION_FAILED", message, { details: { failed, elements: count }, cause });
}
