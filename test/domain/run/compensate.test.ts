// What a run undoes, in which order, and what may be asked of it meanwhile.
import { describe, expect, test } from "vitest";
import { errorInfo, type RunCommand, type RunEvent, type RunEventOf } from "../../../src/domain/index.ts";
import { complete, fail, schedule } from "./commands.ts";
import { failed, given, NOON, scheduled, succeeded } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const three = graphOf({ a: { compensate: true }, b: { compensate: true }, c: {}, d: { after: ["c"] } });
const cancelling: RunEvent = { type: "RunCancelRequested", data: {} };
const finish = (outcome: Extract<RunCommand, { type: "FinishRun" }>["outcome"]): RunCommand => ({
  type: "FinishRun",
  outcome,
});
const cause = errorInfo("TASK_EXECUTION_FAILED", "broken");
const failing = finish({ kind: "failed", cause, task: task("c") });

/** b ended first; then a, then c failed. */
const done = [
  ...["a", "b", "c"].map((id) => scheduled(id)),
  succeeded("b"),
  succeeded("a"),
  failed("c"),
  { type: "TaskSkipped", data: { task: task("d"), reason: "dependency-failed", because: task("c") } },
] as const;
const compensating: RunEventOf<"RunCompensating"> = {
  type: "RunCompensating",
  data: {
    outcome: "failed",
    error: { code: "WORKFLOW_EXECUTION_FAILED", retryable: false },
    task: task("c"),
  },
};
const undoing = given(three, ...done, compensating);

describe("a run that fails", () => {
  test("first undoes what succeeded, and keeps the error that it ends with", () => {
    expect(
      given(three, ...done)
        .when(failing)
        .accepted(),
    ).toMatchObject([
      {
        type: "RunCompensating",
        data: {
          outcome: "failed",
          task: "c",
          error: { code: "WORKFLOW_EXECUTION_FAILED" },
          values: {
            error: { message: "1 of 4 tasks failed, c first: broken", details: { failed: 1, tasks: 4 } },
          },
        },
      },
    ]);
  });

  test("ends at once when nothing succeeded that could be undone", () => {
    const log = [scheduled("c"), failed("c")];
    const lone = graphOf({ a: { compensate: true, after: ["c"] }, c: {} });
    expect(
      given(lone, ...log, { type: "TaskSkipped", data: { task: task("a"), reason: "dependency-failed" } })
        .when(failing)
        .types(),
    ).toEqual(["RunFailed"]);
  });

  test("undoes the last one first, each when the one before has ended", () => {
    undoing.when(schedule("compensate:b")).rejected("TaskNotReady");
    expect(undoing.when(schedule("compensate:a")).accepted()).toMatchObject([
      {
        type: "TaskScheduled",
        data: { task: "compensate:a", attempt: 1, method: "undo", idempotencyKey: "run/compensate:a" },
      },
    ]);
    const next = given(three, ...done, compensating, scheduled("compensate:a"), succeeded("compensate:a"));
    expect(next.when(schedule("compensate:b")).types()).toEqual(["TaskScheduled"]);
    undoing.when(schedule("compensate:c")).rejected("TaskNotFound");
  });

  test("ends with its error when all is undone, or could not be", () => {
    const end = finish({ kind: "compensated", error: errorInfo("WORKFLOW_EXECUTION_FAILED", "c broke") });
    const first = [scheduled("compensate:a"), failed("compensate:a")];
    undoing.when(end).rejected("TaskUnfinished");
    given(three, ...done, compensating, ...first)
      .when(end)
      .rejected("TaskUnfinished");
    const all = [...first, scheduled("compensate:b"), succeeded("compensate:b")];
    const over = given(three, ...done, compensating, ...all);
    expect(over.when(end).accepted()).toMatchObject([
      {
        type: "RunFailed",
        data: {
          task: "c",
          error: { code: "WORKFLOW_EXECUTION_FAILED" },
          values: {
            error: {
              message: "c broke; 1 of 2 compensations failed",
              details: { compensations: { count: 2, failed: 1 } },
            },
          },
        },
      },
    ]);
    over.when(failing).rejected("RunCompensating");
    over.when(finish({ kind: "cancelled" })).rejected("RunCompensating");
    over.when(finish({ kind: "succeeded", outputs: {} })).rejected("RunCompensating");
  });

  test("tries to undo as often as the task itself is tried", () => {
    const under = given(three, ...done, compensating, scheduled("compensate:a"));
    expect(under.when(fail("compensate:a")).types()).toEqual(["TaskFailed", "TaskRetryScheduled"]);
    expect(under.when(fail("compensate:a", 1, "TASK_EXECUTION_FAILED")).types()).toEqual(["TaskFailed"]);
    expect(
      under.when({ type: "LoseTask", task: task("compensate:a"), attempt: 1, reason: "worker-dead" }).types(),
    ).toEqual(["TaskLost"]);
  });
});

describe("while a run undoes what it did", () => {
  test.each<[string, RunCommand]>([
    ["it cannot be cancelled", { type: "CancelRun" }],
    ["it cannot be paused", { type: "PauseRun" }],
    ["no task of the document goes on", schedule("d")],
    ["none is skipped", { type: "SkipTask", task: task("d") }],
    ["none is added", { type: "AddTasks", template: task("a"), count: 1, items: [] }],
    ["what undoes one is not cancelled", { type: "CancelTask", task: task("compensate:a") }],
  ])("%s", (_, command) => {
    undoing.when(command).rejected("RunCompensating");
  });

  test("what a worker reports late is stale, and a second request to cancel harmless", () => {
    undoing.when(complete("c")).rejected("StaleAttempt");
    const cancelled = given(three, scheduled("a"), succeeded("a"), cancelling, {
      type: "RunCompensating",
      data: { outcome: "cancelled" },
    });
    cancelled.when({ type: "CancelRun" }).unchanged();
    cancelled.when({ type: "SendSignal", name: "go" }).rejected("RunCancelling");
  });
});

describe("a run that is cancelled", () => {
  const log = [scheduled("a"), succeeded("a"), cancelling];

  test("undoes what succeeded, and ends as cancelled, whatever comes of it", () => {
    const begun = given(three, ...log).when(finish({ kind: "cancelled" }));
    expect(begun.accepted()).toEqual([{ type: "RunCompensating", data: { outcome: "cancelled" } }]);
    const undone = [scheduled("compensate:a"), failed("compensate:a")];
    const over = given(three, ...log, ...begun.accepted(), ...undone);
    expect(over.when(finish({ kind: "compensated" })).types()).toEqual(["RunCancelled"]);
  });
});

test("a run whose time is up undoes what it did without a limit", () => {
  const timed = graphOf({ a: { compensate: true }, b: {} }, { timeoutMs: 5000 });
  const up = given(timed, scheduled("a"), succeeded("a")).when(finish({ kind: "timed-out" }), NOON + 5000);
  expect(up.accepted()).toMatchObject([
    { type: "RunCompensating", data: { outcome: "failed", error: { code: "WORKFLOW_TIMEOUT" } } },
  ]);
});

test("of a task that is repeated each element is undone, the task itself is not", () => {
  const graph = graphOf({ a: { compensate: true, each: {} }, b: { after: ["a"] } });
  const added: RunEvent = {
    type: "TasksAdded",
    data: { template: "a", count: 2, values: { items: [1, 2] } },
  };
  const log = [
    added,
    scheduled("a[0]"),
    scheduled("a[1]"),
    succeeded("a[1]"),
    succeeded("a[0]"),
    succeeded("a", 0),
  ];
  const run = given(graph, ...log, cancelling, { type: "RunCompensating", data: { outcome: "cancelled" } });
  run.when(schedule("compensate:a[1]")).rejected("TaskNotReady");
  expect(run.when(schedule("compensate:a[0]")).types()).toEqual(["TaskScheduled"]);
  run.when(schedule("compensate:a")).rejected("TaskNotFound");
});
