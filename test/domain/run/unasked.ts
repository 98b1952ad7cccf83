// Events that a log may hold though no command of today leads to them.
import { isFinal, nodeAt, type RunEvent, type RunState, taskAt } from "../../../src/domain/index.ts";

/** Of one of the tasks that run, the `n`th in a circle. */
export function unasked(n: number, state: RunState): readonly RunEvent[] {
  const running = state.tasks.flatMap(({ status }, index) => (status === "running" ? [index] : []));
  const index = running[n % Math.max(1, running.length)];
  if (index === undefined || isFinal(state.head.status)) return [];
  const { attempt } = taskAt(state, index);
  return [
    { type: "TaskLeaseExtended", data: { task: nodeAt(state, index).id, attempt, leaseMs: 1000 + (n % 9) } },
  ];
}
