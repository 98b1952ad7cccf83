// The tasks of a document as far as they can be made out, so that what is wrong with one does not hide the rest.
import { isList, isObject, type Json, type JsonObject } from "../json.ts";
import { readsIn } from "./condition-reads.ts";
import { conditionText } from "./conditions.ts";
import { type Heads, headsOf } from "./heads.ts";
import { isOtherKind } from "./keys.ts";
import type { Path } from "./problems.ts";
import { partsIn } from "./references.ts";
import { type Named, taskIdOf } from "./slug.ts";

export type TaskView = {
  readonly path: Path;
  readonly id: string;
  /** What the id was taken from. */
  readonly idPath: Path;
  /** Empty for a task that is no map. */
  readonly written: JsonObject;
  readonly isMap: boolean;
  readonly params: JsonObject;
  readonly dependencies: readonly { readonly head: string; readonly path: Path }[];
  readonly when: string | undefined;
  /** Sub-workflows, approvals, waits. */
  readonly isOtherKind: boolean;
};

export type TaskViews = { readonly tasks: readonly TaskView[]; readonly heads: Heads };

export function taskViews(document: JsonObject): TaskViews {
  const list = isList(document.tasks) ? document.tasks : [];
  const named = list.map(namedOf);
  return {
    tasks: list.map((task, i) => taskView(task, ["tasks", i], named[i] ?? {}, i)),
    heads: headsOf(named),
  };
}

/** The template of a batch; its items know neither each other nor any task. */
export const templateView = (document: JsonObject): TaskView | undefined =>
  isObject(document.template) ? taskView(document.template, ["template"], {}, 0) : undefined;

/** With the model that stands beside them. */
function withModel({ params, model }: JsonObject): JsonObject {
  const own = isObject(params) ? params : {};
  return model === undefined || Object.hasOwn(own, "model") ? own : { model, ...own };
}

const namedOf = (task: Json): Named => ({
  ...(isObject(task) && typeof task.id === "string" && { id: task.id }),
  ...(isObject(task) && typeof task.name === "string" && { name: task.name }),
});

function taskView(task: Json, path: Path, named: Named, place: number): TaskView {
  const written = isObject(task) ? task : {};
  const source = named.id === undefined ? "name" : "id";
  return {
    path,
    id: taskIdOf(named, place),
    idPath: named[source] === undefined ? path : [...path, source],
    written,
    isMap: isObject(task),
    params: withModel(written),
    dependencies: textsIn(written.dependencies, [...path, "dependencies"]),
    when: isCondition(written.when) ? conditionText(written.when) : undefined,
    isOtherKind: isOtherKind(written),
  };
}

/** Some task has a `when`, whatever is in it. */
export const hasConditions = (document: Json): boolean =>
  isObject(document) &&
  [...(isList(document.tasks) ? document.tasks : []), document.template].some(
    (task) => isObject(task) && Object.hasOwn(task, "when"),
  );

/** What is called instead of a task, each as a task of its own would be. */
export function fallbackViews(task: TaskView): readonly TaskView[] {
  const { written } = task;
  return (isList(written.fallback) ? written.fallback : []).filter(isObject).map((other, i) => {
    const { method, protocol } =
      other.method === undefined ? written : { method: other.method, protocol: undefined };
    const params = other.params ?? task.params;
    return {
      ...task,
      path: [...task.path, "fallback", i],
      written: {
        ...(method !== undefined && { method }),
        ...(protocol !== undefined && { protocol }),
        params,
        ...(other.provider !== undefined && { provider: other.provider }),
      },
      params: isObject(params) ? params : {},
      when: undefined,
    };
  });
}

/** What undoes a task, as a task of its own would be written. */
export function compensationView(task: TaskView): TaskView | undefined {
  const { compensate } = task.written;
  if (!isObject(compensate)) return undefined;
  const params = isObject(compensate.params) ? compensate.params : {};
  const path = [...task.path, "compensate"];
  return { ...task, path, written: compensate, params, when: undefined, isOtherKind: false };
}

const isCondition = (when: Json | undefined): when is string | boolean =>
  typeof when === "boolean" || (typeof when === "string" && when.trim() !== "");

const textsIn = (list: Json | undefined, path: Path): TaskView["dependencies"] =>
  (isList(list) ? list : []).flatMap((head, i) =>
    typeof head === "string" ? [{ head, path: [...path, i] }] : [],
  );

/** Other tasks that a task speaks of; each is a dependency. */
export function* impliedDependencies(
  task: TaskView,
  heads: Heads,
): Generator<{ readonly head: string; readonly path: Path }> {
  const self = heads.tasks.get(task.id);
  for (const { value, path: place, isAfter } of templatesOf(task)) {
    for (const { part, path } of partsIn(value, heads, place)) {
      if (part.kind !== "reference") continue;
      const { head } = part.reference;
      if (!isAfter || heads.tasks.get(head) !== self) yield { head, path };
    }
  }
  for (const { head, path } of task.when === undefined ? [] : readsIn(task.when)) {
    if (head === "tasks") yield { head: String(path[0]), path: [...task.path, "when"] };
  }
}

type Template = {
  readonly value: Json;
  readonly path: Path;
  /** There is an item, and its index. */
  readonly isRepeated: boolean;
  /** The task itself has ended, and may be referred to. */
  readonly isAfter?: true;
  /** Is handed to what the task calls. */
  readonly isCall?: true;
};

/** Where a task may hold references. */
export function* templatesOf({
  params,
  path,
  written: { for_each: list, fallback, compensate, cache, inputs, wait, approval, affinity, hash_key },
}: TaskView): Generator<Template> {
  const isRepeated = list !== undefined;
  yield { value: params, path: [...path, "params"], isRepeated, isCall: true };
  if (inputs !== undefined) yield { value: inputs, path: [...path, "inputs"], isRepeated, isCall: true };
  for (const [i, other] of (isList(fallback) ? fallback : []).entries()) {
    if (!isObject(other) || !isObject(other.params)) continue;
    yield { value: other.params, path: [...path, "fallback", i, "params"], isRepeated, isCall: true };
  }
  if (isObject(cache) && cache.key !== undefined) {
    yield { value: cache.key, path: [...path, "cache", "key"], isRepeated };
  }
  if (affinity !== undefined) yield { value: affinity, path: [...path, "affinity"], isRepeated };
  if (hash_key !== undefined) yield { value: hash_key, path: [...path, "hash_key"], isRepeated };
  if (isObject(compensate) && isObject(compensate.params)) {
    const place = [...path, "compensate", "params"];
    yield { value: compensate.params, path: place, isRepeated, isAfter: true, isCall: true };
  }
  if (wait !== undefined) yield { value: wait, path: [...path, "wait"], isRepeated };
  if (approval !== undefined) yield { value: approval, path: [...path, "approval"], isRepeated };
  if (list !== undefined) yield { value: list, path: [...path, "for_each"], isRepeated: false };
}
