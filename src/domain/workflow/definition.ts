// From the document as written to the definition as stored, and back from storage.
import { GleitzeitError } from "../errors.ts";
import { isList, isObject, type Json, type JsonObject, pathText } from "../json.ts";
import { kindsOf } from "./check-kinds.ts";
import { Definition, isDefinition } from "./document.ts";
import { ALIASES, isOtherKind, TASK_KEYS } from "./keys.ts";
import type { Path } from "./problems.ts";
import { nearest } from "./suggest.ts";
import { QUESTION, targetOf } from "./target.ts";

const ALIAS_PAIRS: readonly (readonly [string, string])[] = Object.entries(ALIASES);

/** Aliases made one, everything else as it was. Of a pair given twice, a mistake, both stay. */
export function normalise(document: Json): Json {
  if (!isObject(document)) return document;
  return withMembers(document, (key, member) => {
    if (key === "tasks" && isList(member)) return member.map((task) => asked(withoutAliases(task)));
    return key === "template" ? asked(withoutAliases(withParams(member))) : member;
  });
}

const withMembers = (object: JsonObject, change: (key: string, member: Json) => Json): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, member]) => [key, change(key, member)]));

function withoutAliases(task: Json): Json {
  if (!isObject(task)) return task;
  const renamed = ALIAS_PAIRS.filter(
    ([key, alias]) => Object.hasOwn(task, alias) && !Object.hasOwn(task, key),
  );
  if (renamed.length === 0) return task;
  const names = new Map(renamed.map(([key, alias]) => [alias, key]));
  return Object.fromEntries(Object.entries(task).map(([key, member]) => [names.get(key) ?? key, member]));
}

/** A question to people that is written as the method which it is. */
function asked(task: Json): Json {
  if (!isQuestion(task)) return task;
  return Object.fromEntries(
    Object.entries({ ...task, params: task.params ?? {} }).flatMap(([key, member]) => {
      if (key === "params") return [["approval", member]];
      return key === "method" || key === "protocol" ? [] : [[key, member]];
    }),
  );
}

function isQuestion(task: Json | undefined): task is JsonObject & { readonly method: string } {
  if (!isObject(task) || typeof task.method !== "string") return false;
  const { protocol } = task;
  if (protocol !== undefined && typeof protocol !== "string") return false;
  const target = targetOf({ method: task.method, ...(protocol !== undefined && { protocol }) });
  return target.protocol === QUESTION.protocol && target.method === QUESTION.method && !isOtherKind(task);
}

/** The older way to write a batch template: the params stand beside the task's keys. */
function withParams(template: Json): Json {
  if (!isFlat(template)) return template;
  const entries = Object.entries(template);
  const params = entries.filter(([key]) => isParam(key));
  if (params.length === 0) return template;
  return Object.fromEntries([
    ...entries.filter(([key]) => !isParam(key)),
    ["params", Object.fromEntries(params)],
  ]);
}

/** Whether it stands beside the keys of a template, where it is read as one of its params. */
export const isFlatParam = (key: string, template: JsonObject): boolean => isFlat(template) && isParam(key);

const isFlat = (template: Json | undefined): template is JsonObject =>
  isObject(template) && !Object.hasOwn(template, "params") && !Object.hasOwn(template, ALIASES.params);

/** What looks like a misspelt key of a task stays where it is, to be refused. */
const isParam = (key: string): boolean =>
  key === "model" || (!TASK_KEYS.has(key) && nearest(key, TASK_KEYS) === undefined);

/** Where that place of the definition stands in the document as written. */
export function asWritten(path: Path, document: Json): Path {
  if (!isObject(document)) return path;
  const [first, second, third, ...rest] = path;
  if (first === "template" && isObject(document.template)) {
    if (second === "params" && isFlat(document.template))
      return third === undefined ? [first] : [first, third, ...rest];
    return [first, ...writtenIn(path.slice(1), document.template)];
  }
  if (first !== "tasks" || typeof second !== "number" || third === undefined || !isList(document.tasks))
    return path;
  const task = document.tasks[second];
  return isObject(task) ? [first, second, ...writtenIn([third, ...rest], task)] : path;
}

function writtenIn([key, ...rest]: Path, task: JsonObject): Path {
  if (key === undefined) return [];
  if (key !== "approval" || !isQuestion(task)) return [written(key, task), ...rest];
  return rest.length === 0 ? ["method"] : [written("params", task), ...rest];
}

const written = (key: string | number, task: JsonObject): string | number =>
  ALIAS_PAIRS.find(
    ([name, alias]) => name === key && !Object.hasOwn(task, name) && Object.hasOwn(task, alias),
  )?.[1] ?? key;

/** A stored definition. What this version cannot honour is refused, never left out in silence. */
export function readDefinition(stored: Json): Definition {
  if (isDefinition(stored)) {
    const { tasks = [], template } = stored;
    const nothing = [...tasks, ...(template ? [template] : [])].findIndex(
      (task) => kindsOf(task).length === 0,
    );
    if (nothing < 0) return stored;
    throw unfit(`\`${pathText(["tasks", nothing, "method"])}\` is required`);
  }
  const issue = Definition.safeParse(stored).error?.issues[0];
  throw unfit(
    `\`${pathText((issue?.path ?? []).map((step) => (typeof step === "number" ? step : String(step))))}\` ${issue?.message ?? ""}`,
  );
}

const unfit = (what: string): GleitzeitError =>
  new GleitzeitError(
    "WORKFLOW_VALIDATION_FAILED",
    `the stored definition does not fit this version: ${what}`,
  );
