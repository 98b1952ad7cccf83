// What a fork takes over from the run it came from: results that rest on nothing that runs again.
import {
  elementsOf,
  type Graph,
  indexOf,
  isUndone,
  nodeAt,
  type Revision,
  type RunState,
  runStream,
  type TaskId,
  taskAt,
} from "../../domain/index.ts";
import { foldRun, type Submission, submissionOf } from "../log/history.ts";
import type { EventStore } from "../ports/index.ts";
import { isSameTask } from "./same-task.ts";

type GraphOf = (submission: Submission) => Promise<Graph>;

/** Task → revision in the earlier run; empty for a run that is no fork. `graphOf`: of a run with another document. */
export async function reusableOf(
  events: EventStore,
  submission: Submission,
  tenant: string,
  graph: Graph,
  graphOf: GraphOf = async () => graph,
): Promise<ReadonlyMap<TaskId, Revision>> {
  const { forkedFrom, workflow } = submission;
  if (!forkedFrom) return new Map();
  const first = await submissionOf(events, runStream(forkedFrom.run, tenant));
  if (!first) throw new Error(`run ${forkedFrom.run}, of which this is a fork, is gone`);
  const earlier = first.event.data;
  const isOther = earlier.workflow.hash !== workflow.hash;
  const before = isOther ? await graphOf(earlier) : graph;
  const options = { until: forkedFrom.revision, reusable: new Map() };
  const state = await foldRun(events, forkedFrom.run, tenant, before, options);
  return reusableIn({ state, graph, forkedFrom, areCalleesOther: isOther && areOther(earlier, submission) });
}

/** Which of the workflows that it calls is another one is not looked into. */
const areOther = (earlier: Submission, now: Submission): boolean =>
  JSON.stringify(earlier.workflows ?? []) !== JSON.stringify(now.workflows ?? []);

type Fork = {
  /** Of the earlier run. */
  readonly state: RunState;
  /** Of the fork. */
  readonly graph: Graph;
  readonly forkedFrom: NonNullable<Submission["forkedFrom"]>;
  readonly areCalleesOther: boolean;
};

function reusableIn(fork: Fork): ReadonlyMap<TaskId, Revision> {
  const { state, graph } = fork;
  const found = new Map<TaskId, Revision>();
  const { again = [], results = [] } = fork.forkedFrom;
  const renewed = new Set([...again, ...results]);
  /** These, and what their conditions will skip again: they are asked with the same values. Of the fork. */
  const settled = new Set<number>();

  const take = (index: number): boolean => {
    const { status, outcomeAt, doom } = taskAt(state, index);
    const { id } = nodeAt(state, index);
    if (renewed.has(id)) return false;
    const succeeded = status === "succeeded" && outcomeAt !== undefined && !isUndone(state, index);
    if (succeeded) found.set(id, outcomeAt);
    return succeeded || (status === "skipped" && doom === undefined);
  };

  for (const now of inOrderOfDependency(graph)) {
    const node = graph.nodes[now];
    const index = node && indexOf(state, node.id);
    if (node === undefined || index === undefined || !isSameTask(fork, node, nodeAt(state, index))) continue;
    if (!node.dependencies.every((dependency) => settled.has(dependency))) continue;
    const elements = [...elementsOf(state, index)];
    const inside = elements.filter((element) => renewed.has(nodeAt(state, element).id));
    const isWhole = inside.length === 0 && !elements.some((element) => isUndone(state, element));
    if (isWhole && take(index)) settled.add(now);
    // Its own params reach every element; those of an agent its next turn, where one is named to begin with.
    if (renewed.has(node.id) && !(node.agent && inside.length > 0)) continue;
    const kept = node.agent ? toldOf(state, index, renewed) : elements;
    for (const element of kept) take(element);
  }
  return found;
}

/**
 * What an agent has done up to where something failed, was turned down or is to be otherwise: that is done again, and may
 * come out otherwise, so nothing that followed from it holds.
 */
function toldOf(state: RunState, agent: number, renewed: ReadonlySet<TaskId>): readonly number[] {
  const told: number[] = [];
  for (const { base, count } of state.additions.get(agent) ?? []) {
    const added = Array.from({ length: count }, (_, i) => base + i);
    const isNew = (index: number): boolean => renewed.has(nodeAt(state, index).id);
    const isDone = (index: number): boolean =>
      taskAt(state, index).status === "succeeded" &&
      !isNew(index) &&
      !nodeAt(state, index).dependencies.some(isNew);
    const done = added.filter(isDone);
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
