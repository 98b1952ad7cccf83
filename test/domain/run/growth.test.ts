// The tasks that a run grows by: what they are called, where they stand, and what they have of the task they come from.
import { describe, expect, test } from "vitest";
import {
  additionOf,
  begin,
  elementsOf,
  errorInfo,
  evolve,
  indexOf,
  nodeAt,
  type RunCommand,
  type RunEvent,
  type RunState,
  rollback,
  TaskId,
  taskAt,
  taskNamed,
} from "../../../src/domain/index.ts";
import { failed, given, NOON, scheduled, succeeded } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const added = (count: number, template = "x"): RunEvent => ({
  type: "TasksAdded",
  data: { template: TaskId.parse(template), count },
});
const graph = graphOf({
  a: {},
  x: { each: { maxParallel: 2 }, priority: "high", onFailure: "fail", compensate: true, when: {} },
  y: { each: {}, onFailure: "pause" },
});
const at = (state: RunState, id: string) => indexOf(state, task(id));
const then = (state: RunState, event: RunEvent, now = NOON) =>
  evolve(state, event, { revision: state.head.revision + 1, at: now });

describe("an element", () => {
  test("is found by the name of its task and its number, written as numbers are", () => {
    const { state } = given(graph, added(2), added(1, "y"), added(2));
    expect(["x[0]", "x[1]", "y[0]", "x[2]", "x[3]"].map((id) => at(state, id))).toEqual([3, 4, 5, 6, 7]);
    for (const id of [
      "x[4]",
      "x[01]",
      "z[0]",
      "a[0]",
      "x[0][0]",
      "x[1000000000000000000]",
      "compensate:x[0]",
    ])
      expect(at(state, id), id).toBeUndefined();
    expect([...elementsOf(state, 1)]).toEqual([3, 4, 6, 7]);
    expect([...elementsOf(state, 0)]).toEqual([]);
  });

  test("knows which addition brought it", () => {
    const { state } = given(graph, added(2), added(2));
    expect([0, 1, 2, 3, 4].map((n) => additionOf(state, 1, n)?.base)).toEqual([3, 3, 5, 5, undefined]);
    expect(additionOf(state, 1, 3)).toEqual({ of: 1, first: 2, base: 5, count: 2, at: 3 });
    expect(additionOf(state, 0, 0)).toBeUndefined();
  });

  test("is called as its task is, and answers for itself alone", () => {
    const { state } = given(graph, added(1), added(1, "y"));
    expect(nodeAt(state, 3)).toMatchObject({
      index: 3,
      id: "x[0]",
      name: "x[0]",
      priority: "high",
      dependencies: [],
      dependents: [1],
      onFailure: "continue",
      element: { of: 1, n: 0 },
    });
    expect(nodeAt(state, 3)).not.toHaveProperty("forEach");
    expect(nodeAt(state, 3)).not.toHaveProperty("when");
    expect(nodeAt(state, 4).onFailure).toBe("pause");
  });

  test("is a task like any other to whoever asks by name", () => {
    const { state } = given(graph, added(1));
    expect(taskNamed(state, "x[0]")?.index).toBe(3);
    expect(taskNamed(state, "x")?.index).toBe(1);
    expect(taskNamed(state, "x[1]")).toBeUndefined();
    expect(taskNamed(state, "no such task")).toBeUndefined();
  });
});

describe("the elements of a task", () => {
  test("make it wait for all of them, from when the first came", () => {
    const { state } = given(graph);
    const before = state.head.unfinished;
    then(state, added(3), NOON + 4);
    then(state, added(2), NOON + 9);
    expect(state.head.unfinished).toBe(before + 5);
    expect(taskAt(state, 1)).toMatchObject({
      unmet: 5,
      startedAt: NOON + 4,
      elements: { count: 5, released: 2, busy: 0, halted: false },
    });
  });

  test("begin one for each that ends, also those that came later", () => {
    const { state } = given(graph, added(1), scheduled("x[0]"));
    expect(taskAt(state, 1).elements).toEqual({ count: 1, released: 1, busy: 1, halted: false });
    then(state, succeeded("x[0]"));
    expect(taskAt(state, 1).elements).toEqual({ count: 1, released: 1, busy: 0, halted: false });
    then(state, added(4));
    expect(taskAt(state, 1).elements).toMatchObject({ count: 5, released: 3 });
    then(state, scheduled("x[1]"));
    then(state, failed("x[1]"));
    expect(taskAt(state, 1).elements).toEqual({ count: 5, released: 4, busy: 0, halted: false });
  });

  test("are gone when the step that added them is taken back", () => {
    const { state } = given(graph, added(2));
    begin(state);
    then(state, added(1));
    then(state, added(1, "y"));
    rollback(state);
    expect(state.tasks).toHaveLength(5);
    expect(state.added).toHaveLength(2);
    expect([...elementsOf(state, 1)]).toEqual([3, 4]);
    expect([...elementsOf(state, 2)]).toEqual([]);
    expect(at(state, "x[2]")).toBeUndefined();
    expect(taskAt(state, 1)).toMatchObject({ unmet: 2, elements: { count: 2 } });
  });

  test("that had not begun when their task ended will not", () => {
    const { state } = given(graph, added(3), scheduled("x[0]"), succeeded("x[0]"));
    const before = state.head.unfinished;
    then(state, { type: "TaskCancelled", data: { task: task("x"), attempt: 0 } });
    expect([3, 4, 5].map((index) => taskAt(state, index).status)).toEqual([
      "succeeded",
      "cancelled",
      "cancelled",
    ]);
    expect(state.head.unfinished).toBe(before - 3);
    expect(taskAt(state, 1).unmet).toBe(0);
  });
});

const repeated = graphOf({ x: { each: {} } });

test("a repeated task comes to nothing but what its elements came to", () => {
  const error = errorInfo("TASK_EXECUTION_FAILED", "1 of 2 failed");
  const gone = [added(2), scheduled("x[0]"), succeeded("x[0]"), scheduled("x[1]"), failed("x[1]")] as const;
  const command: RunCommand = { type: "GatherResults", task: task("x"), error };
  const [end] = given(repeated, ...gone)
    .when(command, NOON + 9)
    .accepted();
  expect(end).toMatchObject({
    type: "TaskFailed",
    data: { task: "x", attempt: 0, durationMs: 9, final: true },
  });
  expect(end?.data).toMatchObject({ values: { error: { message: "1 of 2 failed" } } });
  expect(JSON.stringify(end)).not.toContain('"result"');
  const kept = given(repeated, ...gone).when({ ...command, results: [1] });
  expect(kept.accepted()).toMatchObject([{ data: { values: { result: [1] } } }]);
  const empty = given(repeated, added(0)).when({ type: "GatherResults", task: task("x") });
  expect(empty.accepted()).toMatchObject([{ type: "TaskSucceeded", data: { values: { result: [] } } }]);
});
