// Work owed → the command that does it, with the values it needs brought in from the log.
import {
  type Action,
  BATCH,
  type Claim,
  calledNow,
  conditionHolds,
  type ErrorInfo,
  errorInfo,
  errorInfoOf,
  indexOf,
  isObject,
  type Json,
  type JsonObject,
  nodeAt,
  type RunCommand,
  resolve,
  type Scope,
  type TaskId,
  type TaskNode,
  taskAt,
} from "../domain/index.ts";
import { cacheKeyOf, cacheText, recordedFor } from "./cached.ts";
import { checkedCall, childRunId } from "./child-run.ts";
import { openValues } from "./decode.ts";
import type { Driven } from "./driven.ts";
import { addElements, gatherResults } from "./elements.ts";
import { ending } from "./ending.ts";
import type { Kit } from "./host.ts";
import type { Blob } from "./ports/index.ts";
import { givenResult, paramsNow } from "./settings.ts";
import { taskFiles } from "./task-files.ts";
import { conditionNow, scopeFor } from "./task-scope.ts";
import { recordsAt } from "./values.ts";
import { broughtTo, waitOf } from "./waits.ts";

export type Owed = { readonly command: RunCommand; readonly blobs?: readonly Blob[] };

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
  const provider = registry.find(node.protocol, node.provider, node.preferredProvider);
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

type Params = { readonly params: JsonObject; readonly isNew: boolean; readonly cached: string | undefined };

/** The params as they are now, or what is to be done instead. */
async function paramsOf(kit: Kit, driven: Driven, node: TaskNode): Promise<Owed | Params> {
  const scope = await scopeFor(kit, driven, node);
  const left = await leftOut(kit, driven, node, scope);
  if (left) return left;
  const written = await paramsNow(kit, driven, node);
  const resolved = resolve(written, scope);
  if (!resolved.ok) return refused(node, resolved.error);
  const cached = cacheText(driven, node, scope);
  if (cached?.ok === false) return refused(node, cached.error);
  return { params: resolved.value, isNew: node.isDynamic || written !== node.params, cached: cached?.text };
}

async function schedule(kit: Kit, driven: Driven, node: TaskNode): Promise<Owed> {
  const resolved = await paramsOf(kit, driven, node);
  if ("command" in resolved) return resolved;
  const { params, isNew, cached } = resolved;
  try {
    const { blobs, ...files } = await taskFiles(kit, driven.facts, node, params);
    const problem = isNew ? paramsProblem(kit, node, params) : undefined;
    if (problem) return refused(node, problem);
    const cacheKey =
      cached === undefined ? undefined : cacheKeyOf(kit, driven, { node, params, files, text: cached });
    const recorded = cacheKey === undefined ? undefined : await recordedFor(kit, driven, node, cacheKey);
    if (recorded) return { command: recorded };
    const claim = claimOf(kit, node);
    const idempotencyKey = key(driven, node.id);
    const command = { type: "ScheduleTask", task: node.id, params, idempotencyKey, claim } as const;
    return { command: { ...command, ...files, ...(cacheKey !== undefined && { cacheKey }) }, blobs };
  } catch (error) {
    return refused(node, errorInfoOf(error, "TASK_PARAMETER_ERROR"));
  }
}

/** When its condition keeps a task from running, or cannot be judged. */
async function leftOut(kit: Kit, driven: Driven, node: TaskNode, scope: Scope): Promise<Owed | undefined> {
  const when = conditionNow(driven, node);
  const condition = when && conditionHolds(when, scope, await kit.expressions());
  if (condition?.ok === false) return refused(node, condition.error, "condition");
  if (condition?.value !== false) return undefined;
  return { command: { type: "SkipTask", task: node.id, reason: "condition" } };
}

async function begin(kit: Kit, driven: Driven, node: TaskNode): Promise<Owed> {
  const scope = await scopeFor(kit, driven, node);
  const left = await leftOut(kit, driven, node, scope);
  if (left) return left;
  const beginning = await waitOf(kit, driven, node, scope);
  return beginning.ok ? { command: beginning.command } : refused(node, beginning.error);
}

/** A run of its own takes no worker: nobody claims it, and its files are its document's. */
async function scheduleChild(kit: Kit, driven: Driven, node: TaskNode): Promise<Owed> {
  const resolved = await paramsOf(kit, driven, node);
  if ("command" in resolved) return resolved;
  const { inputs } = resolved.params;
  const checked = await checkedCall(driven, node, isObject(inputs) ? inputs : {});
  if (!checked.ok) return refused(node, checked.error);
  const params = { ...resolved.params, inputs: checked.inputs };
  const idempotencyKey = key(driven, node.id);
  return { command: { type: "ScheduleTask", task: node.id, params, idempotencyKey } };
}

function startChild(kit: Kit, { facts, state }: Driven, task: TaskId, index: number): RunCommand {
  const run = childRunId(kit, facts.run, task, taskAt(state, index).attempt + 1);
  return { type: "StartChild", task, run };
}

const refused = ({ id }: TaskNode, error: ErrorInfo, of?: "condition"): Owed => ({
  command: {
    type: "RejectParams",
    task: id,
    error: { ...error, retryable: false },
    ...(of !== undefined && { of }),
  },
});

/** What could not be checked before the run, because references stood in the way, is checked now. */
function paramsProblem({ registry }: Kit, node: TaskNode, params: Json): ErrorInfo | undefined {
  const [first, ...others] = registry.check(node.protocol, node.method, params);
  if (!first) return undefined;
  const more = others.length > 0 ? ` (and ${others.length} more)` : "";
  const place = first.path.length > 0 ? `params.${first.path.join(".")}: ` : "params: ";
  return errorInfo("INVALID_PARAMS", `${place}${first.message}${more}`);
}

async function reuse(kit: Kit, { facts }: Driven, task: TaskId): Promise<RunCommand> {
  const from = facts.submission.forkedFrom;
  const revision = facts.reusable.get(task);
  if (!from || revision === undefined) throw new Error(`task ${task} has no result to take over`);
  const [record] = await recordsAt(kit, from.run, facts.tenant, [revision]);
  if (!record) throw new Error(`revision ${revision} of run ${from.run} is gone`);
  const { result } = await openValues(record.event, facts.tenant, kit.blobs);
  return { type: "ReuseResult", task, from: { run: from.run, revision }, result: result ?? null };
}
