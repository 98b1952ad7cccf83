// What is called instead of a task, and what is called to undo it.
import type { Compensation, Fallback, TaskDefinition } from "./document.ts";
import type { Callee } from "./graph.ts";
import type { Heads } from "./heads.ts";
import { needsOf } from "./needs.ts";
import { hasTemplates } from "./references.ts";
import { calledBy, paramsOf } from "./task-kind.ts";

/** With another method the task's provider does not count; params are the task's own unless it has others. */
export function fallbackOf(task: TaskDefinition, other: Fallback, heads: Heads): Callee {
  const params = other.params ?? paramsOf(task);
  const provider = other.provider ?? (other.method === undefined ? task.provider : undefined);
  return {
    ...calledBy(other.method === undefined ? task : { method: other.method }),
    params,
    isDynamic: hasTemplates(params),
    needs: needsOf(params, heads).all,
    ...(provider !== undefined && { provider }),
  };
}

export function compensationOf({ method, params = {}, provider }: Compensation, heads: Heads): Callee {
  const isDynamic = hasTemplates(params);
  const callee = { ...calledBy({ method }), params, isDynamic, needs: needsOf(params, heads).all };
  return { ...callee, ...(provider !== undefined && { provider }) };
}
