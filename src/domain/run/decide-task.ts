// Decisions about one task.
import type { Millis } from "../instant.ts";
import { calledNow } from "./called-now.ts";
import { commandOf, valuesOf } from "./command-event.ts";
import type { RunCommand, RunCommandOf } from "./commands.ts";
import { endAgent } from "./decide-agent.ts";
import { finishChild, startChild } from "./decide-child.ts";
import { gather } from "./decide-gather.ts";
import { complete, elapsed, fail, failed, forGood, lastly, lose } from "./decide-outcome.ts";
import { decideApproval, requestApproval, startWait } from "./decide-wait.ts";
import { endWait } from "./decide-wait-end.ts";
import { accept, type Decision, reject, unchanged } from "./decision.ts";
import { indexOf } from "./growth.ts";
import { mayGoOn, notReady, type Subject, startable, starting, undoing } from "./startable.ts";
import { isReady, isStartingOver, isUnderWay, nodeAt, type RunState, taskAt } from "./state.ts";

type TaskCommand = Extract<RunCommand, { readonly task: unknown }>;

export function decideTask(command: TaskCommand, state: RunState, now: Millis): Decision {
  const index = indexOf(state, command.task);
  if (index === undefined) return reject("TaskNotFound", `no task ${command.task}`);
  const subject = { node: nodeAt(state, index), task: taskAt(state, index), state };
  const isOver = state.head.status === "compensating" && subject.node.compensates === undefined;
  if (isOver) return afterItsTime(command, subject);
  switch (command.type) {
    case "ScheduleTask":
      return schedule(command, subject);
    case "RetryTask":
      return retry(command, subject, now);
    case "StartTask":
      return start(command, subject);
    case "StartChild":
      return startChild(command, subject);
    case "FinishChild":
      return finishChild(command, subject, now);
    case "ReuseResult":
    case "TakeCached":
      return takeOver(command, subject);
    case "GatherResults":
      return gather(command, subject, now);
    case "EndAgent":
    case "FailAgent":
      return endAgent(command, subject, now);
    case "GiveResult":
      return give(command, subject, now);
    case "RejectParams":
      return rejectParams(command, subject);
    case "CompleteTask":
      return complete(command, subject, now);
    case "FailTask":
      return fail(command, subject, now);
    case "LoseTask":
      return lose(command, subject, now);
    case "StartWait":
      return starting(subject) ?? startWait(command, subject, now);
    case "RequestApproval":
      return starting(subject) ?? requestApproval(command, subject, now);
    case "DecideApproval":
      return decideApproval(command, subject);
    case "EndWait":
      return mayGoOn(state) ?? endWait(command, subject, now);
    case "SkipTask":
      return skip(command, subject);
    case "CancelTask":
      if (subject.node.compensates !== undefined) return undoing(state);
      return isUnderWay(subject.task)
        ? accept({ type: "TaskCancelled", data: { task: command.task, attempt: subject.task.attempt } })
        : unchanged;
  }
}

/** The run undoes what its tasks did; what a worker reports late is merely stale. */
const afterItsTime = (command: TaskCommand, { state, task }: Subject): Decision =>
  "attempt" in command
    ? reject("StaleAttempt", `attempt ${command.attempt} of ${command.task}: it is ${task.status}`)
    : undoing(state);

function schedule(command: RunCommandOf<"ScheduleTask">, subject: Subject): Decision {
  const { node, task } = subject;
  if (task.status !== "waiting" && !isStartingOver(task)) return unchanged;
  if (node.forEach || node.agent) return reject("TaskNotReady", `task ${node.id} runs as its elements`);
  const refusal = node.wait || node.approval ? notReady(node, task) : startable(subject);
  if (refusal) return refusal;
  return accept({
    type: "TaskScheduled",
    data: {
      ...commandOf(calledNow(subject.state, node.index), task, command.idempotencyKey),
      ...(command.files && { files: command.files }),
      ...(command.claim && { claim: command.claim }),
      ...(command.cacheKey !== undefined && { cacheKey: command.cacheKey }),
      values: valuesOf(command),
    },
  });
}

function retry(command: RunCommandOf<"RetryTask">, subject: Subject, now: Millis): Decision {
  const { node, task } = subject;
  if (task.status !== "retrying") return unchanged;
  const refusal = startable(subject);
  if (refusal) return refusal;
  if (task.paramsAt === undefined || task.dueAt === undefined || task.dueAt > now)
    return notReady(node, task);
  return accept({
    type: "TaskScheduled",
    data: {
      ...commandOf(calledNow(subject.state, node.index), task, command.idempotencyKey),
      paramsFrom: task.paramsAt,
    },
  });
}

function start({ claim }: RunCommandOf<"StartTask">, subject: Subject): Decision {
  const { node, task } = subject;
  if (task.status === "running") return unchanged;
  const refusal = startable(subject);
  if (refusal) return refusal;
  if (task.status !== "scheduled") return notReady(node, task);
  return accept({ type: "TaskStarted", data: { task: node.id, attempt: task.attempt + 1, claim } });
}

/** What an earlier run has, or another recorded for the same call. */
function takeOver(
  { type, from, result }: RunCommandOf<"ReuseResult"> | RunCommandOf<"TakeCached">,
  subject: Subject,
): Decision {
  const { node, task } = subject;
  if (task.status === "succeeded") return unchanged;
  const refusal = startable(subject);
  if (refusal) return refusal;
  const isCached = type === "TakeCached";
  const isUnfit = isCached && (!node.cache || node.forEach !== undefined);
  if (task.status !== "waiting" || task.elements || isUnfit) return notReady(node, task);
  const source = isCached ? { attempt: task.attempt, cached: from } : { attempt: 0, reused: from };
  return accept({
    type: "TaskSucceeded",
    data: { task: node.id, durationMs: 0, ...source, values: { result } },
  });
}

function give({ result }: RunCommandOf<"GiveResult">, { node, task, state }: Subject, now: Millis): Decision {
  if (task.status === "succeeded") return unchanged;
  if (task.givenAt === undefined || !isReady(state, node.index)) return notReady(node, task);
  const data = { task: node.id, attempt: task.attempt, durationMs: elapsed(task, now), given: task.givenAt };
  return accept({ type: "TaskSucceeded", data: { ...data, values: { result } } });
}

function rejectParams({ error, of }: RunCommandOf<"RejectParams">, subject: Subject): Decision {
  const { node, task } = subject;
  if (task.status === "failed") return unchanged;
  const refusal = startable(subject);
  if (refusal) return refusal;
  if (task.status !== "waiting" && !isStartingOver(task)) return notReady(node, task);
  const failure = failed(node, task.attempt, 0, error, true);
  return of === "condition" ? forGood(subject, failure) : lastly(subject, failure);
}

function skip({ reason }: RunCommandOf<"SkipTask">, { node, task, state }: Subject): Decision {
  if (task.status === "skipped") return unchanged;
  if (state.head.status !== "running") return reject("RunPaused", `the run is ${state.head.status}`);
  if (reason !== undefined) {
    const isOpenStill = task.status === "waiting" && !task.elements;
    const mayBe = node.when !== undefined && isOpenStill && isReady(state, node.index);
    return mayBe ? accept({ type: "TaskSkipped", data: { task: node.id, reason } }) : notReady(node, task);
  }
  if (task.status !== "waiting" || !task.doom) return notReady(node, task);
  const because = nodeAt(state, task.doom.because).id;
  return accept({ type: "TaskSkipped", data: { task: node.id, reason: task.doom.reason, because } });
}
