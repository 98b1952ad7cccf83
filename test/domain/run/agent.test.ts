// An agent as the run's rules see it: steps that its log names, each a task like any other.
import { expect, test } from "vitest";
import {
  begin,
  commit,
  evolve,
  indexOf,
  initial,
  nextAction,
  nodeAt,
  type RunEvent,
  type RunState,
  rollback,
  snapshotOf,
  stateFrom,
  taskAt,
} from "../../../src/domain/index.ts";
import { failed, from, given, NOON, scheduled, started, submitted, succeeded } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const graph = graphOf({ x: { agent: { tools: ["add", "send"], asks: ["send"] } }, z: { after: ["x"] } });
type Steps = readonly { readonly kind: "turn" | "approval" | "call"; readonly tool?: number }[];
const added = (...steps: Steps): RunEvent => ({
  type: "TasksAdded",
  data: { template: "x", count: steps.length, steps: [...steps] },
});
const turn = { kind: "turn" } as const;
const call = (tool: number) => ({ kind: "call", tool }) as const;
const question = { kind: "approval", tool: 1 } as const;
const did = (id: string): readonly RunEvent[] => [scheduled(id), succeeded(id)];
const next = (state: RunState) => nextAction(state, { slots: 9, now: NOON });
const nodeOf = (state: RunState, id: string) => nodeAt(state, indexOf(state, task(id)) ?? -1);
const add = (...steps: Steps) =>
  ({ type: "AddTasks", template: task("x"), count: steps.length, steps: [...steps] }) as const;

const asked = { type: "ApprovalRequested", data: { task: task("x[1]"), min: 1 } } as const;
const rejected: RunEvent = {
  type: "TaskFailed",
  data: {
    task: task("x[1]"),
    attempt: 0,
    durationMs: 0,
    error: { code: "APPROVAL_REJECTED", retryable: false },
    final: true,
    values: { error: { message: "no" } },
  },
};

test("an agent is nobody's call: it begins with a turn, and goes on when its steps have ended", () => {
  expect(next(given(graph).state)).toMatchObject({ type: "beginAgent", task: "x" });
  given(graph)
    .when({ type: "ScheduleTask", task: task("x"), params: {}, idempotencyKey: "k" })
    .rejected("TaskNotReady");
  const { state, when } = given(graph, added(turn));
  expect(next(state)).toMatchObject({ type: "scheduleTask", task: "x[0]" });
  expect(nodeOf(state, "x[0]")).toMatchObject({ protocol: "llm/v1", method: "chat" });
  when(add(call(0))).unchanged();
  expect(next(given(graph, added(turn), ...did("x[0]")).state)).toMatchObject({ type: "continueAgent" });
});

test("its next steps are a turn alone, or calls of tools that it has, each behind its question", () => {
  const { when } = given(graph, added(turn), ...did("x[0]"));
  for (const steps of [[], [turn, turn], [call(2)], [question], [question, call(0)], [call(0), turn]])
    when(add(...steps)).rejected("TaskNotReady");
  when({ ...add(call(0)), count: 2 }).rejected("TaskNotReady");
  expect(when(add(call(0), question, call(1))).accepted()).toEqual([added(call(0), question, call(1))]);
});

test("a call waits for its question, and is not made when that is turned down; the agent goes on", () => {
  const events = [added(turn), ...did("x[0]"), added(question, call(1), call(0))];
  const { state } = given(graph, ...events, ...did("x[3]"));
  expect(next(state)).toMatchObject({ type: "startWait", task: "x[1]" });
  const over = given(graph, ...events, ...did("x[3]"), asked, rejected);
  expect(next(over.state)).toEqual({ type: "skipTask", task: "x[2]" });
  const [skipped] = over.when({ type: "SkipTask", task: task("x[2]") }).accepted();
  expect(skipped).toMatchObject({ data: { reason: "dependency-failed", because: "x[1]" } });
  if (skipped) evolve(over.state, skipped, { revision: over.state.head.revision + 1, at: NOON });
  expect(over.state.head.failed).toBe(0);
  expect(next(over.state)).toMatchObject({ type: "continueAgent", task: "x" });
});

test("a failed call fails nothing but itself; the agent's own end lets go on what waits for it", () => {
  const events = [added(turn), ...did("x[0]"), added(call(0)), scheduled("x[1]"), failed("x[1]")];
  const { state, when } = given(graph, ...events);
  expect(state.head.failed).toBe(0);
  const [end] = when({ type: "EndAgent", task: task("x"), result: { response: "ok" } }).accepted();
  expect(end).toMatchObject({ type: "TaskSucceeded", data: { task: "x", attempt: 0 } });
  if (end) evolve(state, end, { revision: state.head.revision + 1, at: NOON });
  expect(next(state)).toMatchObject({ type: "scheduleTask", task: "z" });
  when({ type: "EndAgent", task: task("x"), result: {} }).unchanged();
  given(graph, added(turn))
    .when({ type: "EndAgent", task: task("x"), result: {} })
    .rejected("TaskNotReady");
});

test("what its turns take is counted, and what nobody says is counted too", () => {
  const said = (id: string, usage?: object): RunEvent => {
    const event = succeeded(id);
    return event.type === "TaskSucceeded"
      ? { ...event, data: { ...event.data, ...(usage && { usage }) } }
      : event;
  };
  const usage = { inputTokens: 7, outputTokens: 3, costMicros: 20 };
  const { state } = given(
    graph,
    added(turn),
    scheduled("x[0]"),
    said("x[0]", usage),
    added(call(0)),
    scheduled("x[1]"),
    said("x[1]", usage),
    added(turn),
    scheduled("x[2]"),
    said("x[2]"),
  );
  expect(taskAt(state, 0).elements?.spent).toEqual({
    turns: 2,
    tokens: 10,
    costMicros: 20,
    uncounted: 1,
    unpriced: 1,
  });
});

const LONG: readonly RunEvent[] = [
  added(turn),
  ...did("x[0]"),
  added(question, call(1), call(0)),
  ...did("x[3]"),
  asked,
];

test("a snapshot of it folds on as its events do, and a step taken back leaves nothing", () => {
  const { state } = given(graph, ...LONG);
  const snapshot = snapshotOf(state);
  const restored = snapshot && stateFrom(JSON.parse(JSON.stringify(snapshot)), graph);
  expect(restored?.added).toEqual(state.added);
  expect(restored?.tasks).toEqual(state.tasks);
  expect(restored && next(restored)).toEqual(next(state));
  begin(state);
  evolve(state, rejected, { revision: state.head.revision + 1, at: NOON });
  rollback(state);
  expect(state.tasks).toEqual(restored?.tasks);
});

test("an event of an agent touches its own task, its call and the agent, however long it has been", () => {
  const state = initial(graph);
  let revision = 0;
  const touched = (event: RunEvent): number => {
    begin(state);
    evolve(state, event, { revision, at: NOON });
    revision += 1;
    const count = state.journal?.tasks.size ?? 0;
    commit(state);
    return count;
  };
  for (const event of [submitted, started]) touched(event);
  for (let n = 0; n < 200; n += 2) {
    expect(touched(added(turn))).toBe(1);
    expect(touched(scheduled(`x[${n}]`))).toBeLessThanOrEqual(2);
    expect(touched(succeeded(`x[${n}]`))).toBe(2);
    expect(touched(added(call(0)))).toBe(1);
    expect(touched(scheduled(`x[${n + 1}]`))).toBeLessThanOrEqual(2);
    expect(touched(succeeded(`x[${n + 1}]`))).toBe(2);
  }
  from(state).when(add(turn)).accepted();
});
