// How a wait ends: with what came for it, or because its time is up.
import { type ErrorInfo, errorInfo } from "../errors.ts";
import { instantOf, type Millis } from "../instant.ts";
import type { Json, JsonObject } from "../json.ts";
import type { TaskNode } from "../workflow/graph.ts";
import type { Brought, RunCommandOf } from "./commands.ts";
import { failed, forGood } from "./decide-outcome.ts";
import { accept, type Decision, reject, unchanged } from "./decision.ts";
import type { RunState, TaskState } from "./state.ts";
import type { Said, WaitState } from "./wait-state.ts";

export function endWait(
  { brought }: RunCommandOf<"EndWait">,
  { node, task, state }: { readonly node: TaskNode; readonly task: TaskState; readonly state: RunState },
  now: Millis,
): Decision {
  const { wait, dueAt, status } = task;
  if (status !== "waiting") return unchanged;
  if (!wait) return reject("TaskNotReady", `task ${node.id} does not wait`);
  const durationMs = Math.max(0, now - wait.since);
  const succeed = (result: Json): Decision =>
    accept({ type: "TaskSucceeded", data: { task: node.id, attempt: 0, durationMs, values: { result } } });
  const fail = (error: ErrorInfo): Decision =>
    forGood({ node, state }, failed(node, 0, durationMs, error, true));
  switch (wait.answer?.kind) {
    case "signal":
      return succeed(brought.payload ?? null);
    case "approved":
      return succeed(approval("approved", wait, brought));
    case "rejected":
      return fail(rejected(wait, brought));
    case undefined:
      break;
  }
  if (dueAt === undefined || dueAt > now) return reject("TaskNotReady", `task ${node.id} still waits`);
  if (node.approval) {
    const { onTimeout, min } = node.approval;
    if (onTimeout === "approve") return succeed({ ...approval("approved", wait, brought), timedOut: true });
    if (onTimeout === "reject") return fail(rejected(wait, brought, true));
    const given = wait.said.filter(({ decision }) => decision === "approved").length;
    return fail(timeout(node, dueAt - wait.since, `${given} of ${min} approvals were given`));
  }
  if (wait.signal !== undefined)
    return fail(timeout(node, dueAt - wait.since, `no signal \`${wait.signal}\` came`));
  return succeed({ dueAt: instantOf(dueAt), firedAt: instantOf(now) });
}

/** Documented: `by` are ids of actors; `reason` and `edit` are the last that were given. */
function approval(decision: string, { said }: WaitState, { said: words = [] }: Brought): JsonObject {
  const decisions = said.map((one, i) => decisionOf(one, words[i] ?? {}));
  const last = (key: "reason" | "edit"): JsonObject => {
    const found = decisions.findLast((one) => one[key] !== undefined)?.[key];
    return found === undefined ? {} : { [key]: found };
  };
  const by = decisions.filter((one) => one.decision === decision).map((one) => one.by ?? null);
  return { decision, by, ...last("reason"), ...last("edit"), decisions };
}

const decisionOf = (
  { decision, by, when }: Said,
  { reason, edit }: NonNullable<Brought["said"]>[number],
): JsonObject => ({
  decision,
  by,
  at: instantOf(when),
  ...(reason !== undefined && { reason }),
  ...(edit !== undefined && { edit }),
});

function rejected(wait: WaitState, brought: Brought, isTimedOut = false): ErrorInfo {
  const details: JsonObject = {
    ...approval("rejected", wait, brought),
    ...(isTimedOut && { timedOut: true }),
  };
  const { reason } = details;
  const why = isTimedOut ? ": its time was up" : typeof reason === "string" ? `: ${reason}` : "";
  return errorInfo("APPROVAL_REJECTED", `the approval was rejected${why}`, { details });
}

/** Nothing is tried again: the wait has no attempts. */
function timeout({ id }: TaskNode, timeoutMs: Millis, what: string): ErrorInfo {
  return errorInfo("TASK_TIMEOUT", `task ${id} waited for ${timeoutMs / 1000} seconds, and ${what}`, {
    retryable: false,
    details: { timeoutMs },
  });
}
