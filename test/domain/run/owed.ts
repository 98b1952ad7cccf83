// What the engine would do by itself, without values.
import {
  elementsOf,
  errorInfo,
  nextAction,
  nodeAt,
  type RunCommand,
  type RunState,
  type TaskId,
  type TaskNode,
  taskAt,
} from "../../../src/domain/index.ts";
import { claim } from "./given.ts";
import { task } from "./graph-of.ts";

export function owed(state: RunState, now: number): RunCommand | undefined {
  const action = nextAction(state, { slots: 1, now });
  if (!action) return undefined;
  switch (action.type) {
    case "scheduleTask":
      return {
        type: "ScheduleTask",
        task: action.task,
        params: {},
        idempotencyKey: `run/${action.task}`,
        claim,
      };
    case "retryTask":
      return { type: "RetryTask", task: action.task, idempotencyKey: `run/${action.task}` };
    case "startTask":
      return { type: "StartTask", task: action.task, claim };
    case "startWait":
      return beginning(nodeAt(state, action.index));
    case "endWait":
      return { type: "EndWait", task: action.task, brought: {} };
    case "skipTask":
      return { type: "SkipTask", task: action.task };
    case "cancelTask":
      return { type: "CancelTask", task: action.task };
    case "addElements":
      return { type: "AddTasks", template: action.task, count: action.index % 4, items: [] };
    case "gatherResults": {
      const isFine = [...elementsOf(state, action.index)].every(
        (index) => taskAt(state, index).status !== "failed",
      );
      const error = isFine ? {} : { error: errorInfo("TASK_EXECUTION_FAILED", "elements failed") };
      return { type: "GatherResults", task: action.task, results: [], ...error };
    }
    case "beginAgent":
    case "continueAgent":
      return agentsNext(action.task, state.additions.get(action.index)?.length ?? 0);
    case "giveResult":
      return { type: "GiveResult", task: action.task, result: 1 };
    case "scheduleChild":
    case "startChild":
    case "reuseResult":
    case "addTasks":
      throw new Error(`${action.type} is not owed here`);
    case "finishRun":
      return { type: "FinishRun", outcome: endingOf(action.as, state) };
  }
}

/** Turns and calls by turns: one with a question, one without. */
function agentsNext(id: TaskId, rounds: number): RunCommand {
  if (rounds > 4) return { type: "EndAgent", task: id, result: 1 };
  const asked = [
    { kind: "call", tool: 0 },
    { kind: "approval", tool: 1 },
    { kind: "call", tool: 1 },
  ] as const;
  const steps = rounds % 2 === 0 ? ([{ kind: "turn" }] as const) : asked;
  return { type: "AddTasks", template: id, count: steps.length, steps };
}

function beginning({ id, wait, approval }: TaskNode): RunCommand {
  if (approval) return { type: "RequestApproval", task: id, message: "?", notBy: ["carl"] };
  return { type: "StartWait", task: id, ...(wait?.kind === "timer" && { afterMs: 1000 }) };
}

function endingOf(as: string, { head }: RunState) {
  if (as === "compensated") {
    const error = head.compensation?.error && errorInfo(head.compensation.error.code, "as it was");
    return { kind: as, ...(error && { error }) } as const;
  }
  if (as === "cancelled" || as === "timed-out") return { kind: as } as const;
  const failed = { kind: "failed", cause: errorInfo("TASK_TIMEOUT", "x"), task: task("t0") } as const;
  return head.firstFailed === undefined ? ({ kind: "succeeded", outputs: {} } as const) : failed;
}
