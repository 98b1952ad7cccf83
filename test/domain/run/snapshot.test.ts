// What is kept of a run: only what differs from a run of which nothing has been heard, and all of that.
import { expect, test } from "vitest";
import {
  FOLD_VERSION,
  initial,
  isRunSnapshot,
  nextAction,
  type RunEvent,
  type RunState,
  snapshotOf,
  stateFrom,
} from "../../../src/domain/index.ts";
import { failed, given, NOON, scheduled, succeeded } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const graph = graphOf({
  a: { compensate: true },
  x: { each: { failFast: true } },
  call: { wait: { kind: "signal", signal: "go" } },
});
const added: RunEvent = { type: "TasksAdded", data: { template: task("x"), count: 2 } };
const signal: RunEvent = { type: "SignalReceived", data: { name: "go" } };
const kept = (state: RunState) => {
  const snapshot = snapshotOf(state);
  if (!snapshot) throw new Error("nothing was kept");
  return snapshot;
};

test("of a run that has not begun nothing is kept of its tasks", () => {
  const state = initial(graph);
  expect(kept(state)).toEqual({
    fold: FOLD_VERSION,
    nodes: 3,
    head: state.head,
    additions: [],
    tasks: [{}, {}, {}],
    undoable: [],
    recorded: [],
    signals: [],
  });
});

test("of a run under way its tasks as far as they have come, what was added, recorded and not yet taken", () => {
  const { type, data } = scheduled("a");
  const keyed: RunEvent = { type, data: { ...data, cacheKey: "k" } };
  const { state } = given(graph, added, keyed, succeeded("a"), signal, signal);
  expect(kept(state)).toMatchObject({
    additions: [{ of: 1, first: 0, base: 3, count: 2, at: 2 }],
    undoable: [0],
    recorded: [["k", { task: 0, at: NOON }]],
    signals: [["go", [5, 6]]],
  });
  expect(kept(state).tasks[0]).toEqual({
    status: "succeeded",
    attempt: 1,
    startedAt: NOON,
    paramsAt: 3,
    cacheKey: "k",
    outcomeAt: 4,
  });
  expect(kept(state).tasks[3]).toEqual({});
});

test("a task that has given up stops its elements afterwards, too", () => {
  const log = [added, scheduled("x[0]"), scheduled("x[1]"), failed("x[1]")];
  const back = stateFrom(kept(given(graph, ...log).state), graph);
  if (!back) throw new Error("it does not fit");
  expect(nextAction(back, { slots: 1, now: NOON })).toEqual({ type: "cancelTask", task: "x[0]" });
});

test("an empty list that came between the steps of an agent comes back where it came", () => {
  const both = graphOf({ x: { each: {} }, g: { agent: { tools: ["add"] } } });
  const turn: RunEvent = {
    type: "TasksAdded",
    data: { template: task("g"), count: 1, steps: [{ kind: "turn" }] },
  };
  const empty: RunEvent = { type: "TasksAdded", data: { template: task("x"), count: 0 } };
  const { state } = given(both, turn, empty, scheduled("g[0]"), succeeded("g[0]"), turn);
  const inOrder = kept(state);
  expect(inOrder.additions.map(({ of, base, count }) => [of, base, count])).toEqual([
    [1, 2, 1],
    [0, 3, 0],
    [1, 3, 1],
  ]);
  expect(stateFrom(inOrder, both)?.tasks).toHaveLength(4);
  const asOnceKept = { ...inOrder, additions: inOrder.additions.toSorted((a, b) => b.of - a.of) };
  expect(stateFrom(asOnceKept, both)?.tasks).toHaveLength(4);
});

test("a run that had no time limit when it was kept has none, whatever its graph says", () => {
  const state = initial(graph);
  const { timeoutMs: _, ...head } = state.head;
  const back = stateFrom({ ...kept(state), head }, { ...graph, timeoutMs: 5 });
  expect(back?.head.timeoutMs).toBeUndefined();
  expect(back?.head.status).toBe("absent");
});

test("what does not fit is not taken", () => {
  const snapshot = kept(given(graph, added).state);
  expect(stateFrom(snapshot, graph)?.tasks).toHaveLength(5);
  expect(stateFrom({ ...snapshot, nodes: 4 }, graph)).toBeUndefined();
  expect(stateFrom({ ...snapshot, tasks: snapshot.tasks.slice(1) }, graph)).toBeUndefined();
  const [addition] = snapshot.additions;
  if (!addition) throw new Error("nothing was added");
  const moved = { ...snapshot, additions: [{ ...addition, base: 4 }] };
  expect(() => stateFrom(moved, graph)).toThrow("elements of task 1 begin at 4");
});

test.each([
  ["fold", FOLD_VERSION + 1],
  ["nodes", "3"],
  ["head", []],
  ["additions", {}],
  ["tasks", {}],
  ["undoable", {}],
  ["recorded", {}],
  ["signals", {}],
])("whose %s is %j is none", (key, value) => {
  const snapshot = kept(initial(graph));
  expect(isRunSnapshot(snapshot)).toBe(true);
  expect(isRunSnapshot({ ...snapshot, [key]: value })).toBe(false);
  expect(isRunSnapshot([snapshot])).toBe(false);
});
