// Whether a task may start now.
import type { TaskNode } from "../workflow/graph.ts";
import { type Decision, reject, unchanged } from "./decision.ts";
import { isReady, type RunState, type TaskState } from "./state.ts";

export type Subject = { readonly node: TaskNode; readonly task: TaskState; readonly state: RunState };

/** Paused and cancelled runs start nothing, and end no wait. */
export function mayGoOn({ head }: RunState): Decision | undefined {
  if (head.status !== "running") return reject("RunPaused", `the run is ${head.status}`);
  return head.cancelRequested ? reject("RunCancelling", "the run is being cancelled") : undefined;
}

/** A wait that begins needs what an attempt needs, and begins once. */
export const starting = (subject: Subject): Decision | undefined =>
  subject.task.status !== "waiting" || subject.task.wait ? unchanged : startable(subject);

/** What undoes a task starts when its turn has come, once the run compensates. */
export function startable({ state, task, node }: Subject): Decision | undefined {
  const refusal = node.compensates === undefined ? mayGoOn(state) : undefined;
  if (refusal) return refusal;
  const isDue = task.status === "retrying";
  return isDue || isReady(state, node.index) ? undefined : notReady(node, task);
}

export const undoing = ({ head }: RunState): Decision =>
  reject(
    "RunCompensating",
    `the run undoes what its tasks did, and then ends as ${head.compensation?.outcome ?? "failed"}`,
  );

export const notReady = (node: TaskNode, task: TaskState): Decision =>
  reject("TaskNotReady", `task ${node.id} is ${task.status} and waits for ${task.unmet} tasks`);
