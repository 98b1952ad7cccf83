// Definition → graph: ids to indexes, defaults filled in, references to edges. Linear in the size of the definition.
import { TaskId } from "../ids.ts";
import type { Millis } from "../instant.ts";
import type { Json } from "../json.ts";
import type { Priority } from "../priority.ts";
import { itemId, itemName, itemParams, sealedItemId } from "./batch-item.ts";
import { compensationOf, fallbackOf } from "./callees.ts";
import { conditionOf } from "./conditions.ts";
import {
  type Compensation,
  type Definition,
  type Fallback,
  isBatch,
  type TaskDefinition,
} from "./document.ts";
import { durationMs } from "./duration.ts";
import type { ForEach, Graph, TaskNode } from "./graph.ts";
import { type Heads, headsOf } from "./heads.ts";
import { ascending, indexOf, needsOf, unvalidated } from "./needs.ts";
import { DEFAULT_TIMEOUT_MS, priorityOf, retryPolicy } from "./policy.ts";
import { hasTemplates, literally } from "./references.ts";
import { taskIdOf } from "./slug.ts";
import { calledBy, kindOf, paramsOf } from "./task-kind.ts";

type Written = TaskDefinition & { readonly batchFile?: string };

/** What a run brings along for tasks whose document says nothing. */
export type Ambient = {
  readonly priority?: Priority;
  readonly timeoutMs?: Millis;
  /** Ids of a batch's tasks are control fields, so that they say nothing of a file then. */
  readonly isSealed?: boolean;
};

/** Of a validated definition; `batchFiles` are the files of a batch in their order. */
export function compile(
  definition: Definition,
  batchFiles: readonly string[] = [],
  ambient: Ambient = {},
): Graph {
  const tasks = isBatch(definition) ? batchTasks(definition, batchFiles, ambient) : (definition.tasks ?? []);
  const heads = headsOf(tasks);
  const nodes = tasks.map((task, index) => nodeOf(task, index, definition, heads, ambient));
  const dependents: number[][] = nodes.map(() => []);
  for (const { index, dependencies } of nodes) {
    for (const dependency of dependencies) dependents[dependency]?.push(index);
  }
  const linked: readonly TaskNode[] = nodes.map((node) => ({
    ...node,
    dependents: dependents[node.index] ?? [],
  }));
  const sinks = linked.filter((node) => node.dependents.length === 0).map((node) => node.index);
  const { outputs, timeout } = definition;
  return {
    name: definition.name,
    nodes: linked,
    indexOf: new Map(linked.map(({ id, index }) => [id, index])),
    heads,
    outputs,
    outputNeeds: outputs === undefined ? sinks : needsOf(outputs, heads).all,
    sinks,
    maxParallelTasks: parallelism(definition),
    timeoutMs: timeout === undefined ? undefined : durationMs(timeout),
    failFast: definition.fail_fast ?? false,
    isBatch: isBatch(definition),
    inputs: definition.inputs ?? {},
    signals: new Set(linked.flatMap(({ wait }) => (wait?.kind === "signal" ? [wait.signal] : []))),
  };
}

function nodeOf(
  task: Written,
  index: number,
  definition: Definition,
  heads: Heads,
  ambient: Ambient,
): TaskNode {
  const id = TaskId.parse(taskIdOf(task, index));
  const kind = kindOf(task);
  const fallbacks = (task.fallback ?? []).map((other) => fallbackOf(task, other, heads));
  const compensate = task.compensate && compensationOf(task.compensate, heads);
  const { affinity, hash_key: hashKey } = task;
  const needs = needsOf([kind.params, task.cache?.key ?? "", affinity ?? "", hashKey ?? ""], heads);
  const when = task.when === undefined ? undefined : conditionOf(task.when, heads);
  const listNeeds = needsOf(task.for_each ?? [], heads);
  const declared = (task.dependencies ?? []).map((head) => indexOf(head, heads));
  const preferred = definition.defaults?.provider;
  const timeout = task.timeout ?? definition.defaults?.timeout;
  return {
    index,
    id,
    name: task.name ?? id,
    ...kind,
    isDynamic: hasTemplates(kind.params),
    fallbacks,
    dependencies: ascending([
      ...declared,
      ...needs.all,
      ...listNeeds.all,
      ...(when?.needs ?? []),
      ...fallbacks.flatMap((other) => other.needs),
      ...(compensate?.needs ?? []).filter((other) => other !== index),
    ]),
    dependents: [],
    needs: needs.all,
    strictNeeds: ascending([...needs.strict, ...listNeeds.strict, ...(when?.strictNeeds ?? [])]),
    ...(when && { when }),
    timeoutMs: timeout === undefined ? unlimited(kind.child !== undefined, ambient) : durationMs(timeout),
    retry: retryPolicy(task.retry ?? definition.defaults?.retry),
    priority: priorityOf(task.priority) ?? ambient.priority ?? priorityOf(definition.priority) ?? "normal",
    onFailure: task.on_failure ?? "fail",
    onWorkerLost: task.on_worker_lost ?? "retry",
    ...(compensate && { compensate }),
    ...(task.cache && { cache: cacheOf(task.cache) }),
    ...((affinity ?? hashKey) !== undefined && {
      steer: { ...(affinity !== undefined && { affinity }), ...(hashKey !== undefined && { hashKey }) },
    }),
    ...(task.provider !== undefined && { provider: task.provider }),
    ...(preferred !== undefined && { preferredProvider: preferred }),
    ...(task.batchFile !== undefined && { batchFile: task.batchFile }),
    ...(task.for_each !== undefined && { forEach: forEachOf(task, task.for_each, definition, heads) }),
  };
}

const cacheOf = ({
  key = "",
  ttl,
}: NonNullable<TaskDefinition["cache"]>): NonNullable<TaskNode["cache"]> => ({
  key,
  ...(ttl !== undefined && { ttlMs: durationMs(ttl) }),
});

/** A run may wait for people; its tasks have their own limits. */
const unlimited = (isRun: boolean, { timeoutMs }: Ambient): Millis =>
  isRun ? Infinity : (timeoutMs ?? DEFAULT_TIMEOUT_MS);

/** A run that stops at its first failure does not try the other elements either, unless it may fail at all. */
const forEachOf = (
  task: TaskDefinition,
  list: Json,
  { fail_fast: general }: Definition,
  heads: Heads,
): ForEach => ({
  list,
  needs: needsOf(list, heads).all,
  maxParallel: task.max_parallel,
  failFast: task.fail_fast ?? (general === true && task.on_failure !== "continue"),
});

function batchTasks(
  { template, protocol }: Definition,
  files: readonly string[],
  { isSealed = false }: Ambient,
): readonly Written[] {
  if (!template) throw unvalidated("a batch without a template");
  const task = protocol === undefined ? template : { protocol, ...template };
  const { params, ...target } = kindOf(task);
  return files.map((file, index) => ({
    ...task,
    id: isSealed ? sealedItemId(index) : itemId(file, index),
    name: itemName(file),
    params: itemParams(target, params, file),
    ...(task.workflow !== undefined && { inputs: { ...task.inputs, file_path: literally(file) } }),
    ...(task.fallback && { fallback: task.fallback.map((other) => itemFallback(task, other, file)) }),
    ...(task.compensate && { compensate: itemCompensation(task.compensate, file) }),
    batchFile: file,
  }));
}

function itemFallback(task: TaskDefinition, other: Fallback, file: string): Fallback {
  const target = calledBy(other.method === undefined ? task : { method: other.method });
  return { ...other, params: itemParams(target, other.params ?? paramsOf(task), file) };
}

/** It undoes what was done with that file. */
const itemCompensation = (compensate: Compensation, file: string): Compensation => ({
  ...compensate,
  params: itemParams(calledBy(compensate), compensate.params ?? {}, file),
});

/** A batch may be limited in two places; the smaller number counts. */
function parallelism({ max_parallel_tasks: tasks, batch }: Definition): number | undefined {
  const limits = [tasks, batch?.max_parallel].filter((limit) => limit !== undefined);
  return limits.length === 0 ? undefined : Math.min(...limits);
}
