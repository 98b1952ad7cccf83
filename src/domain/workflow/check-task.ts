// What one task refers to, and keys that mean something only beside another.
import { isList, type JsonObject } from "../json.ts";
import { checkReferences } from "./check-references.ts";
import type { Heads } from "./heads.ts";
import type { Report } from "./problems.ts";
import { parseTemplate } from "./references.ts";
import { type TaskView, templatesOf } from "./task-views.ts";

type Asked = {
  readonly heads: Heads;
  readonly document: JsonObject;
  readonly report: Report;
  readonly environment: ReadonlySet<string> | undefined;
};

export function checkTask(task: TaskView, asked: Asked): void {
  for (const { value, path, isRepeated, isCall = false } of templatesOf(task)) {
    checkReferences(value, path, { ...asked, isRepeated, isCall });
  }
  checkRepetition(task, asked);
}

function checkRepetition({ written, path }: TaskView, { heads, report }: Asked): void {
  const { for_each: list } = written;
  for (const key of list === undefined ? ["max_parallel", "fail_fast"] : []) {
    if (!Object.hasOwn(written, key)) continue;
    const message = `\`${key}\` belongs to \`for_each\`: add it or remove \`${key}\``;
    report({ code: "TASK_VALIDATION_FAILED", message, path: [...path, key], at: "key" });
  }
  if (isList(list) && list.length > MOST_ELEMENTS) {
    const message = `\`for_each\` has ${list.length} elements; a task is repeated ${MOST_ELEMENTS} times at most`;
    report({ code: "TASK_VALIDATION_FAILED", message, path: [...path, "for_each"] });
  }
  if (typeof list !== "string" || parseTemplate(list, heads).length <= 1) return;
  const message =
    "`for_each` must be a list, or one reference that gives one: this is a text with references in it";
  report({ code: "TASK_VALIDATION_FAILED", message, path: [...path, "for_each"] });
}

/** Of one task that is repeated. */
export const MOST_ELEMENTS = 1_000_000;
