import { describe, expect, test } from "vitest";
import {
  type Json,
  type JsonObject,
  nextAction,
  type RunEvent,
  settingOf,
  withValue,
} from "../../../src/domain/index.ts";
import { fail, schedule } from "./commands.ts";
import { failed, given, NOON, scheduled, succeeded } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const capacity = { slots: 9, now: NOON };
const graph = graphOf(
  { a: { onFailure: "pause" }, b: { needs: ["a"] }, c: { onFailure: "pause" } },
  { inputs: { seats: { type: "integer" } } },
);
const paused = (id: string): RunEvent => ({
  type: "RunPaused",
  data: { cause: "task-failed", task: task(id) },
});
const stopped = [scheduled("a"), failed("a"), paused("a")];
const resumed: RunEvent = { type: "RunResumed", data: {} };
const resume = (set: JsonObject) => ({ type: "ResumeRun", set }) as const;

describe("a task that pauses its run", () => {
  test("fails for good first, and then holds the run", () => {
    const events = given(graph, scheduled("a"))
      .when(fail("a", 1, "TASK_EXECUTION_FAILED"))
      .accepted();
    expect(events).toMatchObject([{ type: "TaskFailed", data: { final: true } }, paused("a")]);
    const { state } = given(graph, ...stopped);
    expect(state.head).toMatchObject({ status: "paused", failed: 0, held: [0] });
    expect(nextAction(state, capacity)).toBeUndefined();
  });

  test("is tried again after a resume, under the next number, with all its retries", () => {
    const again = given(graph, ...stopped, resumed);
    expect(nextAction(again.state, capacity)).toMatchObject({ type: "scheduleTask", task: "a" });
    expect(again.when(schedule("a")).accepted()).toMatchObject([{ data: { attempt: 2 } }]);
    expect(again.state.tasks[0]).toMatchObject({ status: "waiting", failures: 0, attempt: 1 });
    const done = given(graph, ...stopped, resumed, scheduled("a", 2), succeeded("a", 2));
    expect(done.state.tasks[1]?.unmet).toBe(0);
  });

  test("may be one of several: what runs on may fail while the run is paused", () => {
    const both = given(graph, scheduled("a"), scheduled("c"), failed("a"), paused("a"));
    expect(both.when(fail("c", 1, "TASK_EXECUTION_FAILED")).types()).toEqual(["TaskFailed", "RunPaused"]);
    const held = given(
      graph,
      scheduled("a"),
      scheduled("c"),
      failed("a"),
      paused("a"),
      failed("c"),
      paused("c"),
    );
    expect(held.state.head.held).toEqual([0, 2]);
    const again = given(
      graph,
      scheduled("a"),
      scheduled("c"),
      failed("a"),
      paused("a"),
      failed("c"),
      paused("c"),
      resumed,
    );
    expect(again.state.tasks.map(({ status }) => status)).toEqual(["waiting", "waiting", "waiting"]);
  });

  test("does not hold up a run that is being cancelled", () => {
    const asked: RunEvent = { type: "RunCancelRequested", data: {} };
    expect(
      given(graph, scheduled("a"), asked)
        .when(fail("a", 1, "TASK_EXECUTION_FAILED"))
        .types(),
    ).toEqual(["TaskFailed"]);
    expect(nextAction(given(graph, ...stopped, asked).state, capacity)).toEqual({
      type: "finishRun",
      as: "cancelled",
    });
  });
});

describe("what a resume sets", () => {
  test("is told by its control fields, without the values", () => {
    const set = { "inputs.seats": 4, "tasks.a.params.n": 1, "tasks.b.params.m[0]": 2 };
    expect(
      given(graph, ...stopped)
        .when(resume(set))
        .accepted(),
    ).toEqual([{ type: "RunResumed", data: { inputs: true, params: ["a", "b"], values: { set } } }]);
  });

  test("may be the result of what failed; then it is not called again", () => {
    const events = given(graph, ...stopped)
      .when(resume({ "tasks.a.result": { n: 1 } }))
      .accepted();
    expect(events).toMatchObject([{ type: "RunResumed", data: { results: ["a"] } }]);
    const again = given(graph, ...stopped, ...events);
    expect(nextAction(again.state, { slots: 0, now: NOON })).toEqual({
      type: "giveResult",
      task: "a",
      index: 0,
    });
    expect(again.when({ type: "GiveResult", task: task("a"), result: { n: 1 } }).accepted()).toMatchObject([
      { type: "TaskSucceeded", data: { attempt: 1, given: 5, values: { result: { n: 1 } } } },
    ]);
    given(graph, ...stopped, resumed)
      .when({ type: "GiveResult", task: task("a"), result: 1 })
      .rejected("TaskNotReady");
  });

  test.each([
    [{ "inputs.seat": 1 }, "unknown input `seat`: did you mean `seats`?"],
    [{ "inputs.seats": "x" }, 'input `seats` must be a whole number, not "x"'],
    [{ "tasks.zz.params.x": 1 }, "unknown task `zz`"],
    [
      { "tasks.b.result": 1 },
      "task `b` is waiting: a result is given only for a task that the run is paused for",
    ],
    [{ "tasks.a.result.n": 1 }, "the result of `a` is given as a whole"],
    [{ "tasks.a.status": 1 }, "`tasks.a.status` cannot be set"],
    [{ "run.id": 1 }, "`run.id` cannot be set"],
  ])("%j is refused", (set, message) => {
    const { decision } = given(graph, ...stopped).when(resume(set));
    expect(decision).toMatchObject({ kind: "rejected", rejection: { code: "BadSetting" } });
    expect(decision.kind === "rejected" ? decision.rejection.message : "").toContain(message);
  });

  test("is refused when nothing is paused", () => {
    given(graph, scheduled("a"))
      .when(resume({ "inputs.seats": 1 }))
      .rejected("RunNotPaused");
  });

  test.each([
    ["inputs.x", { of: "inputs", name: "x", path: [] }],
    ["inputs.x.y[2]", { of: "inputs", name: "x", path: ["y", 2] }],
    ['tasks["a b"].params["odd key"]', { of: "params", task: "a b", path: ["odd key"] }],
    ["tasks.a-b.result", { of: "result", task: "a-b", path: [] }],
    ["inputs", undefined],
    ["tasks.a", undefined],
    ["inputs.x ?? 1", undefined],
    ["inputs.x} ", undefined],
  ])("%s names its place", (text, setting) => {
    expect(settingOf(text)).toEqual(setting);
  });

  test("changes that place and nothing else", () => {
    const root: Json = { a: [1, { b: 2 }], c: 3 };
    expect(withValue(root, ["a", 1, "b"], 9)).toEqual({ a: [1, { b: 9 }], c: 3 });
    expect(withValue(root, ["a", 7], 9)).toEqual({ a: [1, { b: 2 }, 9], c: 3 });
    expect(withValue(root, ["c", "d"], 9)).toEqual({ a: [1, { b: 2 }], c: { d: 9 } });
    expect(withValue(undefined, ["x", "y"], 9)).toEqual({ x: { y: 9 } });
    expect(root).toEqual({ a: [1, { b: 2 }], c: 3 });
  });
});
