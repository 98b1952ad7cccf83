// What a fork takes over from the run it came from: results that rest on nothing that runs again.
import {
  elementsOf,
  type Graph,
  isUndone,
  nodeAt,
  type Revision,
  type RunState,
  type TaskId,
  taskAt,
} from "../domain/index.ts";
import { foldRun, type Submission } from "./history.ts";
import type { EventStore } from "./ports/index.ts";

/** Task → revision in the earlier run; empty for a run that is no fork. */
export async function reusableOf(
  events: EventStore,
  { forkedFrom }: Submission,
  tenant: string,
  graph: Graph,
): Promise<ReadonlyMap<TaskId, Revision>> {
  if (!forkedFrom) return new Map();
  return reusableIn(
    await foldRun(events, forkedFrom.run, tenant, graph, {
      until: forkedFrom.revision,
      reusable: new Map(),
    }),
  );
}

function reusableIn(state: RunState): ReadonlyMap<TaskId, Revision> {
  const found = new Map<TaskId, Revision>();
  /** These, and what their conditions will skip again: they are asked with the same values. */
  const settled = new Set<number>();
  const take = (index: number): void => {
    const { status, outcomeAt, doom } = taskAt(state, index);
    const succeeded = status === "succeeded" && outcomeAt !== undefined && !isUndone(state, index);
    if (succeeded) found.set(nodeAt(state, index).id, outcomeAt);
    if (succeeded || (status === "skipped" && doom === undefined)) settled.add(index);
  };
  for (const index of inOrderOfDependency(state.graph)) {
    const elements = [...elementsOf(state, index)];
    const isWhole = !elements.some((element) => isUndone(state, element));
    if (!nodeAt(state, index).dependencies.every((dependency) => settled.has(dependency))) continue;
    if (isWhole) take(index);
    for (const element of nodeAt(state, index).agent ? toldOf(state, index) : elements) take(element);
  }
  return found;
}

/**
 * What an agent has done up to where something failed or was turned down: that is done again, and may come out otherwise,
 * so nothing that followed from it holds.
 */
function toldOf(state: RunState, agent: number): readonly number[] {
  const told: number[] = [];
  for (const { base, count } of state.additions.get(agent) ?? []) {
    const added = Array.from({ length: count }, (_, i) => base + i);
    const done = added.filter((index) => taskAt(state, index).status === "succeeded");
    told.push(...done);
    if (done.length < count) break;
  }
  return told;
}

function inOrderOfDependency(graph: Graph): readonly number[] {
  const unmet = graph.nodes.map(({ dependencies }) => dependencies.length);
  const order = graph.nodes.filter(({ dependencies }) => dependencies.length === 0).map(({ index }) => index);
  for (let i = 0; i < order.length; i += 1) {
    for (const dependent of graph.nodes[order[i] ?? -1]?.dependents ?? []) {
      const left = (unmet[dependent] ?? 0) - 1;
      unmet[dependent] = left;
      if (left === 0) order.push(dependent);
    }
  }
  return order;
}
