// How questions to people end when their time is up, and what a signal does not answer.
import { describe, expect, test } from "vitest";
import {
  evolve,
  instantOf,
  type JsonObject,
  type RunCommand,
  type RunEvent,
} from "../../../src/domain/index.ts";
import { given, NOON, succeeded } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const graph = (onTimeout: "fail" | "approve" | "reject") =>
  graphOf({ ask: { approval: { min: 3, timeoutMs: 9000, onTimeout } } });
const asked: RunEvent = {
  type: "ApprovalRequested",
  data: { task: task("ask"), min: 3, dueAt: instantOf(NOON + 9000) },
};
const says = (by: string, decision: "approved" | "rejected" = "approved"): RunEvent => ({
  type: "ApprovalDecided",
  data: { task: task("ask"), decision, by },
});
const end = (said: readonly JsonObject[] = []): RunCommand => ({
  type: "EndWait",
  task: task("ask"),
  brought: { said },
});
const at = instantOf(NOON);

describe("a question whose time is up", () => {
  test("is rejected when its author says so, with what was said until then", () => {
    const late = given(graph("reject"), asked, says("anna"));
    const [event] = late.when(end([{ reason: "fine" }]), NOON + 9000).accepted();
    expect(event?.data).toMatchObject({ error: { code: "APPROVAL_REJECTED" }, final: true });
    expect(event?.data).toHaveProperty("values.error", {
      message: "the approval was rejected: its time was up",
      details: {
        decision: "rejected",
        by: [],
        reason: "fine",
        decisions: [{ decision: "approved", by: "anna", at, reason: "fine" }],
        timedOut: true,
      },
    });
  });

  test("is approved when its author says so", () => {
    const [event] = given(graph("approve"), asked, says("anna"))
      .when(end(), NOON + 9000)
      .accepted();
    expect(event?.data).toHaveProperty("values.result", {
      decision: "approved",
      by: ["anna"],
      decisions: [{ decision: "approved", by: "anna", at }],
      timedOut: true,
    });
  });
});

describe("a question that is answered", () => {
  test("with no has the reason in its message, if there is one that is a text", () => {
    const message = (said: readonly JsonObject[]) =>
      given(graph("fail"), asked, says("ben", "rejected")).when(end(said)).accepted()[0]?.data;
    const rejected = "the approval was rejected";
    expect(message([{ reason: "too dear" }])).toHaveProperty("values.error.message", `${rejected}: too dear`);
    expect(message([{ reason: { of: 3 } }])).toHaveProperty("values.error.message", rejected);
    expect(message([])).toHaveProperty("values.error", {
      message: rejected,
      details: { decision: "rejected", by: ["ben"], decisions: [{ decision: "rejected", by: "ben", at }] },
    });
  });

  test("with yes by as many as are needed, each counted once", () => {
    const run = (...who: readonly string[]) => given(graph("fail"), asked, ...who.map((by) => says(by)));
    run("a", "b", "a").when(end()).rejected("TaskNotReady", "task ask still waits");
    expect(
      run("a", "b", "c")
        .when(end([{}, { edit: 1 }, { edit: 2 }]))
        .accepted(),
    ).toMatchObject([
      { type: "TaskSucceeded", data: { values: { result: { by: ["a", "b", "c"], edit: 2 } } } },
    ]);
    expect(run("a", "b").state.tasks[0]?.wait?.said.map(({ by }) => by)).toEqual(["a", "b"]);
    expect(run("a", "b", "a").state.tasks[0]?.wait?.said.map(({ by }) => by)).toEqual(["b", "a"]);
  });

  test("asks all who may be asked when nobody is excluded", () => {
    expect(given(graph("fail"), asked).state.tasks[0]?.wait).toEqual({
      since: NOON,
      at: 2,
      said: [],
      asks: { min: 3, notBy: [] },
    });
  });
});

describe("a signal", () => {
  const both = graphOf({
    go: { wait: { kind: "signal", signal: "go" } },
    nap: { wait: { kind: "timer" } },
  });
  const waits = (id: string, signal?: string): RunEvent => ({
    type: "WaitStarted",
    data: { task: task(id), ...(signal !== undefined && { signal }) },
  });
  const signal: RunEvent = { type: "SignalReceived", data: { name: "go" } };

  test("does not end a wait for a time, nor one that has ended", () => {
    const { state } = given(both, waits("nap"), waits("go", "go"), succeeded("go", 0), signal);
    expect(state.tasks[1]?.wait).toEqual({ since: NOON, at: 2, said: [] });
    expect(state.tasks[0]?.wait).toBeUndefined();
    expect(state.inbox.kept()).toEqual([["go", [5]]]);
  });

  test("that came before the wait is not taken by a wait for a time", () => {
    const { state } = given(both, signal, waits("nap"));
    expect(state.tasks[1]?.wait).not.toHaveProperty("answer");
    evolve(state, waits("go", "go"), { revision: 4, at: NOON });
    expect(state.tasks[0]?.wait?.answer).toEqual({ kind: "signal", at: 2 });
  });
});
