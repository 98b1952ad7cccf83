// How an agent goes on and ends. Who decides what comes next has read the log; here it is held to what the run allows.
import type { Millis } from "../instant.ts";
import { mayBeSteps } from "./agent-steps.ts";
import type { RunCommandOf } from "./commands.ts";
import { elapsed, failed, forGood } from "./decide-outcome.ts";
import { accept, type Decision, reject, unchanged } from "./decision.ts";
import { notReady, type Subject } from "./startable.ts";
import { isOpen, isReady, nodeAt, type RunState, taskAt } from "./state.ts";

export function addSteps(
  { template, count, items, steps = [], agent = {} }: RunCommandOf<"AddTasks">,
  { state, index }: { readonly state: RunState; readonly index: number },
): Decision {
  const node = nodeAt(state, index);
  const { elements } = taskAt(state, index);
  if (!isReady(state, index)) {
    return elements ? unchanged : reject("TaskNotReady", `agent ${node.id} cannot begin now`);
  }
  if (count !== steps.length || !mayBeSteps(node, steps))
    return reject("TaskNotReady", `agent ${node.id} cannot go on with these steps`);
  const { params, tools, refused, secrets } = agent;
  const values = {
    ...(items && { items }),
    ...(params && { params }),
    ...(tools && { tools }),
    ...(refused && { refused }),
    ...(secrets && { secrets: secrets.map((place) => ({ ...place })) }),
  };
  const hasValues = Object.keys(values).length > 0;
  return accept({
    type: "TasksAdded",
    data: { template, count, steps: [...steps], ...(hasValues && { values }) },
  });
}

export function endAgent(
  command: RunCommandOf<"EndAgent"> | RunCommandOf<"FailAgent">,
  { node, task, state }: Subject,
  now: Millis,
): Decision {
  if (!isOpen(task.status)) return unchanged;
  if (!node.agent || !task.elements || !isReady(state, node.index)) return notReady(node, task);
  const durationMs = elapsed(task, now);
  if (command.type === "FailAgent")
    return forGood({ node, state }, failed(node, 0, durationMs, command.error, true));
  const data = { task: node.id, attempt: 0, durationMs, values: { result: command.result } };
  return accept({ type: "TaskSucceeded", data });
}
