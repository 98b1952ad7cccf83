// The end of a run that is a task of another.
import type { Millis } from "../instant.ts";
import type { RunCommandOf } from "./commands.ts";
import { complete, fail } from "./decide-outcome.ts";
import { accept, type Decision, unchanged } from "./decision.ts";
import { notReady, type Subject, startable } from "./startable.ts";
import { childAt } from "./state.ts";
import { mustStop } from "./stopping.ts";

export function startChild({ run }: RunCommandOf<"StartChild">, subject: Subject): Decision {
  const { node, task } = subject;
  if (task.status === "running") return unchanged;
  const refusal = startable(subject);
  if (refusal) return refusal;
  if (!childAt(subject.state, node.index) || task.status !== "scheduled") return notReady(node, task);
  return accept({ type: "ChildRunStarted", data: { task: node.id, attempt: task.attempt + 1, run } });
}

/** Its failure is the task's failure; where nothing is tried again because this run stops, the task is cancelled. */
export function finishChild(
  { task, attempt, run, outcome }: RunCommandOf<"FinishChild">,
  subject: Subject,
  now: Millis,
): Decision {
  const { status } = outcome;
  const decision =
    outcome.status === "succeeded"
      ? complete({ type: "CompleteTask", task, attempt, result: outcome.result, served: {} }, subject, now)
      : fail({ type: "FailTask", task, attempt, served: {}, ...errorOf(outcome) }, subject, now);
  if (decision.kind !== "accepted") return decision;
  const error = outcome.status === "succeeded" ? undefined : outcome.error;
  const finished = {
    type: "ChildRunFinished",
    data: {
      task,
      attempt,
      run,
      status,
      ...(error && { error: { code: error.code, retryable: error.retryable } }),
    },
  } as const;
  const isStopped = status !== "succeeded" && mustStop(subject.state, subject.node.index, now);
  if (isStopped) return accept(finished, { type: "TaskCancelled", data: { task, attempt } });
  return accept(finished, ...decision.events);
}

type Unsuccessful = Exclude<RunCommandOf<"FinishChild">["outcome"], { readonly status: "succeeded" }>;

const errorOf = ({ error, fraction }: Unsuccessful) => ({ error, fraction });
