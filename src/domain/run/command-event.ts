// What stands in TaskScheduled, the event on which a provider acts.
import type { TaskNode } from "../workflow/graph.ts";
import type { RunCommandOf } from "./commands.ts";
import type { TaskState } from "./state.ts";

export const commandOf = (node: TaskNode, task: TaskState, idempotencyKey: string) => ({
  task: node.id,
  attempt: task.attempt + 1,
  protocol: node.protocol,
  method: node.method,
  ...(node.provider !== undefined && { provider: node.provider }),
  ...(Number.isFinite(node.timeoutMs) && { timeoutMs: node.timeoutMs }),
  idempotencyKey,
  priority: node.priority,
});

export const valuesOf = ({ params, paths, secrets, steer }: RunCommandOf<"ScheduleTask">) => ({
  params,
  ...(paths && { files: paths }),
  ...(secrets && { secrets: secrets.map((place) => ({ ...place })) }),
  ...(steer && { steer: { ...steer } }),
});
