// What a task of a validated definition is, with what it is given; everything else about a task is common to all kinds.
import type { JsonObject } from "../json.ts";
import { agentOf, isAgent } from "./agent.ts";
import { callOf } from "./calls.ts";
import type { TaskDefinition } from "./document.ts";
import { durationMs } from "./duration.ts";
import type { TaskNode } from "./graph.ts";
import { QUESTION, SUB_WORKFLOW, type Target, targetOf } from "./target.ts";

export type TaskKind = Pick<
  TaskNode,
  "protocol" | "method" | "params" | "wait" | "approval" | "child" | "agent"
>;

export function kindOf(task: TaskDefinition): TaskKind {
  const { method, protocol, params = {}, wait, approval } = task;
  const call = callOf(task);
  if (call) return { ...SUB_WORKFLOW, params: { ...call }, child: { workflow: call.workflow } };
  if (wait) return waitOf(wait);
  if (approval) return approvalOf(approval);
  const target = calledBy({ method, protocol });
  const all = paramsOf({ ...task, params });
  return { ...target, params: all, ...(isAgent(target) && { agent: agentOf(all) }) };
}

/** With the model that stands beside them. */
export const paramsOf = ({ model, params = {} }: Pick<TaskDefinition, "model" | "params">): JsonObject =>
  model === undefined || Object.hasOwn(params, "model") ? params : { model, ...params };

export function calledBy({
  method,
  protocol,
}: {
  readonly method?: string | undefined;
  readonly protocol?: string | undefined;
}): Target {
  if (method === undefined) throw new Error("the definition was not validated: a task that is nothing");
  return targetOf({ method, ...(protocol !== undefined && { protocol }) });
}

function waitOf({
  signal,
  timeout,
  until,
  timezone,
  for: time,
}: NonNullable<TaskDefinition["wait"]>): TaskKind {
  const protocol = "wait/v1";
  if (signal !== undefined) {
    const limit = timeout === undefined ? {} : { timeoutMs: durationMs(timeout) };
    return { protocol, method: "signal", params: {}, wait: { kind: "signal", signal, ...limit } };
  }
  const wait = { kind: "timer", ...(timezone !== undefined && { timezone }) } as const;
  if (until !== undefined) return { protocol, method: "until", params: { until }, wait };
  return { protocol, method: "for", params: { for: time ?? 0 }, wait };
}

function approvalOf(approval: NonNullable<TaskDefinition["approval"]>): TaskKind {
  const { message, approvers, not_by, min, timeout, on_timeout } = approval;
  const params: JsonObject = { message, ...(approvers && { approvers }), ...(not_by && { not_by }) };
  return {
    ...QUESTION,
    params,
    approval: {
      min: min ?? 1,
      onTimeout: on_timeout ?? "fail",
      ...(timeout !== undefined && { timeoutMs: durationMs(timeout) }),
    },
  };
}
