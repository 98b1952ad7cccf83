// What a run owes next: who goes first, what waits for room, and what comes due by itself.
import { describe, expect, test } from "vitest";
import { evolve, initial, nextAction, nextDue, type RunEvent, RunId } from "../../../src/domain/index.ts";
import type { Graph } from "../../../src/domain/workflow/graph.ts";
import { failed, fold, given, NOON, retryAt, scheduled, started, submitted, succeeded } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const owed = (graph: Graph, log: readonly RunEvent[] = [], slots = 1, now = NOON) =>
  nextAction(given(graph, ...log).state, { slots, now });
const unclaimed = (id: string): RunEvent => {
  const { claim: _, ...data } = scheduled(id).data;
  return { type: "TaskScheduled", data };
};
const cancelled = (id: string, attempt = 1): RunEvent => ({
  type: "TaskCancelled",
  data: { task: task(id), attempt },
});
const cancelling: RunEvent = { type: "RunCancelRequested", data: {} };
const paused: RunEvent = { type: "RunPaused", data: { cause: "request" } };
const run = RunId.parse("018f2f4e-0000-7000-8000-00000000000a");
const childStarted = (id: string): RunEvent => ({
  type: "ChildRunStarted",
  data: { task: task(id), attempt: 1, run },
});

describe("before and after", () => {
  test("a run that does not go on owes nothing", () => {
    const graph = graphOf({ a: {} }, { timeoutMs: 5000 });
    for (const log of [[], [submitted], [submitted, started, paused]])
      expect(nextAction(fold(graph, log), { slots: 9, now: NOON })).toBeUndefined();
    const over: RunEvent = { type: "RunSucceeded", data: { durationMs: 0 } };
    const ended = given(graph, scheduled("a"), succeeded("a"), over).state;
    expect(nextAction(ended, { slots: 9, now: NOON + 9000 })).toBeUndefined();
    expect(nextDue(ended)).toBeUndefined();
    expect(nextDue(initial(graph))).toBeUndefined();
  });

  test("a run that was never started is ended when it is cancelled, not for its timeout", () => {
    const graph = graphOf({ a: {} }, { timeoutMs: 0 });
    expect(nextAction(fold(graph, [submitted]), { slots: 1, now: NOON + 9 })).toBeUndefined();
    const asked = fold(graph, [submitted, cancelling]);
    expect(nextAction(asked, { slots: 1, now: NOON })).toEqual({ type: "finishRun", as: "cancelled" });
  });

  test("all is done when no task is left", () => {
    expect(owed(graphOf({ a: {} }), [scheduled("a"), succeeded("a")], 0)).toEqual({
      type: "finishRun",
      as: "ended",
    });
  });
});

describe("what is started next", () => {
  test("is the most urgent, then the first of the document", () => {
    const graph = graphOf({ low: { priority: "low" }, a: {}, b: {}, top: { priority: "urgent" } });
    expect(owed(graph)).toMatchObject({ task: "top" });
    expect(owed(graph, [scheduled("top")])).toMatchObject({ task: "a" });
    expect(owed(graph, [scheduled("top"), scheduled("a")])).toMatchObject({ task: "b" });
    expect(
      owed(
        graph,
        ["top", "a", "b"].map((id) => scheduled(id)),
      ),
    ).toMatchObject({ task: "low" });
  });

  test("are elements in the place of their task, in their order", () => {
    const graph = graphOf({ x: { each: {} }, y: {} });
    const added: RunEvent = { type: "TasksAdded", data: { template: task("x"), count: 2 } };
    expect(owed(graph, [added])).toMatchObject({ task: "x[0]" });
    expect(owed(graph, [added, scheduled("x[0]")])).toMatchObject({ task: "x[1]" });
    expect(owed(graph, [added, scheduled("x[0]"), scheduled("x[1]")])).toMatchObject({ task: "y" });
  });

  test("needs room here, and in the run", () => {
    const graph = graphOf({ a: {}, b: {} }, { maxParallelTasks: 1 });
    expect(owed(graph, [], 0)).toBeUndefined();
    expect(owed(graph, [scheduled("a")], 9)).toBeUndefined();
    expect(owed(graph, [unclaimed("a")], 9)).toEqual({ type: "startTask", task: "a" });
    expect(owed(graph, [scheduled("a"), succeeded("a")], 1)).toMatchObject({ task: "b" });
  });

  test("needs none where nobody has to work on it", () => {
    const waits = graphOf({
      nap: { wait: { kind: "timer" } },
      ask: { approval: { min: 1, onTimeout: "fail" } },
    });
    expect(owed(waits, [], 0)).toEqual({ type: "startWait", task: "nap", index: 0 });
    const asleep: RunEvent = { type: "WaitStarted", data: { task: task("nap") } };
    expect(owed(waits, [asleep], 0)).toEqual({ type: "startWait", task: "ask", index: 1 });
    const reusable = initial(graphOf({ a: {} }), new Map([[task("a"), 7]]));
    evolve(reusable, submitted, { revision: 0, at: NOON });
    evolve(reusable, started, { revision: 1, at: NOON });
    expect(nextAction(reusable, { slots: 0, now: NOON })).toEqual({
      type: "reuseResult",
      task: "a",
      index: 0,
    });
  });

  test("is a retry only when it is due, also when the clock went back meanwhile", () => {
    const { state } = given(
      graphOf({ a: {} }),
      scheduled("a"),
      failed("a", 1, false),
      retryAt("a", 2, NOON + 9),
    );
    const at = (now: number) => nextAction(state, { slots: 1, now });
    expect(at(NOON + 8)).toBeUndefined();
    expect(at(NOON + 9)).toEqual({ type: "retryTask", task: "a" });
    expect(at(NOON)).toBeUndefined();
    expect(at(NOON + 8)).toBeUndefined();
    expect(at(NOON + 10)).toEqual({ type: "retryTask", task: "a" });
  });
});

describe("runs of its own", () => {
  const names = Array.from({ length: 34 }, (_, i) => `c${i}`);
  const graph = graphOf(Object.fromEntries(names.map((id) => [id, { child: true }])));

  test("hold no slot, but not more than 32 at once", () => {
    expect(owed(graph, [], 0)).toEqual({ type: "scheduleChild", task: "c0", index: 0 });
    expect(owed(graph, [unclaimed("c0")], 0)).toEqual({ type: "startChild", task: "c0", index: 0 });
    const begun = (n: number) => names.slice(0, n).flatMap((id) => [unclaimed(id), childStarted(id)]);
    expect(owed(graph, begun(31), 0)).toMatchObject({ type: "scheduleChild", task: "c31" });
    expect(owed(graph, begun(32), 0)).toBeUndefined();
  });

  test("count among the tasks that may run at once", () => {
    const narrow = { ...graph, maxParallelTasks: 1 };
    expect(owed(narrow, [unclaimed("c0"), childStarted("c0")], 9)).toBeUndefined();
  });

  test("are not stopped by us but asked, so a run that stops waits for them", () => {
    const two = graphOf({ part: { child: true }, call: {} });
    const log = [unclaimed("part"), childStarted("part"), scheduled("call"), cancelling];
    expect(owed(two, log)).toEqual({ type: "cancelTask", task: "call" });
    expect(owed(two, [...log, cancelled("call")])).toBeUndefined();
    expect(owed(two, [...log, cancelled("call"), cancelled("part")])).toEqual({
      type: "finishRun",
      as: "cancelled",
    });
  });
});

describe("a run that stops", () => {
  test("because its time is up, or one failed and it is to fail fast, stops what is under way first", () => {
    const timed = graphOf({ a: {}, b: {} }, { timeoutMs: 5000 });
    expect(owed(timed, [scheduled("a")], 1, NOON + 4999)).toMatchObject({ type: "scheduleTask", task: "b" });
    expect(owed(timed, [scheduled("a")], 1, NOON + 5000)).toEqual({ type: "cancelTask", task: "a" });
    expect(owed(timed, [scheduled("a"), cancelled("a")], 1, NOON + 5000)).toEqual({
      type: "finishRun",
      as: "timed-out",
    });
    const hasty = graphOf({ a: {}, b: {}, c: {} }, { failFast: true });
    expect(owed(hasty, [scheduled("a"), scheduled("b"), failed("a")])).toEqual({
      type: "cancelTask",
      task: "b",
    });
    expect(owed(hasty, [scheduled("a"), failed("a")])).toEqual({ type: "finishRun", as: "failed-fast" });
    expect(owed(hasty, [scheduled("a"), succeeded("a")])).toMatchObject({ type: "scheduleTask", task: "b" });
    const patient = graphOf({ a: {}, b: {} });
    expect(owed(patient, [scheduled("a"), failed("a")])).toMatchObject({ type: "scheduleTask", task: "b" });
  });

  test("does so while it is paused, too", () => {
    const timed = graphOf({ a: {} }, { timeoutMs: 5000 });
    expect(owed(timed, [paused], 1, NOON + 5000)).toEqual({ type: "finishRun", as: "timed-out" });
    expect(owed(timed, [paused, cancelling])).toEqual({ type: "finishRun", as: "cancelled" });
  });
});
