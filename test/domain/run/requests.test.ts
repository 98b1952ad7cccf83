// What a run answers to requests, as it stands: the code that callers rely on, and words that say why.
import { describe, expect, test } from "vitest";
import { type Json, type RunCommand, type RunEvent, TaskId } from "../../../src/domain/index.ts";
import { complete, pair, schedule } from "./commands.ts";
import { failed, fold, from, given, ME, OTHER, scheduled, submitted, succeeded } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const paused: RunEvent = { type: "RunPaused", data: { cause: "request" } };
const cancelling: RunEvent = { type: "RunCancelRequested", data: {} };
const undoable = graphOf({ a: { compensate: true }, b: {} });
const undoing = given(undoable, scheduled("a"), succeeded("a"), scheduled("b"), failed("b"), {
  type: "RunCompensating",
  data: { outcome: "failed" },
});
const add = (template: string, more: { items?: readonly Json[] } = { items: [1] }): RunCommand => ({
  type: "AddTasks",
  template: TaskId.parse(template),
  count: 1,
  ...more,
});

describe("a request to cancel", () => {
  test("keeps its reason, and has none where none was given", () => {
    expect(given(pair).when({ type: "CancelRun", reason: "late" }).accepted()).toEqual([
      { type: "RunCancelRequested", data: { values: { reason: "late" } } },
    ]);
    expect(given(pair).when({ type: "CancelRun" }).accepted()).toEqual([cancelling]);
  });
});

describe("a request to pause", () => {
  test("is refused before the run has started, and while it is cancelled", () => {
    from(fold(pair, [submitted]))
      .when({ type: "PauseRun" })
      .rejected("RunNotStarted", "a pending run cannot be paused");
    given(pair, cancelling)
      .when({ type: "PauseRun" })
      .rejected("RunCancelling", "the run is being cancelled");
  });
});

describe("a request to resume", () => {
  test("keeps its reason, or what it sets, or neither", () => {
    const run = given(graphOf({ a: {} }, { inputs: { n: { type: "integer" } } }), paused);
    expect(run.when({ type: "ResumeRun" }).accepted()).toEqual([{ type: "RunResumed", data: {} }]);
    expect(run.when({ type: "ResumeRun", reason: "on" }).accepted()).toEqual([
      { type: "RunResumed", data: { values: { reason: "on" } } },
    ]);
    expect(run.when({ type: "ResumeRun", reason: "on", set: { "inputs.n": 1 } }).accepted()).toEqual([
      { type: "RunResumed", data: { inputs: true, values: { reason: "on", set: { "inputs.n": 1 } } } },
    ]);
  });

  test("that sets something is refused where nothing is paused, and harmless otherwise", () => {
    given(pair)
      .when({ type: "ResumeRun", set: {} })
      .rejected("RunNotPaused", "the run is running: nothing can be set now");
    undoing
      .when({ type: "ResumeRun", set: {} })
      .rejected("RunNotPaused", "the run is compensating: nothing can be set now");
    undoing.when({ type: "ResumeRun" }).unchanged();
  });
});

describe("who drives a run", () => {
  test("may go on with it, and nobody else unless it is known whose it was", () => {
    given(pair)
      .when({ type: "StartRun", owner: OTHER, previous: OTHER })
      .rejected("RunOwned", "another process drives this run");
    undoing.when({ type: "StartRun", owner: ME }).unchanged();
    undoing.when({ type: "StartRun", owner: OTHER }).rejected("RunOwned", "another process drives this run");
    expect(undoing.when({ type: "StartRun", owner: OTHER, previous: ME }).types()).toEqual([
      "RunOwnerChanged",
    ]);
  });
});

describe("while a run undoes what it did", () => {
  const message = "the run undoes what its tasks did, and then ends as failed";

  test.each<readonly [RunCommand]>([
    [{ type: "CancelRun" }],
    [{ type: "PauseRun" }],
    [add("a")],
    [schedule("b")],
    [{ type: "CancelTask", task: task("compensate:a") }],
  ])("%j is refused, with how it will end", (command) => {
    undoing.when(command).rejected("RunCompensating", message);
  });

  test("it ends as cancelled when it was", () => {
    const log = [scheduled("a"), succeeded("a"), cancelling];
    const cancelled: RunEvent = { type: "RunCompensating", data: { outcome: "cancelled" } };
    given(undoable, ...log, cancelled)
      .when({ type: "PauseRun" })
      .rejected("RunCompensating", "the run undoes what its tasks did, and then ends as cancelled");
  });

  test("what a worker reports late is stale, and a signal comes too late", () => {
    undoing.when(complete("b")).rejected("StaleAttempt", "attempt 1 of b: it is failed");
    undoing.when({ type: "SendSignal", name: "go" }).rejected("RunCancelling", "the run is being cancelled");
  });

  test("it exists already", () => {
    if (submitted.type !== "RunSubmitted") throw new Error("not a submission");
    undoing
      .when({ type: "SubmitRun", submission: submitted.data })
      .rejected("RunAlreadySubmitted", "this run exists already");
  });
});

describe("a run that has ended", () => {
  const one = graphOf({ a: {} });
  const over = (end: RunEvent) => given(one, scheduled("a"), succeeded("a"), end);
  const success = over({ type: "RunSucceeded", data: { durationMs: 0, values: { outputs: {} } } });
  const cancelled = over({ type: "RunCancelled", data: { durationMs: 0 } });

  test("says so", () => {
    success.when({ type: "CancelRun" }).rejected("RunFinished", "the run has already succeeded");
    success.when({ type: "StartRun", owner: ME }).rejected("RunFinished", "the run has already succeeded");
    success.when(complete("a", 3)).rejected("StaleAttempt", "attempt 3 of a: the run has succeeded");
  });

  test("as cancelled is cancelled again without harm, and takes nothing else", () => {
    cancelled.when({ type: "CancelRun" }).unchanged();
    cancelled.when({ type: "PauseRun" }).rejected("RunFinished", "the run has already cancelled");
  });
});

describe("the elements of a task", () => {
  const repeated = graphOf({ x: { each: {} }, y: {} });
  const added: RunEvent = { type: "TasksAdded", data: { template: "x", count: 1, values: { items: [1] } } };
  const list = { $blob: "sha256-00", size: 2, kind: "json" } as const;

  test("come once, for a task that is repeated", () => {
    const run = given(repeated);
    expect(run.when(add("x")).accepted()).toEqual([added]);
    given(repeated, added).when(add("x")).unchanged();
    run.when(add("y")).rejected("TaskNotReady", "task y cannot be repeated now");
    run.when(add("z")).rejected("TaskNotFound", "no task z");
    given(graphOf({ a: {}, x: { each: {}, after: ["a"] } }))
      .when(add("x"))
      .rejected("TaskNotReady", "task x cannot be repeated now");
  });

  test("of which none are given have no values", () => {
    expect(given(repeated).when(add("x", {})).accepted()).toEqual([
      { type: "TasksAdded", data: { template: "x", count: 1 } },
    ]);
  });

  test("of a batch are its items, once, with the list of them", () => {
    const batch = graphOf({ a: {} }, { isBatch: true });
    const items: RunCommand = { type: "AddTasks", template: "batch", count: 1, list };
    const run = given(batch);
    expect(run.state.head.expanded).toBe(false);
    expect(run.when(items).accepted()).toEqual([
      { type: "TasksAdded", data: { template: "batch", count: 1, list } },
    ]);
    run.when(schedule("a")).rejected("TaskNotReady");
    const expanded = given(batch, { type: "TasksAdded", data: { template: "batch", count: 1 } });
    expanded.when(items).unchanged();
    expect(expanded.when(schedule("a")).types()).toEqual(["TaskScheduled"]);
    given(pair).when(items).rejected("TaskNotFound", "no task batch");
  });
});

test("a run that was submitted is started by whoever comes first", () => {
  expect(
    from(fold(pair, [submitted]))
      .when({ type: "StartRun", owner: OTHER })
      .accepted(),
  ).toEqual([{ type: "RunStarted", data: { owner: OTHER } }]);
});
