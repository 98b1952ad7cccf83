// Decisions about tasks that wait: when one begins, what may be said to it, how it ends.
import { instantOf, type Millis } from "../instant.ts";
import type { TaskNode } from "../workflow/graph.ts";
import type { RunCommandOf } from "./commands.ts";
import { accept, type Decision, reject, unchanged } from "./decision.ts";
import type { RunState, TaskState } from "./state.ts";

type Subject = { readonly node: TaskNode; readonly task: TaskState; readonly state: RunState };

export function startWait(
  { at, afterMs }: RunCommandOf<"StartWait">,
  { node }: Subject,
  now: Millis,
): Decision {
  if (!node.wait) return reject("TaskNotReady", `task ${node.id} is no wait`);
  const limit = node.wait.kind === "signal" ? node.wait.timeoutMs : afterMs;
  const dueAt = at ?? (limit === undefined ? undefined : now + limit);
  return accept({
    type: "WaitStarted",
    data: {
      task: node.id,
      ...(dueAt !== undefined && { dueAt: instantOf(dueAt) }),
      ...(node.wait.kind === "signal" && { signal: node.wait.signal }),
    },
  });
}

export function requestApproval(
  { message, approvers, notBy }: RunCommandOf<"RequestApproval">,
  { node }: Subject,
  now: Millis,
): Decision {
  if (!node.approval) return reject("TaskNotReady", `task ${node.id} asks for no approval`);
  const { min, timeoutMs } = node.approval;
  return accept({
    type: "ApprovalRequested",
    data: {
      task: node.id,
      min,
      ...(approvers && { approvers: [...approvers.ids] }),
      ...(notBy.length > 0 && { notBy: [...notBy] }),
      ...(timeoutMs !== undefined && { dueAt: instantOf(now + timeoutMs) }),
      values: { message, ...(approvers && { approvers: approvers.names }) },
    },
  });
}

/** A signal is taken as long as the run may still wait for it; who waits for it is not asked. */
export function sendSignal(
  { name, payload, reason }: RunCommandOf<"SendSignal">,
  { graph, head }: RunState,
): Decision {
  if (head.cancelRequested || head.status === "compensating") {
    return reject("RunCancelling", "the run is being cancelled");
  }
  if (!graph.signals.has(name)) {
    const known = [...graph.signals].slice(0, 20).map((one) => `\`${one}\``);
    const some =
      known.length === 0 ? "none of its tasks waits for a signal" : `it waits for ${known.join(", ")}`;
    return reject("SignalUnknown", `no task waits for a signal \`${name}\`: ${some}`);
  }
  const values = { ...(payload !== undefined && { payload }), ...(reason !== undefined && { reason }) };
  const hasValues = Object.keys(values).length > 0;
  return accept({ type: "SignalReceived", data: { name, ...(hasValues && { values }) } });
}

export function decideApproval(
  { decision, by, reason, edit }: RunCommandOf<"DecideApproval">,
  { node, task }: Subject,
): Decision {
  const { id } = node;
  if (!node.approval) return reject("TaskNotReady", `task ${id} asks for no approval`);
  if (task.status !== "waiting") return reject("ApprovalOver", `task ${id} has ${task.status} already`);
  const { wait } = task;
  if (!wait?.asks)
    return reject("TaskNotReady", `task ${id} has not asked yet: it waits for ${task.unmet} tasks`);
  if (wait.answer) return reject("ApprovalOver", `task ${id} was decided already`);
  const { approvers, notBy } = wait.asks;
  if (notBy.includes(by)) {
    return reject("NotAllowed", `task ${id} is to be decided by somebody else: its \`not_by\` excludes you`);
  }
  if (approvers && !approvers.includes(by)) {
    return reject("NotAllowed", `task ${id} is decided by its \`approvers\`, and you are none of them`);
  }
  if (wait.said.some((one) => one.by === by && one.decision === decision)) return unchanged;
  const values = { ...(reason !== undefined && { reason }), ...(edit !== undefined && { edit }) };
  const hasValues = Object.keys(values).length > 0;
  return accept({
    type: "ApprovalDecided",
    data: { task: id, decision, by, ...(hasValues && { values }) },
  });
}
