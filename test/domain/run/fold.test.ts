// What single events leave in the state of a run, and in which order it then owes what it owes.
import { describe, expect, test } from "vitest";
import {
  evolve,
  initial,
  instantOf,
  nextAction,
  nextDue,
  nodeAt,
  type RunEvent,
  type RunState,
} from "../../../src/domain/index.ts";
import type { Graph } from "../../../src/domain/workflow/graph.ts";
import { failed, fold, given, ME, NOON, OTHER, retryAt, scheduled, submitted, succeeded } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const then = (state: RunState, ...events: readonly RunEvent[]) => {
  for (const event of events) evolve(state, event, { revision: state.head.revision + 1, at: NOON });
};
const owed = (state: RunState, slots = 1, now = NOON) => nextAction(state, { slots, now });
const names = ["a", "b", "c", "d", "e"];
const many = graphOf(Object.fromEntries(names.map((id) => [id, {}])));

describe("what an event leaves", () => {
  test("is a new owner", () => {
    expect(
      given(many, { type: "RunOwnerChanged", data: { owner: OTHER, previous: ME } }).state.head.owner,
    ).toBe(OTHER);
  });

  test("is where a resume has set something", () => {
    const paused: RunEvent = { type: "RunPaused", data: { cause: "request" } };
    const set: RunEvent = {
      type: "RunResumed",
      data: { inputs: true, params: [task("a"), task("b")], results: [task("a")] },
    };
    const plain: RunEvent = { type: "RunResumed", data: {} };
    const { state } = given(many, paused, plain, paused, set, paused, set);
    expect(state.head.inputsAt).toEqual([5, 7]);
    expect(state.tasks.map(({ changedAt }) => changedAt)).toEqual([[5, 7], [5, 7], [], [], []]);
    expect(state.tasks.map(({ givenAt }) => givenAt)).toEqual([7, ...Array.from({ length: 4 })]);
    expect(given(many, paused, plain).state.head.inputsAt).toEqual([]);
  });

  test("is nothing in the task that the end of a run is blamed on, even if it is not there", () => {
    const error = { code: "WORKFLOW_EXECUTION_FAILED", retryable: false } as const;
    for (const id of ["a", "gone"]) {
      const end: RunEvent = { type: "RunFailed", data: { durationMs: 0, error, task: task(id) } };
      expect(given(many, end).state.tasks).toEqual(initial(many).tasks);
    }
    const paused: RunEvent = { type: "RunPaused", data: { cause: "task-failed", task: task("gone") } };
    expect(given(many, paused).state.head).toMatchObject({ status: "paused", held: [] });
    const undoing: RunEvent = { type: "RunCompensating", data: { outcome: "failed", task: task("gone") } };
    expect(given(many, undoing).state.head.compensation?.task).toBe("gone");
  });

  test("is, of the submission, its instant and its limits before those of the graph", () => {
    if (submitted.type !== "RunSubmitted") throw new Error("not a submission");
    const limited: RunEvent = {
      type: "RunSubmitted",
      data: { ...submitted.data, timeoutMs: 7, deadline: instantOf(NOON + 50) },
    };
    const graph: Graph = { ...many, timeoutMs: 99 };
    expect(fold(graph, [limited], NOON + 1).head).toMatchObject({
      submittedAt: NOON + 1,
      timeoutMs: 7,
      deadline: NOON + 50,
    });
    expect(fold(graph, [submitted]).head).toMatchObject({ timeoutMs: 99, deadline: undefined });
  });
});

test("the items of a batch are owed once they are there, each when it is ready", () => {
  const batch = graphOf({ a: {}, b: { after: ["a"] }, c: {} }, { isBatch: true });
  const { state } = given(batch);
  expect(owed(state)).toEqual({ type: "addTasks" });
  then(state, { type: "TasksAdded", data: { template: "batch", count: 3 } });
  expect(owed(state)).toMatchObject({ task: "a" });
  then(state, scheduled("a"));
  expect(owed(state)).toMatchObject({ task: "c" });
  then(state, scheduled("c"));
  expect(owed(state)).toBeUndefined();
});

describe("in the order of the document", () => {
  const shuffled = ["d", "b", "e", "a", "c"];

  test("is stopped what is under way", () => {
    const { state } = given(many, ...shuffled.map((id) => scheduled(id)), {
      type: "RunCancelRequested",
      data: {},
    });
    for (const id of names) {
      expect(owed(state)).toEqual({ type: "cancelTask", task: id });
      then(state, { type: "TaskCancelled", data: { task: task(id), attempt: 1 } });
    }
    expect(owed(state)).toEqual({ type: "finishRun", as: "cancelled" });
  });

  test("is skipped what will not run", () => {
    const graph = graphOf({ z: {}, ...Object.fromEntries(names.map((id) => [id, { after: ["z"] }])) });
    const { state } = given(graph, scheduled("z"), failed("z"));
    for (const id of names) {
      expect(owed(state)).toEqual({ type: "skipTask", task: id });
      then(state, { type: "TaskSkipped", data: { task: task(id), reason: "dependency-failed" } });
    }
    expect(owed(state)).toEqual({ type: "finishRun", as: "ended" });
  });

  test("is started what is equally urgent, however it became ready", () => {
    const graph = graphOf({ z: {}, ...Object.fromEntries(names.map((id) => [id, { after: ["z"] }])) });
    const { state } = given(graph, scheduled("z"), succeeded("z"));
    for (const id of names) {
      expect(owed(state)).toMatchObject({ type: "scheduleTask", task: id });
      then(state, scheduled(id));
    }
  });

  test("end the waits that one signal answers", () => {
    const wait = { wait: { kind: "signal", signal: "go" } } as const;
    const graph = graphOf({ ...Object.fromEntries(names.map((id) => [id, wait])), other: wait });
    const waits = (id: string, signal = "go"): RunEvent => ({
      type: "WaitStarted",
      data: { task: task(id), signal },
    });
    const { state } = given(graph, waits("other", "stop"), ...shuffled.map((id) => waits(id)), {
      type: "SignalReceived",
      data: { name: "go" },
    });
    for (const id of names) {
      expect(owed(state, 0)).toMatchObject({ type: "endWait", task: id });
      then(state, succeeded(id, 0));
    }
    expect(owed(state, 0)).toBeUndefined();
    expect(state.tasks[5]?.wait?.answer).toBeUndefined();
  });
});

test("what comes due first is due first", () => {
  const times = [40, 20, 50, 10, 30];
  const log = names.flatMap((id, i) => [
    scheduled(id),
    failed(id, 1, false),
    retryAt(id, 2, NOON + (times[i] ?? 0)),
  ]);
  const { state } = given(many, ...log);
  const { claim: _, ...again } = scheduled("a", 2).data;
  for (const [id, at] of [
    ["d", 10],
    ["b", 20],
    ["e", 30],
    ["a", 40],
    ["c", 50],
  ] as const) {
    expect(nextDue(state)).toBe(NOON + at);
    expect(owed(state, 1, NOON + at - 1)).toBeUndefined();
    expect(owed(state, 1, NOON + at)).toEqual({ type: "retryTask", task: id });
    then(state, { type: "TaskScheduled", data: { ...again, task: task(id), paramsFrom: 2 } });
    expect(owed(state, 1, NOON)).toEqual({ type: "startTask", task: id });
    then(state, { type: "TaskCancelled", data: { task: task(id), attempt: 1 } });
  }
});

test("an element asks only for what its own item decides", () => {
  const graph = graphOf({ x: { each: {}, when: {} } });
  const asks = (head: string): Graph => ({
    ...graph,
    nodes: graph.nodes.map((node) => ({
      ...node,
      when: { text: "true", reads: [{ head, path: [] }], needs: [], strictNeeds: [] },
    })),
  });
  const added: RunEvent = { type: "TasksAdded", data: { template: task("x"), count: 1 } };
  const element = (of: Graph) => nodeAt(given(of, added).state, 1);
  expect(element(asks("item")).when?.text).toBe("true");
  expect(element(asks("inputs"))).not.toHaveProperty("when");
});
