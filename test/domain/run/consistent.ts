// What must hold of a run's state after any event: counts and indexes agree with the tasks themselves.
import { expect } from "vitest";
import {
  elementsOf,
  isOpen,
  nodeAt,
  type RunState,
  type TaskState,
  taskAt,
} from "../../../src/domain/index.ts";

export function consistent(state: RunState): void {
  const open = state.tasks.filter(({ status }) => isOpen(status));
  const held = new Set(state.head.held.map((index) => taskAt(state, index)));
  const isUnfinished = (one: TaskState): boolean => isOpen(one.status) || held.has(one);
  expect(state.head.unfinished).toBe(open.length + held.size);
  expect([...held].every(({ status }) => status === "failed")).toBe(true);
  expect(state.head.running).toBe(state.tasks.filter(({ status }) => status === "running").length);
  expect(state.head.underWay).toBe(open.filter(({ attempt }) => attempt > 0).length);
  const undoing = state.tasks.filter((_, index) => nodeAt(state, index).compensates !== undefined);
  expect(state.head.compensation?.count ?? 0).toBe(undoing.length);
  expect(state.head.compensation?.left ?? 0).toBe(undoing.filter(isUnfinished).length);
  expect(undoing.filter(({ attempt, status }) => isOpen(status) && attempt > 0).length).toBeLessThan(2);
  state.tasks.forEach((one, index) => {
    const unmet = nodeAt(state, index).dependencies.filter((d) => isUnfinished(taskAt(state, d)));
    const elements = [...elementsOf(state, index)].map((element) => taskAt(state, element));
    expect(one.unmet).toBe(unmet.length + elements.filter(isUnfinished).length);
    expect(one.elements?.count ?? 0).toBe(elements.length);
    const busy = elements.filter((element) => isUnfinished(element) && element.attempt > 0);
    expect(one.elements?.busy ?? 0).toBe(busy.length);
    const { forEach, agent } = state.graph.nodes[index] ?? {};
    const most = agent ? Number.POSITIVE_INFINITY : (forEach?.maxParallel ?? 0);
    expect(busy.length).toBeLessThanOrEqual(most);
  });
}
