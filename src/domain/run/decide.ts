// command × state → events, nothing, or a named refusal. Routes; one small function per command holds the rules.
import { TaskId } from "../ids.ts";
import type { Millis } from "../instant.ts";
import { BATCH, type RunCommand, type RunCommandOf } from "./commands.ts";
import { addSteps } from "./decide-agent.ts";
import { eraseRun, finishRun } from "./decide-end.ts";
import { decideTask } from "./decide-task.ts";
import { sendSignal } from "./decide-wait.ts";
import { accept, type Decision, reject, unchanged } from "./decision.ts";
import { indexOf } from "./growth.ts";
import { checkSettings } from "./settings.ts";
import { undoing } from "./startable.ts";
import { isReady, nodeAt, type RunState, taskAt } from "./state.ts";
import { isFinal } from "./statuses.ts";

/** `now` in epoch milliseconds: what the events will carry as their instant. */
export function decide(command: RunCommand, state: RunState, now: Millis): Decision {
  if (command.type === "SubmitRun") return submit(command, state);
  const { status } = state.head;
  if (status === "absent") return reject("RunNotFound", "no such run");
  if (isFinal(status)) return afterTheEnd(command, status);
  if (command.type === "EraseRun") return eraseRun(state, now);
  if ("task" in command) return decideTask(command, state, now);
  if (status === "compensating") return whileUndoing(command, state, now);
  switch (command.type) {
    case "StartRun":
      return start(command, state);
    case "PauseRun":
      return pause(command, state);
    case "ResumeRun":
      return resume(command, state);
    case "CancelRun":
      if (state.head.cancelRequested) return unchanged;
      return accept({ type: "RunCancelRequested", data: withReason(command.reason) });
    case "FinishRun":
      return finishRun(command.outcome, state, now);
    case "AddTasks":
      return addTasks(command, state);
    case "SendSignal":
      return sendSignal(command, state);
  }
}

/** Only who drives it may change, until it ends as it would have ended. */
function whileUndoing(
  command: Exclude<RunCommand, { task: unknown } | { type: "EraseRun" }>,
  state: RunState,
  now: Millis,
): Decision {
  switch (command.type) {
    case "SubmitRun":
      return submit(command, state);
    case "StartRun":
      return start(command, state);
    case "ResumeRun":
      return resume(command, state);
    case "FinishRun":
      return finishRun(command.outcome, state, now);
    case "SendSignal":
      return sendSignal(command, state);
    case "CancelRun":
      return state.head.cancelRequested ? unchanged : undoing(state);
    case "PauseRun":
    case "AddTasks":
      return undoing(state);
  }
}

function submit({ submission }: RunCommandOf<"SubmitRun">, { head }: RunState): Decision {
  if (head.status !== "absent") return reject("RunAlreadySubmitted", "this run exists already");
  return accept({ type: "RunSubmitted", data: submission });
}

function start({ owner, previous }: RunCommandOf<"StartRun">, { head }: RunState): Decision {
  if (head.status === "pending") return accept({ type: "RunStarted", data: { owner } });
  if (head.owner === owner || head.owner === undefined) return unchanged;
  if (head.owner !== previous) return reject("RunOwned", "another process drives this run");
  return accept({ type: "RunOwnerChanged", data: { owner, previous: head.owner } });
}

function pause({ reason }: RunCommandOf<"PauseRun">, { head }: RunState): Decision {
  if (head.status === "paused") return unchanged;
  if (head.status !== "running") return reject("RunNotStarted", `a ${head.status} run cannot be paused`);
  if (head.cancelRequested) return reject("RunCancelling", "the run is being cancelled");
  return accept({ type: "RunPaused", data: { cause: "request", ...withReason(reason) } });
}

function resume({ reason, set }: RunCommandOf<"ResumeRun">, state: RunState): Decision {
  const { status } = state.head;
  if (status !== "paused")
    return set ? reject("RunNotPaused", `the run is ${status}: nothing can be set now`) : unchanged;
  const checked = checkSettings(set ?? {}, state);
  if (!checked.ok) return reject("BadSetting", checked.message);
  const values = { ...(reason !== undefined && { reason }), ...(set && { set }) };
  const hasValues = Object.keys(values).length > 0;
  return accept({ type: "RunResumed", data: { ...checked.changes, ...(hasValues && { values }) } });
}

function addTasks(command: RunCommandOf<"AddTasks">, state: RunState): Decision {
  const { template, count, list, items } = command;
  const added = accept({
    type: "TasksAdded",
    data: { template, count, ...(list && { list }), ...(items && { values: { items } }) },
  });
  if (!state.head.expanded) return added;
  if (template === BATCH && state.graph.isBatch) return unchanged;
  const index = indexOf(state, TaskId.parse(template));
  if (index === undefined) return reject("TaskNotFound", `no task ${template}`);
  if (nodeAt(state, index).agent) return addSteps(command, { state, index });
  if (taskAt(state, index).elements) return unchanged;
  return nodeAt(state, index).forEach && isReady(state, index)
    ? added
    : reject("TaskNotReady", `task ${template} cannot be repeated now`);
}

/** A request that comes after the end is refused by name; what a worker reports late is merely stale. */
function afterTheEnd(command: RunCommand, status: string): Decision {
  if ("attempt" in command) {
    return reject("StaleAttempt", `attempt ${command.attempt} of ${command.task}: the run has ${status}`);
  }
  if (command.type === "CancelRun" && status === "cancelled") return unchanged;
  return reject("RunFinished", `the run has already ${status}`);
}

const withReason = (reason: string | undefined) => (reason === undefined ? {} : { values: { reason } });
