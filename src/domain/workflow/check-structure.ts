// Keys and single values: unknown keys, wrong types, values out of range.
import type { z } from "zod";
import { isList, isObject, type Json, type JsonObject, pathText } from "../json.ts";
import { described } from "./described.ts";
import { Definition, InputDeclaration, TaskDefinition } from "./document.ts";
import { ALIASES, placesIn } from "./keys.ts";
import type { Path, Report } from "./problems.ts";
import { didYouMean } from "./suggest.ts";

export function checkKeys(document: JsonObject, report: Report): void {
  for (const { map, path, place } of placesIn(document)) {
    for (const key of Object.keys(map)) {
      if (place.keys.includes(key)) continue;
      const known = didYouMean(key, place.keys) || `: known here are ${place.keys.join(", ")}`;
      const message = `unknown key \`${key}\`${known}`;
      if (!refuseKey([...path, key], message, report)) return;
    }
  }
}

const refuseKey = (path: Path, message: string, report: Report): boolean =>
  report({ code: "WORKFLOW_VALIDATION_FAILED", message, path, at: "key" });

/** Members are judged one by one, so that a million bad ones do not make a million complaints first. */
export function checkValues(document: JsonObject, report: Report): void {
  const { tasks, inputs, ...rest } = document;
  const judge = (schema: z.ZodType, value: Json, path: Path): boolean =>
    (schema.safeParse(value).error?.issues ?? []).every((issue) => {
      const place = [...path, ...issue.path.map((step) => (typeof step === "number" ? step : String(step)))];
      return reportValue(place, issue.message, report);
    });
  const outline = {
    ...rest,
    ...(tasks !== undefined && { tasks: isList(tasks) ? [] : tasks }),
    ...(inputs !== undefined && { inputs: isObject(inputs) ? {} : inputs }),
  };
  judge(Definition, outline, []);
  if (isObject(inputs))
    Object.entries(inputs).every(([name, input]) => judge(InputDeclaration, input, ["inputs", name]));
  if (isList(tasks)) tasks.every((task, i) => judge(TaskDefinition, task, ["tasks", i]));
}

function reportValue(path: Path, message: string, report: Report): boolean {
  const isTask = path[0] === "tasks" && path.length > 2;
  const named = isTask ? path.slice(2) : path;
  return report({
    code: isTask ? "TASK_VALIDATION_FAILED" : "WORKFLOW_VALIDATION_FAILED",
    message: `${named.length === 0 ? "the document" : `\`${pathText(named)}\``}${message.startsWith(":") ? "" : " "}${message}`,
    path,
  });
}

export function valueAt(root: Json, path: Path): Json | undefined {
  let value: Json | undefined = root;
  for (const step of path) {
    if (isList(value)) value = typeof step === "number" ? value[step] : undefined;
    else value = isObject(value) && Object.hasOwn(value, step) ? value[String(step)] : undefined;
  }
  return value;
}

/** Two names for one thing, both given: which one is meant is not guessed. */
export function checkAliases(document: JsonObject, report: Report): void {
  const tasks = isList(document.tasks) ? document.tasks : [];
  tasks.every((task, i) => checkTaskAliases(task, ["tasks", i], report));
  checkTaskAliases(document.template, ["template"], report);
}

function checkTaskAliases(task: Json | undefined, path: Path, report: Report): boolean {
  if (!isObject(task)) return true;
  const twice = Object.entries(ALIASES).filter(
    ([key, alias]) => Object.hasOwn(task, key) && Object.hasOwn(task, alias),
  );
  const isModelTwice =
    task.model !== undefined && isObject(task.params) && Object.hasOwn(task.params, "model");
  return [...twice, ...(isModelTwice ? [["params.model", "model"] as const] : [])].every(([key, alias]) =>
    refuseKey([...path, alias], `\`${key}\` and \`${alias}\` are the same: keep one of them`, report),
  );
}

/** The document is no map at all. */
export const notAMap = (document: unknown): string =>
  `a workflow document is a map with \`name\` and \`tasks\`, not ${described(document)}`;
