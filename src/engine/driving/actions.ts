// Work owed → the command that does it, with the values it needs brought in from the log.
import {
  type Action,
  BATCH,
  type Claim,
  calledNow,
  errorInfoOf,
  indexOf,
  isObject,
  nodeAt,
  type RunCommand,
  type TaskId,
  type TaskNode,
  taskAt,
} from "../../domain/index.ts";
import { beginAgent } from "../agent/begin.ts";
import { continueAgent } from "../agent/continue.ts";
import { stepParams } from "../agent/turn.ts";
import { checkedCall, childRunId } from "../children/child-run.ts";
import type { Driven } from "../driven.ts";
import type { Kit } from "../host.ts";
import { openValues } from "../log/decode.ts";
import { cacheKeyOf, recordedFor } from "../resolving/cached.ts";
import { addElements, gatherResults } from "../resolving/elements.ts";
import { givenResult } from "../resolving/settings.ts";
import { taskFiles } from "../resolving/task-files.ts";
import { leftOut, type Owed, paramsOf, paramsProblem, refused } from "../resolving/task-params.ts";
import { scopeFor } from "../resolving/task-scope.ts";
import { recordsAt } from "../resolving/values.ts";
import { type Beginning, broughtTo, question, waitOf } from "../resolving/waits.ts";
import { ending } from "./ending.ts";

export async function owed(kit: Kit, driven: Driven, action: Action): Promise<Owed> {
  switch (action.type) {
    case "addTasks":
      return { command: addTasks(driven) };
    case "skipTask":
      return { command: { type: "SkipTask", task: action.task } };
    case "cancelTask":
      return { command: { type: "CancelTask", task: action.task } };
    case "retryTask":
      return { command: { type: "RetryTask", task: action.task, idempotencyKey: key(driven, action.task) } };
    case "startTask":
      return {
        command: { type: "StartTask", task: action.task, claim: claimOf(kit, nodeOf(driven, action.task)) },
      };
    case "reuseResult":
      return { command: await reuse(kit, driven, action.task) };
    case "giveResult": {
      const result = await givenResult(kit, driven, nodeAt(driven.state, action.index));
      return { command: { type: "GiveResult", task: action.task, result } };
    }
    case "addElements":
      return { command: await addElements(kit, driven, nodeAt(driven.state, action.index)) };
    case "gatherResults":
      return { command: await gatherResults(kit, driven, nodeAt(driven.state, action.index)) };
    case "beginAgent":
      return beginAgent(kit, driven, nodeAt(driven.state, action.index));
    case "continueAgent":
      return { command: await continueAgent(kit, driven, nodeAt(driven.state, action.index)) };
    case "scheduleChild":
      return scheduleChild(kit, driven, nodeAt(driven.state, action.index));
    case "startChild":
      return { command: startChild(kit, driven, action.task, action.index) };
    case "scheduleTask":
      return schedule(kit, driven, calledNow(driven.state, action.index));
    case "startWait":
      return begin(kit, driven, nodeAt(driven.state, action.index));
    case "endWait":
      return {
        command: { type: "EndWait", task: action.task, brought: await broughtTo(kit, driven, action.index) },
      };
    case "finishRun":
      return { command: { type: "FinishRun", outcome: await ending(kit, driven, action.as) } };
  }
}

const key = ({ facts }: Driven, task: TaskId): string => `${facts.run}/${task}`;

function nodeOf({ state }: Driven, task: TaskId): TaskNode {
  return calledNow(state, indexOf(state, task) ?? -1);
}

function claimOf({ registry, incarnations, limits }: Kit, node: TaskNode): Claim {
  const { method, params } = node;
  const provider = registry.find(node.protocol, node.provider, node.preferredProvider, { method, params });
  return {
    worker: incarnations.own,
    provider: provider?.name ?? node.protocol,
    leaseMs: limits.leaseMs,
  };
}

function addTasks({ facts, state }: Driven): RunCommand {
  const { batch } = facts.submission;
  const count = state.graph.nodes.length;
  return { type: "AddTasks", template: BATCH, count, ...(batch && { list: batch.list }) };
}

async function schedule(kit: Kit, driven: Driven, node: TaskNode): Promise<Owed> {
  const resolved = node.step
    ? { ...(await stepParams(kit, driven, node)), isNew: true, cached: undefined }
    : await paramsOf(kit, driven, node);
  if ("command" in resolved) return resolved;
  const { params, isNew, cached, secrets, steer } = resolved;
  try {
    const listed = taskFiles(kit, driven.facts, node, params);
    const { blobs, ...files } = listed instanceof Promise ? await listed : listed;
    const problem = isNew ? paramsProblem(kit, node, params, secrets) : undefined;
    if (problem) return refused(node, problem);
    const cacheKey =
      cached === undefined
        ? undefined
        : cacheKeyOf(kit, driven, { node, params, files, secrets, text: cached });
    const recorded = cacheKey === undefined ? undefined : await recordedFor(kit, driven, node, cacheKey);
    if (recorded) return { command: recorded };
    const claim = claimOf(kit, node);
    const idempotencyKey = key(driven, node.id);
    const command = { type: "ScheduleTask", task: node.id, params, idempotencyKey, claim } as const;
    const more = {
      ...(cacheKey !== undefined && { cacheKey }),
      ...(secrets && { secrets }),
      ...(steer && { steer }),
    };
    return { command: { ...command, ...files, ...more }, blobs };
  } catch (error) {
    return refused(node, errorInfoOf(error, "TASK_PARAMETER_ERROR"));
  }
}

async function begin(kit: Kit, driven: Driven, node: TaskNode): Promise<Owed> {
  if (node.step)
    return beginning(node, question(kit, driven, node, (await stepParams(kit, driven, node)).params));
  const scope = await scopeFor(kit, driven, node);
  const left = await leftOut(kit, driven, node, scope);
  if (left) return left;
  return beginning(node, await waitOf(kit, driven, node, scope));
}

const beginning = (node: TaskNode, begun: Beginning): Owed =>
  begun.ok ? { command: begun.command } : refused(node, begun.error);

/** A run of its own takes no worker: nobody claims it, and its files are its document's. */
async function scheduleChild(kit: Kit, driven: Driven, node: TaskNode): Promise<Owed> {
  const resolved = await paramsOf(kit, driven, node);
  if ("command" in resolved) return resolved;
  const { inputs } = resolved.params;
  const checked = await checkedCall(driven, node, isObject(inputs) ? inputs : {}, resolved.secrets);
  if (!checked.ok) return refused(node, checked.error);
  const params = { ...resolved.params, inputs: checked.inputs };
  const idempotencyKey = key(driven, node.id);
  return { command: { type: "ScheduleTask", task: node.id, params, idempotencyKey } };
}

function startChild(kit: Kit, { facts, state }: Driven, task: TaskId, index: number): RunCommand {
  const run = childRunId(kit, facts.run, task, taskAt(state, index).attempt + 1);
  return { type: "StartChild", task, run };
}

async function reuse(kit: Kit, { facts }: Driven, task: TaskId): Promise<RunCommand> {
  const from = facts.submission.forkedFrom;
  const revision = facts.reusable.get(task);
  if (!from || revision === undefined) throw new Error(`task ${task} has no result to take over`);
  const [record] = await recordsAt(kit, from.run, facts.tenant, [revision]);
  if (!record) throw new Error(`revision ${revision} of run ${from.run} is gone`);
  const { result } = await openValues(record, facts.tenant, kit);
  return { type: "ReuseResult", task, from: { run: from.run, revision }, result: result ?? null };
}
