// Small graphs for tests of the run's rules, without documents.

import { headsOf, TaskId } from "../../../src/domain/index.ts";
import type {
  ApprovalNode,
  Graph,
  RetryPolicy,
  TaskNode,
  WaitNode,
} from "../../../src/domain/workflow/graph.ts";

const NO_RETRY: RetryPolicy = {
  maxAttempts: 3,
  backoff: "fixed",
  baseDelayMs: 1000,
  maxDelayMs: 300_000,
  jitter: false,
  on: [],
  never: [],
};

export type TaskSpec = {
  readonly after?: readonly string[];
  readonly needs?: readonly string[];
  readonly onFailure?: TaskNode["onFailure"];
  readonly onWorkerLost?: "retry" | "fail";
  readonly retry?: Partial<RetryPolicy>;
  readonly priority?: TaskNode["priority"];
  /** Methods of `echo/v1`. */
  readonly fallbacks?: readonly string[];
  /** A condition that takes the results of these for granted, or only asks for their status. */
  readonly when?: { readonly results?: readonly string[]; readonly statuses?: readonly string[] };
  /** The task is repeated. */
  readonly each?: { readonly failFast?: boolean; readonly maxParallel?: number };
  /** The task is an agent with these tools, methods of `echo/v1`. */
  readonly agent?: { readonly tools: readonly string[]; readonly asks?: readonly string[] };
  /** A method `undo` of `echo/v1` undoes it. */
  readonly compensate?: boolean;
  /** The task is a run of another workflow. */
  readonly child?: boolean;
  readonly wait?: WaitNode;
  readonly approval?: ApprovalNode;
};

export type GraphSpec = { readonly [id: string]: TaskSpec };

export const task = (id: string): TaskId => TaskId.parse(id);

/** `after` declares, `needs` refers to results as well. */
export function graphOf(spec: GraphSpec, more: Partial<Graph> = {}): Graph {
  const ids = Object.keys(spec);
  const position = new Map(ids.map((id, i) => [id, i]));
  const at = (names: readonly string[] = []): number[] =>
    names.map((name) => position.get(name) ?? -1).sort((a, b) => a - b);
  const dependents: number[][] = ids.map(() => []);
  ids.forEach((id, index) => {
    for (const dependency of dependenciesOf(spec[id], at)) dependents[dependency]?.push(index);
  });
  const nodes = ids.map((id, index): TaskNode => {
    const one = spec[id] ?? {};
    return {
      index,
      id: task(id),
      name: id,
      protocol: "echo/v1",
      method: "echo",
      params: {},
      isDynamic: false,
      dependencies: dependenciesOf(one, at),
      dependents: dependents[index] ?? [],
      needs: at(one.needs),
      strictNeeds: at([...(one.needs ?? []), ...(one.when?.results ?? [])]),
      ...(one.when && {
        when: {
          text: "true",
          reads: [],
          needs: at([...(one.when.results ?? []), ...(one.when.statuses ?? [])]),
          strictNeeds: at(one.when.results),
        },
      }),
      timeoutMs: 60_000,
      fallbacks: (one.fallbacks ?? []).map((method) => ({
        protocol: "echo/v1",
        method,
        params: {},
        isDynamic: false,
        needs: [],
      })),
      retry: { ...NO_RETRY, ...one.retry },
      priority: one.priority ?? "normal",
      onFailure: one.onFailure ?? "fail",
      onWorkerLost: one.onWorkerLost ?? "retry",
      ...(one.each && {
        forEach: { list: [], needs: [], failFast: false, maxParallel: undefined, ...one.each },
      }),
      ...(one.agent && { agent: agentOf(one.agent) }),
      ...(one.compensate && {
        compensate: { protocol: "echo/v1", method: "undo", params: {}, isDynamic: false, needs: [index] },
      }),
      ...(one.child && { child: { workflow: "part.yaml" } }),
      ...(one.wait && { wait: one.wait }),
      ...(one.approval && { approval: one.approval }),
    };
  });
  const sinks = nodes.filter((node) => node.dependents.length === 0).map(({ index }) => index);
  return {
    name: "test",
    nodes,
    heads: headsOf(nodes.map(({ id, name }) => ({ id, name }))),
    indexOf: new Map(nodes.map(({ id, index }) => [id, index])),
    outputs: undefined,
    outputNeeds: sinks,
    sinks,
    maxParallelTasks: undefined,
    timeoutMs: undefined,
    failFast: false,
    isBatch: false,
    inputs: {},
    signals: new Set(nodes.flatMap(({ wait }) => (wait?.kind === "signal" ? [wait.signal] : []))),
    ...more,
  };
}

function dependenciesOf(one: TaskSpec | undefined, at: (names?: readonly string[]) => number[]): number[] {
  const asked = [...(one?.when?.results ?? []), ...(one?.when?.statuses ?? [])];
  return [...new Set([...at(one?.after), ...at(one?.needs), ...at(asked)])].sort((a, b) => a - b);
}

const agentOf = ({ tools, asks = [] }: NonNullable<TaskSpec["agent"]>): NonNullable<TaskNode["agent"]> => ({
  tools: tools.map((name) => ({
    protocol: "echo/v1",
    method: name,
    name,
    onFailure: "continue",
    asks: asks.includes(name),
  })),
  approval: { min: 1, onTimeout: "fail" },
});
