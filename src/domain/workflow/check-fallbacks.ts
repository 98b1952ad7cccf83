// `fallback`: each entry is held to what a task of its own would be.
import { isList, isObject } from "../json.ts";
import { checkMethod } from "./check-methods.ts";
import type { MethodCatalog, Report } from "./problems.ts";
import { SUB_WORKFLOW, targetOf } from "./target.ts";
import { fallbackViews, type TaskView } from "./task-views.ts";

type Asked = { readonly catalog: MethodCatalog; readonly report: Report };

export function checkFallbacks(task: TaskView, { catalog, report }: Asked): void {
  const { fallback } = task.written;
  for (const [i, other] of (isList(fallback) ? fallback : []).entries()) {
    if (!isObject(other) || Object.keys(other).length > 0) continue;
    const message = `\`fallback[${i}]\` says nothing that is other than in the task: give it a method, params or a provider`;
    report({ code: "TASK_VALIDATION_FAILED", message, path: [...task.path, "fallback", i] });
  }
  for (const view of fallbackViews(task)) {
    checkMethod(view, { catalog, report });
    const message = fallbackProblem(view, task);
    if (message !== undefined) report({ code: "TASK_VALIDATION_FAILED", message, path: view.path });
  }
}

/** Instead of a run of its own a method may be called, never the other way round. */
function fallbackProblem({ written }: TaskView, { written: { workflow } }: TaskView): string | undefined {
  const { method, protocol } = written;
  if (method === undefined && workflow !== undefined) return "a fallback of a `workflow` needs a `method`";
  if (typeof method !== "string" || method === "") return undefined;
  const target = targetOf({ method, ...(typeof protocol === "string" && { protocol }) });
  return target.protocol === SUB_WORKFLOW.protocol ? "a workflow cannot be run as a fallback" : undefined;
}
