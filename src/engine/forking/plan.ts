// What a fork would take over and what it would do again, before it does.
import {
  indexOf,
  nodeAt,
  type Revision,
  type RunId,
  type TaskId,
  type TaskStatus,
  taskAt,
} from "../../domain/index.ts";
import { methodText } from "../reading/method-text.ts";
import type { PreparedFork } from "./fork.ts";

export type ForkPlan = {
  readonly runId: RunId;
  readonly dryRun: true;
  readonly forkedFrom: { readonly run: RunId; readonly revision: Revision };
  readonly reused: readonly { readonly task: TaskId; readonly revision: Revision }[];
  /** Results that were set. */
  readonly given: readonly TaskId[];
  /** `was`: how it stood in the earlier run; absent where there was none. */
  readonly again: readonly { readonly task: TaskId; readonly method: string; readonly was?: TaskStatus }[];
};

export function forkPlan(
  { prepared: { run, submission }, driven: { state }, graph }: PreparedFork,
  reusable: ReadonlyMap<TaskId, Revision>,
): ForkPlan {
  const { forkedFrom = { run, revision: 0 } } = submission;
  const given = new Set<TaskId>(forkedFrom.results ?? []);
  const inside = state.added
    .filter(({ element }) => element !== undefined)
    .map(({ index }) => nodeAt(state, index));
  const isWithin = (index: number | undefined): boolean =>
    index !== undefined && reusable.has(nodeAt(state, index).id);
  const all = [...graph.nodes, ...inside.filter(({ element }) => !isWithin(element?.of))];
  return {
    runId: forkedFrom.run,
    dryRun: true,
    forkedFrom: { run: forkedFrom.run, revision: forkedFrom.revision },
    reused: [...reusable].map(([task, revision]) => ({ task, revision })),
    given: [...given],
    again: all
      .filter(({ id }) => !reusable.has(id) && !given.has(id))
      .map((node) => {
        const index = indexOf(state, node.id);
        const method = node.child?.workflow ?? methodText(node);
        return { task: node.id, method, ...(index !== undefined && { was: taskAt(state, index).status }) };
      }),
  };
}
