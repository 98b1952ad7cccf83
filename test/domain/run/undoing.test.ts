// The tasks that undo others: what they are made of, which is owed when, and what a step taken back leaves of them.
import { describe, expect, test } from "vitest";
import {
  begin,
  evolve,
  indexOf,
  isUndone,
  nextAction,
  nextDue,
  nodeAt,
  type RunEvent,
  type RunState,
  rollback,
  snapshotOf,
  taskAt,
} from "../../../src/domain/index.ts";
import { failed, given, NOON, retryAt, scheduled, succeeded } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const graph = graphOf({
  a: { compensate: true, priority: "high", retry: { maxAttempts: 7 }, onFailure: "pause" },
  b: { compensate: true, onWorkerLost: "fail", fallbacks: ["other"], child: true },
  c: {},
});
const endless = {
  ...graph,
  nodes: graph.nodes.map((node) => (node.id === "b" ? { ...node, timeoutMs: Infinity } : node)),
};
const undo: RunEvent = { type: "RunCompensating", data: { outcome: "cancelled" } };
const done = ["a", "b", "c"].flatMap((id) => [scheduled(id), succeeded(id)]);
const cancelling: RunEvent = { type: "RunCancelRequested", data: {} };
const undoing = (...events: readonly RunEvent[]) => given(endless, ...done, cancelling, undo, ...events);
const owed = (state: RunState, slots = 1, now = NOON) => nextAction(state, { slots, now });
const then = (state: RunState, event: RunEvent) =>
  evolve(state, event, { revision: state.head.revision + 1, at: NOON });

describe("what undoes a task", () => {
  test("calls what its author says, as urgently and as often, and always again when its worker is lost", () => {
    const { state } = undoing();
    expect(nodeAt(state, 4)).toMatchObject({
      id: "compensate:a",
      name: "compensate:a",
      index: 4,
      method: "undo",
      compensates: 0,
      priority: "high",
      retry: { maxAttempts: 7 },
      timeoutMs: 60_000,
      onFailure: "continue",
      onWorkerLost: "retry",
    });
    expect(nodeAt(state, 3)).toMatchObject({
      id: "compensate:b",
      fallbacks: [],
      strictNeeds: [],
      onWorkerLost: "retry",
    });
    expect(Number.isFinite(nodeAt(state, 3).timeoutMs)).toBe(true);
    expect(nodeAt(state, 3)).not.toHaveProperty("child");
  });

  test("comes behind all others, the last end first, each after the one before", () => {
    const { state } = undoing();
    expect([3, 4].map((index) => nodeAt(state, index))).toMatchObject([
      { dependencies: [], dependents: [4] },
      { dependencies: [3], dependents: [] },
    ]);
    expect(state.head).toMatchObject({
      unfinished: 2,
      compensation: { outcome: "cancelled", at: 9, base: 3, count: 2, left: 2, failed: 0 },
    });
    expect(state.head.compensation).not.toHaveProperty("error");
    expect(state.head.compensation).not.toHaveProperty("task");
    expect(indexOf(state, task("compensate:b"))).toBe(3);
    expect(indexOf(state, task("compensate:c"))).toBeUndefined();
    expect(indexOf(state, task("compensate:zzz"))).toBeUndefined();
  });

  test("is owed one at a time, as long as there is room", () => {
    const { state } = undoing();
    expect(owed(state)).toMatchObject({ type: "scheduleTask", task: "compensate:b" });
    expect(owed(state, 0)).toBeUndefined();
    then(state, scheduled("compensate:b"));
    expect(owed(state)).toBeUndefined();
    then(state, succeeded("compensate:b"));
    expect(owed(state)).toMatchObject({ type: "scheduleTask", task: "compensate:a" });
    then(state, scheduled("compensate:a"));
    then(state, failed("compensate:a"));
    expect(owed(state, 0)).toEqual({ type: "finishRun", as: "compensated" });
    expect(state.head.compensation).toMatchObject({ left: 0, failed: 1 });
    expect([0, 1, 2].map((index) => isUndone(state, index))).toEqual([false, true, false]);
  });

  test("is tried again when its time has come, and nothing else comes due", () => {
    const { state } = undoing(scheduled("compensate:b"));
    expect(nextDue(state)).toBeUndefined();
    then(state, failed("compensate:b", 1, false));
    then(state, retryAt("compensate:b", 2, NOON + 50));
    expect(nextDue(state)).toBe(NOON + 50);
    expect(owed(state, 1, NOON + 49)).toBeUndefined();
    expect(owed(state, 1, NOON + 50)).toEqual({ type: "retryTask", task: "compensate:b" });
  });
});

describe("a run that begins to undo", () => {
  test("keeps what it ends with", () => {
    const error = { code: "WORKFLOW_EXECUTION_FAILED", retryable: false } as const;
    const why: RunEvent = { type: "RunCompensating", data: { outcome: "failed", error, task: task("c") } };
    const { state } = given(graph, scheduled("a"), succeeded("a"), why);
    expect(state.head.compensation).toMatchObject({ outcome: "failed", error, task: "c", count: 1 });
  });

  test("is as it was when the step is taken back", () => {
    const { state } = given(graph, ...done, cancelling);
    begin(state);
    then(state, undo);
    rollback(state);
    expect(state.tasks).toHaveLength(3);
    expect(state.undoing.size).toBe(0);
    expect(state.undoable).toEqual([0, 1]);
    expect(state.head).toMatchObject({ status: "running", unfinished: 0, compensation: undefined });
    then(state, undo);
    expect(taskAt(state, 3)).toMatchObject({ status: "waiting", attempt: 0 });
    expect(owed(state)).toMatchObject({ task: "compensate:b" });
  });

  test("has nothing left to undo when nothing can be undone", () => {
    const { state } = given(graph, cancelling, undo);
    expect(state.head.compensation).toMatchObject({ count: 0, left: 0 });
    expect(owed(state)).toEqual({ type: "finishRun", as: "compensated" });
  });

  test("is not kept half undone", () => {
    expect(snapshotOf(undoing().state)).toBeUndefined();
    const { state } = given(graph);
    begin(state);
    expect(() => snapshotOf(state)).toThrow("a snapshot in the middle of a step");
  });
});

test("only what succeeded is undone", () => {
  const log = [scheduled("a"), failed("a"), scheduled("b")] as const;
  const { state } = given(graph, ...log, cancelling, {
    type: "TaskCancelled",
    data: { task: task("b"), attempt: 1 },
  });
  expect(state.undoable).toEqual([]);
  expect(isUndone(state, 0)).toBe(false);
});
