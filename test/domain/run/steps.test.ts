// A step that is taken back leaves no trace, one that is kept stays.
import { describe, expect, test } from "vitest";
import {
  begin,
  commit,
  evolve,
  initial,
  type RunEvent,
  type RunState,
  rollback,
} from "../../../src/domain/index.ts";
import { given, NOON, scheduled } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const then = (state: RunState, ...events: readonly RunEvent[]) => {
  for (const event of events) evolve(state, event, { revision: state.head.revision + 1, at: NOON });
};

describe("a step", () => {
  const signal: RunEvent = { type: "SignalReceived", data: { name: "go" } };
  const graph = graphOf({ call: { wait: { kind: "signal", signal: "go" } }, a: {} });
  const waits: RunEvent = { type: "WaitStarted", data: { task: task("call"), signal: "go" } };

  test("that is taken back gives back the signals that it took, and forgets those that came", () => {
    const { state } = given(graph, signal);
    begin(state);
    then(state, signal, waits, signal);
    expect(state.inbox.kept()).toEqual([["go", [3, 5]]]);
    rollback(state);
    expect(state.inbox.kept()).toEqual([["go", [2]]]);
    then(state, waits);
    expect(state.tasks[0]?.wait?.answer).toEqual({ kind: "signal", at: 2 });
    expect(state.inbox.kept()).toEqual([]);
  });

  test("that is kept is not taken back with the next one", () => {
    const { state } = given(graph);
    begin(state);
    then(state, signal);
    commit(state);
    begin(state);
    then(state, scheduled("a"));
    rollback(state);
    expect(state.inbox.kept()).toEqual([["go", [2]]]);
    expect(state.head.revision).toBe(2);
    expect(state.tasks[1]).toEqual(initial(graph).tasks[1]);
  });
});
