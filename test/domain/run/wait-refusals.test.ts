// What a task that waits, or asks people, refuses, and what its end holds.
import { describe, expect, test } from "vitest";
import { instantOf, type RunCommand, type RunEvent } from "../../../src/domain/index.ts";
import { given, NOON } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const graph = graphOf({
  plain: {},
  nap: { wait: { kind: "timer" } },
  call: { wait: { kind: "signal", signal: "go", timeoutMs: 5000 } },
  ask: { approval: { min: 2, timeoutMs: 9000, onTimeout: "fail" } },
  late: { after: ["plain"], approval: { min: 1, onTimeout: "fail" } },
});
const decide = (id: string, by = "anna", decision: "approved" | "rejected" = "approved"): RunCommand => ({
  type: "DecideApproval",
  task: task(id),
  decision,
  by,
});
const end = (id: string): RunCommand => ({ type: "EndWait", task: task(id), brought: {} });
const wait = (id: string, more: { at?: number; afterMs?: number } = {}): RunCommand => ({
  type: "StartWait",
  task: task(id),
  ...more,
});
const ask = (id: string): RunCommand => ({
  type: "RequestApproval",
  task: task(id),
  message: "ship it?",
  notBy: [],
});
const asked = (more: { approvers?: string[]; notBy?: string[] } = {}): RunEvent => ({
  type: "ApprovalRequested",
  data: {
    task: task("ask"),
    min: 2,
    dueAt: instantOf(NOON + 9000),
    ...more,
    values: { message: "ship it?" },
  },
});
const said = (by: string, decision: "approved" | "rejected" = "approved"): RunEvent => ({
  type: "ApprovalDecided",
  data: { task: task("ask"), decision, by },
});
const waiting = (id: string, more: { signal?: string; dueAt?: number }): RunEvent => ({
  type: "WaitStarted",
  data: {
    task: task(id),
    ...(more.signal !== undefined && { signal: more.signal }),
    ...(more.dueAt !== undefined && { dueAt: instantOf(more.dueAt) }),
  },
});

describe("a wait begins", () => {
  test("only for a task that is one", () => {
    given(graph).when(wait("plain")).rejected("TaskNotReady", "task plain is no wait");
    given(graph).when(ask("plain")).rejected("TaskNotReady", "task plain asks for no approval");
    given(graph).when(ask("late")).rejected("TaskNotReady", "task late is waiting and waits for 1 tasks");
  });

  test("with its instant, or so long from now", () => {
    const due = (command: RunCommand) =>
      given(graph)
        .when(command, NOON + 1)
        .accepted();
    expect(due(wait("nap", { at: NOON + 50 }))).toEqual([waiting("nap", { dueAt: NOON + 50 })]);
    expect(due(wait("nap", { afterMs: 50 }))).toEqual([waiting("nap", { dueAt: NOON + 51 })]);
    expect(due(wait("nap"))).toEqual([waiting("nap", {})]);
    expect(due(wait("call"))).toEqual([waiting("call", { signal: "go", dueAt: NOON + 5001 })]);
  });

  test("once", () => {
    given(graph, waiting("nap", { dueAt: NOON }))
      .when(wait("nap"))
      .unchanged();
    given(graph, asked()).when(ask("ask")).unchanged();
  });
});

describe("a question", () => {
  test("has its message, how many must agree and when its time is up", () => {
    expect(given(graph).when(ask("ask")).accepted()).toEqual([asked()]);
    const [open] = given(graphOf({ q: { approval: { min: 1, onTimeout: "fail" } } }))
      .when({ ...ask("q"), type: "RequestApproval", task: task("q"), message: "?", notBy: ["carl"] })
      .accepted();
    expect(open).toEqual({
      type: "ApprovalRequested",
      data: { task: "q", min: 1, notBy: ["carl"], values: { message: "?" } },
    });
  });

  test("is answered by those it asks, once it has been asked, until it is decided", () => {
    given(graph).when(decide("plain")).rejected("TaskNotReady", "task plain asks for no approval");
    given(graph)
      .when(decide("late"))
      .rejected("TaskNotReady", "task late has not asked yet: it waits for 1 tasks");
    given(graph, asked({ notBy: ["anna"] }))
      .when(decide("ask"))
      .rejected("NotAllowed", "task ask is to be decided by somebody else: its `not_by` excludes you");
    given(graph, asked({ approvers: ["ben"] }))
      .when(decide("ask"))
      .rejected("NotAllowed", "task ask is decided by its `approvers`, and you are none of them");
    given(graph, asked(), said("ben", "rejected"))
      .when(decide("ask"))
      .rejected("ApprovalOver", "task ask was decided already");
    const over = { type: "TaskCancelled", data: { task: task("ask"), attempt: 0 } } as const;
    given(graph, asked(), over)
      .when(decide("ask"))
      .rejected("ApprovalOver", "task ask has cancelled already");
  });

  test("may be answered again by the same person only to say something else", () => {
    const run = given(graph, asked(), said("anna"));
    run.when(decide("ask")).unchanged();
    expect(run.when(decide("ask", "anna", "rejected")).types()).toEqual(["ApprovalDecided"]);
    expect(run.when(decide("ask", "ben")).accepted()).toEqual([said("ben")]);
  });
});

describe("a wait ends", () => {
  test("only when it has begun, and when something came or its time is up", () => {
    given(graph).when(end("nap")).rejected("TaskNotReady", "task nap does not wait");
    const asleep = given(graph, waiting("nap", { dueAt: NOON + 50 }));
    asleep.when(end("nap"), NOON + 49).rejected("TaskNotReady", "task nap still waits");
    expect(asleep.when(end("nap"), NOON + 50).accepted()).toEqual([
      {
        type: "TaskSucceeded",
        data: {
          task: "nap",
          attempt: 0,
          durationMs: 50,
          values: { result: { dueAt: instantOf(NOON + 50), firedAt: instantOf(NOON + 50) } },
        },
      },
    ]);
    given(graph, waiting("nap", {}))
      .when(end("nap"), NOON + 1e9)
      .rejected("TaskNotReady", "task nap still waits");
  });

  test("in failure that is not tried again when no signal came", () => {
    const deaf = given(graph, waiting("call", { signal: "go", dueAt: NOON + 5000 }));
    expect(deaf.when(end("call"), NOON + 6000).accepted()).toMatchObject([
      {
        type: "TaskFailed",
        data: {
          attempt: 0,
          durationMs: 6000,
          final: true,
          error: { code: "TASK_TIMEOUT", retryable: false },
          values: {
            error: {
              message: "task call waited for 5 seconds, and no signal `go` came",
              details: { timeoutMs: 5000 },
            },
          },
        },
      },
    ]);
  });

  test("in failure when too few agreed in time, and says how many did", () => {
    const late = given(graph, asked(), said("anna"));
    expect(late.when(end("ask"), NOON + 9000).accepted()).toMatchObject([
      {
        data: {
          error: { code: "TASK_TIMEOUT" },
          values: { error: { message: "task ask waited for 9 seconds, and 1 of 2 approvals were given" } },
        },
      },
    ]);
  });

  test("with a signal that came without a payload, and has nothing", () => {
    const signal: RunEvent = { type: "SignalReceived", data: { name: "go" } };
    const called = given(graph, waiting("call", { signal: "go" }), signal);
    expect(called.when(end("call")).accepted()).toMatchObject([{ data: { values: { result: null } } }]);
  });

  test("once", () => {
    const over: RunEvent = {
      type: "TaskSucceeded",
      data: { task: task("nap"), attempt: 0, durationMs: 0, values: { result: {} } },
    };
    given(graph, waiting("nap", {}), over).when(end("nap")).unchanged();
  });
});
