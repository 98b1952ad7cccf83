// `compensate`: held to what a task of its own would be.
import { checkMethod } from "./check-methods.ts";
import type { MethodCatalog, Report } from "./problems.ts";
import { SUB_WORKFLOW, targetOf } from "./target.ts";
import { compensationView, type TaskView } from "./task-views.ts";

export function checkCompensation(
  task: TaskView,
  asked: { readonly catalog: MethodCatalog; readonly report: Report },
): void {
  const view = compensationView(task);
  if (!view) return;
  const { method } = view.written;
  if (Object.hasOwn(task.written, "cache")) {
    const message = "`cache` does not fit beside `compensate`: what another run did is not undone here";
    asked.report({ code: "TASK_VALIDATION_FAILED", message, path: [...task.path, "cache"], at: "key" });
  }
  if (typeof method === "string" && targetOf({ method }).protocol === SUB_WORKFLOW.protocol) {
    const message = "a workflow cannot be run to compensate";
    asked.report({ code: "TASK_VALIDATION_FAILED", message, path: [...view.path, "method"] });
  } else checkMethod(view, asked);
}
