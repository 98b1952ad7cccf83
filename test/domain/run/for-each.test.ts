// A task that is repeated: its elements are tasks of their own, its end is what they came to.
import { describe, expect, test } from "vitest";
import {
  evolve,
  indexOf,
  nextAction,
  type RunEvent,
  type RunState,
  taskAt,
} from "../../../src/domain/index.ts";
import { failed, given, NOON, retryAt, scheduled, succeeded } from "./given.ts";
import { graphOf, type TaskSpec, task } from "./graph-of.ts";

const added = (count: number, template = "x"): RunEvent => ({
  type: "TasksAdded",
  data: { template, count, values: { items: Array.from({ length: count }, (_, i) => i) } },
});
const graph = (each: TaskSpec["each"] = {}, more: TaskSpec = {}) =>
  graphOf({ a: {}, x: { after: ["a"], each, ...more }, z: { after: ["x"] } });
const cancelled = (id: string): RunEvent => ({ type: "TaskCancelled", data: { task: task(id), attempt: 1 } });
const next = (state: RunState) => nextAction(state, { slots: 9, now: NOON });
const begun = [scheduled("a"), succeeded("a")];
const statusOf = (state: RunState, id: string) => taskAt(state, indexOf(state, task(id)) ?? -1).status;

describe("a task that is repeated", () => {
  test("asks for its list once what it waits for has ended, never for a worker", () => {
    expect(next(given(graph()).state)).toMatchObject({ type: "scheduleTask", task: "a" });
    const { state, when } = given(graph(), ...begun);
    expect(next(state)).toMatchObject({ type: "addElements", task: "x" });
    expect(nextAction(state, { slots: 0, now: NOON })).toMatchObject({ type: "addElements" });
    when({ type: "ScheduleTask", task: task("x"), params: {}, idempotencyKey: "k" }).rejected("TaskNotReady");
    const list = when({ type: "AddTasks", template: task("x"), count: 2, items: ["p", "q"] });
    expect(list.accepted()).toEqual([
      { type: "TasksAdded", data: { template: "x", count: 2, values: { items: ["p", "q"] } } },
    ]);
  });

  test("is given elements only when it is ready, and only once", () => {
    const add = { type: "AddTasks", template: task("x"), count: 1, items: [1] } as const;
    given(graph()).when(add).rejected("TaskNotReady");
    given(graph(), ...begun, added(1))
      .when(add)
      .unchanged();
    given(graph())
      .when({ ...add, template: task("a") })
      .rejected("TaskNotReady");
    given(graph())
      .when({ ...add, template: task("nobody") })
      .rejected("TaskNotFound");
  });

  test("has elements that are tasks: started, retried, lost like any other", () => {
    const { state } = given(graph(), ...begun, added(2), scheduled("x[0]"), failed("x[0]", 1, false));
    expect(next(state)).toMatchObject({ type: "scheduleTask", task: "x[1]" });
    evolve(state, retryAt("x[0]", 2, NOON), { revision: state.head.revision + 1, at: NOON });
    expect(statusOf(state, "x[0]")).toBe("retrying");
    expect(indexOf(state, task("x[2]"))).toBeUndefined();
    expect(indexOf(state, task("x[00]"))).toBeUndefined();
    expect(indexOf(state, task("a[0]"))).toBeUndefined();
  });

  test("ends when the last element has ended, and then its dependents may go on", () => {
    const { state, when } = given(graph(), ...begun, added(2), scheduled("x[1]"), succeeded("x[1]"));
    const gather = { type: "GatherResults", task: task("x"), results: [1, 2] } as const;
    when(gather).rejected("TaskNotReady");
    const at = (event: RunEvent) => evolve(state, event, { revision: state.head.revision + 1, at: NOON + 5 });
    at(scheduled("x[0]"));
    at(succeeded("x[0]"));
    expect(next(state)).toMatchObject({ type: "gatherResults", task: "x" });
    const [end] = when(gather, NOON + 20).accepted();
    expect(end).toEqual({
      type: "TaskSucceeded",
      data: { task: "x", attempt: 0, durationMs: 20, values: { result: [1, 2] } },
    });
    if (end) at(end);
    expect(next(state)).toMatchObject({ type: "scheduleTask", task: "z" });
  });

  test("of no elements ends at once", () => {
    expect(next(given(graph(), ...begun, added(0)).state)).toMatchObject({ type: "gatherResults" });
  });

  test("tries every element, then fails; the failure of an element alone is not the run's", () => {
    const { state, when } = given(graph(), ...begun, added(2), scheduled("x[0]"), failed("x[0]"));
    expect(state.head.failed).toBe(0);
    expect(next(state)).toMatchObject({ type: "scheduleTask", task: "x[1]" });
    for (const event of [scheduled("x[1]"), succeeded("x[1]")]) {
      evolve(state, event, { revision: state.head.revision + 1, at: NOON });
    }
    const error = { code: "TASK_EXECUTION_FAILED", message: "one failed", retryable: false } as const;
    const [end] = when({ type: "GatherResults", task: task("x"), error }).accepted();
    expect(end).toMatchObject({ type: "TaskFailed", data: { attempt: 0, final: true } });
    if (end) evolve(state, end, { revision: state.head.revision + 1, at: NOON });
    expect(state.head.failed).toBe(1);
    expect(next(state)).toMatchObject({ type: "skipTask", task: "z" });
  });
});

describe("max_parallel", () => {
  test("lets the next element begin when one has ended, in order", () => {
    const { state } = given(
      graph({ maxParallel: 2 }),
      ...begun,
      added(4),
      scheduled("x[0]"),
      scheduled("x[1]"),
    );
    expect(next(state)).toBeUndefined();
    evolve(state, succeeded("x[1]"), { revision: state.head.revision + 1, at: NOON });
    expect(next(state)).toMatchObject({ type: "scheduleTask", task: "x[2]" });
  });

  test("holds no other task up", () => {
    const two = graphOf({ x: { each: { maxParallel: 1 } }, y: {} });
    expect(next(given(two, added(2), scheduled("x[0]")).state)).toMatchObject({ task: "y" });
  });
});

describe("fail_fast", () => {
  test("stops what has begun, begins nothing more, and ends without the rest", () => {
    const events = [...begun, added(4), scheduled("x[0]"), scheduled("x[1]"), failed("x[1]")];
    const { state, when } = given(graph({ failFast: true }), ...events);
    expect(next(state)).toEqual({ type: "cancelTask", task: "x[0]" });
    evolve(state, cancelled("x[0]"), { revision: state.head.revision + 1, at: NOON });
    expect(next(state)).toMatchObject({ type: "gatherResults", task: "x" });
    when({ type: "ScheduleTask", task: task("x[2]"), params: {}, idempotencyKey: "k" }).rejected(
      "TaskNotReady",
    );
    evolve(state, failed("x", 0), { revision: state.head.revision + 1, at: NOON });
    expect(["x[2]", "x[3]"].map((id) => statusOf(state, id))).toEqual(["cancelled", "cancelled"]);
    expect(state.head.unfinished).toBe(1);
    expect(next(state)).toMatchObject({ type: "skipTask", task: "z" });
  });
});
