// Waits for time and for signals.
import { expect, test } from "vitest";
import {
  begin,
  evolve,
  instantOf,
  nextAction,
  nextDue,
  type RunEvent,
  type RunState,
  rollback,
} from "../../../src/domain/index.ts";
import { fold, given, NOON, started, submitted } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const go = { kind: "signal", signal: "go" } as const;
const timer = { kind: "timer" } as const;
const two = graphOf({ first: { wait: go }, second: { wait: go, after: ["first"] } });

const waits = (id: string, more: { readonly at?: number; readonly signal?: string } = {}): RunEvent => ({
  type: "WaitStarted",
  data: {
    task: task(id),
    ...(more.at !== undefined && { dueAt: instantOf(more.at) }),
    ...(more.signal !== undefined && { signal: more.signal }),
  },
});
const signal = (payload: number): RunEvent => ({
  type: "SignalReceived",
  data: { name: "go", values: { payload } },
});
const ended = (id: string): RunEvent => ({
  type: "TaskSucceeded",
  data: { task: task(id), attempt: 0, durationMs: 0, values: { result: 1 } },
});
const next = (state: RunState, now = NOON) => nextAction(state, { slots: 0, now });
const paused: RunEvent = { type: "RunPaused", data: { cause: "request" } };

test("a wait begins without a free place, whatever else runs", () => {
  const { state, when } = given(graphOf({ a: { wait: timer } }, { maxParallelTasks: 1 }));
  expect(next(state)).toEqual({ type: "startWait", task: "a", index: 0 });
  expect(when({ type: "StartWait", task: task("a"), afterMs: 5000 }).accepted()).toEqual([
    waits("a", { at: NOON + 5000 }),
  ]);
});

test("a time that is up ends the wait, and the result says when", () => {
  const { state, when } = given(graphOf({ a: { wait: timer } }), waits("a", { at: NOON + 5000 }));
  expect(next(state, NOON + 4999)).toBeUndefined();
  expect(nextDue(state)).toBe(NOON + 5000);
  expect(next(state, NOON + 5001)).toMatchObject({ type: "endWait", task: "a" });
  const end = { type: "EndWait", task: task("a"), brought: {} } as const;
  when(end, NOON + 4999).rejected("TaskNotReady");
  expect(when(end, NOON + 6000).accepted()).toMatchObject([
    {
      type: "TaskSucceeded",
      data: {
        attempt: 0,
        durationMs: 6000,
        values: { result: { dueAt: "2026-03-01T12:00:05.000Z", firedAt: "2026-03-01T12:00:06.000Z" } },
      },
    },
  ]);
});

test("a signal's payload is the result; without one it is null", () => {
  const { state, when } = given(two, waits("first", { signal: "go" }), signal(7));
  expect(next(state)).toMatchObject({ type: "endWait", task: "first" });
  const end = { type: "EndWait", task: task("first") } as const;
  expect(when({ ...end, brought: { payload: 7 } }).accepted()).toMatchObject([
    { data: { values: { result: 7 } } },
  ]);
  expect(when({ ...end, brought: {} }).accepted()).toMatchObject([{ data: { values: { result: null } } }]);
});

test("a signal that comes early is kept for the next wait; two are taken in order", () => {
  const { state } = given(two, signal(1), signal(2), waits("first", { signal: "go" }));
  expect(state.tasks[0]?.wait?.answer).toEqual({ kind: "signal", at: 2 });
  evolve(state, ended("first"), { revision: 5, at: NOON });
  evolve(state, waits("second", { signal: "go" }), { revision: 6, at: NOON });
  expect(state.tasks[1]?.wait?.answer).toEqual({ kind: "signal", at: 3 });
});

test("one signal answers every wait of its name that stands, and none that starts later", () => {
  const graph = graphOf({ a: { wait: go }, b: { wait: go }, c: { wait: go } });
  const { state } = given(graph, waits("a", { signal: "go" }), waits("b", { signal: "go" }), signal(1));
  expect(state.tasks.map(({ wait }) => wait?.answer)).toEqual([
    { kind: "signal", at: 4 },
    { kind: "signal", at: 4 },
    undefined,
  ]);
  evolve(state, waits("c", { signal: "go" }), { revision: 5, at: NOON });
  expect(state.tasks[2]?.wait?.answer).toBeUndefined();
});

test("a step that is taken back gives back the signals it took and kept", () => {
  const state = fold(two, [submitted, started, signal(1)]);
  begin(state);
  evolve(state, waits("first", { signal: "go" }), { revision: 3, at: NOON });
  evolve(state, signal(2), { revision: 4, at: NOON });
  rollback(state);
  evolve(state, waits("first", { signal: "go" }), { revision: 3, at: NOON });
  expect(state.tasks[0]?.wait?.answer).toEqual({ kind: "signal", at: 2 });
  evolve(state, ended("first"), { revision: 4, at: NOON });
  evolve(state, waits("second", { signal: "go" }), { revision: 5, at: NOON });
  expect(state.tasks[1]?.wait?.answer).toBeUndefined();
});

const limited = graphOf({ a: { wait: { ...go, timeoutMs: 5000 } } });

test("a signal that does not come in time is a TASK_TIMEOUT that nothing tries again", () => {
  const { when } = given(limited);
  expect(when({ type: "StartWait", task: task("a") }).accepted()).toEqual([
    waits("a", { at: NOON + 5000, signal: "go" }),
  ]);
  const late = given(limited, waits("a", { at: NOON + 5000, signal: "go" }));
  expect(late.when({ type: "EndWait", task: task("a"), brought: {} }, NOON + 5000).accepted()).toMatchObject([
    {
      type: "TaskFailed",
      data: { attempt: 0, final: true, error: { code: "TASK_TIMEOUT", retryable: false } },
    },
  ]);
});

test("a signal that is in the log before the timeout is in time, however late it came", () => {
  const { state, when } = given(limited, waits("a", { at: NOON - 5000, signal: "go" }), signal(3));
  expect(next(state)).toMatchObject({ type: "endWait" });
  expect(when({ type: "EndWait", task: task("a"), brought: { payload: 3 } }).types()).toEqual([
    "TaskSucceeded",
  ]);
});

test("a paused run ends no wait; what has come or come due ends it when the run is resumed", () => {
  const graph = graphOf({ a: { wait: timer }, b: { wait: go } });
  const { state, when } = given(
    graph,
    waits("a", { at: NOON }),
    waits("b", { signal: "go" }),
    paused,
    signal(1),
  );
  expect(next(state, NOON + 1)).toBeUndefined();
  expect(nextDue(state)).toBeUndefined();
  when({ type: "EndWait", task: task("a"), brought: {} }, NOON + 1).rejected("RunPaused");
  evolve(state, { type: "RunResumed", data: {} }, { revision: 6, at: NOON });
  expect(next(state, NOON + 1)).toMatchObject({ type: "endWait", task: "a" });
});

test("a clock that is set back makes a wait longer, not endless", () => {
  const { state } = given(graphOf({ a: { wait: timer } }), waits("a", { at: NOON + 10 }));
  expect(next(state, NOON + 10)).toMatchObject({ type: "endWait" });
  expect(next(state, NOON)).toBeUndefined();
  expect(nextDue(state)).toBe(NOON + 10);
  expect(next(state, NOON + 10)).toMatchObject({ type: "endWait" });
});

test("signals are taken by runs that have not started or are paused, not by those that end", () => {
  const send = { type: "SendSignal", name: "go", payload: { n: 1 }, reason: "ready" } as const;
  expect(given(two, paused).when(send).accepted()).toEqual([
    { type: "SignalReceived", data: { name: "go", values: { payload: { n: 1 }, reason: "ready" } } },
  ]);
  expect(given(two).when({ type: "SendSignal", name: "go" }).accepted()).toEqual([
    { type: "SignalReceived", data: { name: "go" } },
  ]);
  given(two, { type: "RunCancelRequested", data: {} }).when(send).rejected("RunCancelling");
  given(two, { type: "RunCancelled", data: { durationMs: 0 } })
    .when(send)
    .rejected("RunFinished");
});

test("a signal that nothing in the document waits for is refused, with the names that there are", () => {
  const { decision } = given(two).when({ type: "SendSignal", name: "og" });
  expect(decision).toMatchObject({
    kind: "rejected",
    rejection: { code: "SignalUnknown", message: expect.stringContaining("it waits for `go`") },
  });
});

test("a run that is cancelled, or whose time is up, leaves its waits as they are", () => {
  const { state } = given(two, waits("first", { signal: "go" }), { type: "RunCancelRequested", data: {} });
  expect(next(state)).toEqual({ type: "finishRun", as: "cancelled" });
});
