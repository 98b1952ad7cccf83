// How a run ends: what it says when it may not yet, and what the event of its end holds.
import { describe, expect, test } from "vitest";
import { errorInfo, initial, type RunCommand, type RunEvent } from "../../../src/domain/index.ts";
import { pair } from "./commands.ts";
import { failed, fold, from, given, NOON, scheduled, started, submitted, succeeded } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

type Outcome = Extract<RunCommand, { type: "FinishRun" }>["outcome"];

const finish = (outcome: Outcome): RunCommand => ({ type: "FinishRun", outcome });
const cause = errorInfo("TASK_EXECUTION_FAILED", "broken");
const success = finish({ kind: "succeeded", outputs: { x: 1 } });
const failure = finish({ kind: "failed", cause, task: task("a") });
const cancelled = finish({ kind: "cancelled" });
const undone = finish({ kind: "compensated" });
const cancelling: RunEvent = { type: "RunCancelRequested", data: {} };
const paused: RunEvent = { type: "RunPaused", data: { cause: "request" } };
const one = graphOf({ a: {} });
const two = graphOf({ a: {}, b: {} });
const undoable = graphOf({ a: { compensate: true }, b: {} });

describe("a run that has not started", () => {
  const pending = from(fold(pair, [submitted]));

  test.each([success, failure, undone, finish({ kind: "timed-out" })])("does not end: %j", (command) => {
    pending.when(command).rejected("RunNotStarted", "the run has not started");
  });

  test("can be cancelled all the same, and has lasted since it was submitted", () => {
    expect(
      from(fold(pair, [submitted, cancelling]))
        .when(cancelled, NOON + 7)
        .accepted(),
    ).toEqual([{ type: "RunCancelled", data: { durationMs: 7 } }]);
  });
});

describe("a run does not end", () => {
  const all = [scheduled("a"), succeeded("a")];

  test.each([success, failure, cancelled])("while a task is under way: %j", (command) => {
    given(two, scheduled("a"), cancelling).when(command).rejected("TaskUnfinished", "1 tasks are under way");
  });

  test("with success while it is paused, or a task has not ended, or one has failed", () => {
    given(one, ...all, paused)
      .when(success)
      .rejected("RunPaused", "the run is paused");
    given(pair, ...all)
      .when(success)
      .rejected("TaskUnfinished", "1 tasks have not ended");
    given(one, scheduled("a"), failed("a")).when(success).rejected("TaskUnfinished", "1 tasks have failed");
  });

  test("as failed by a task when none has failed, or when others go on", () => {
    given(one, ...all)
      .when(failure)
      .rejected("TaskUnfinished", "no task has failed");
    const broken = [scheduled("a"), failed("a")];
    given(two, ...broken)
      .when(failure)
      .rejected("TaskUnfinished", "1 tasks have not ended");
    const hasty = graphOf({ a: {}, b: {} }, { failFast: true });
    expect(
      given(hasty, ...broken)
        .when(failure)
        .types(),
    ).toEqual(["RunFailed"]);
  });

  test("as cancelled when nobody asked, or undone when there was nothing to undo, or before its time is up", () => {
    given(one).when(cancelled).rejected("TaskUnfinished", "nobody asked to cancel the run");
    given(one).when(undone).rejected("TaskUnfinished", "nothing was undone");
    given(graphOf({ a: {} }, { timeoutMs: 5000 }))
      .when(finish({ kind: "timed-out" }))
      .rejected("TaskUnfinished", "the run has time left");
  });
});

describe("the end of a run", () => {
  test("has its outputs, and lasted since it started", () => {
    const later = fold(one, [submitted, started, scheduled("a"), succeeded("a")], NOON + 100);
    expect(
      from(later)
        .when(success, NOON + 142)
        .accepted(),
    ).toEqual([{ type: "RunSucceeded", data: { durationMs: 42, values: { outputs: { x: 1 } } } }]);
    expect(from(later).when(success, NOON).accepted()).toMatchObject([{ data: { durationMs: 0 } }]);
  });

  test("names the task that failed first, and counts", () => {
    const broken = [scheduled("a"), failed("a"), scheduled("b"), failed("b")];
    expect(
      given(two, ...broken)
        .when(failure)
        .accepted(),
    ).toEqual([
      {
        type: "RunFailed",
        data: {
          durationMs: 0,
          task: "a",
          error: { code: "WORKFLOW_EXECUTION_FAILED", retryable: false },
          values: {
            error: {
              message: "2 of 2 tasks failed, a first: broken",
              details: { failed: 2, tasks: 2 },
              cause: { code: "TASK_EXECUTION_FAILED", retryable: false, message: "broken" },
            },
          },
        },
      },
    ]);
  });

  test("that no task is to blame for has the error as it is, and names none", () => {
    const [end] = given(one, scheduled("a"), succeeded("a"))
      .when(finish({ kind: "failed", cause: errorInfo("TASK_PARAMETER_ERROR", "no such key") }))
      .accepted();
    expect(end).toMatchObject({ type: "RunFailed", data: { values: { error: { message: "no such key" } } } });
    expect(end?.data).not.toHaveProperty("task");
  });
});

describe("a cancelled run", () => {
  test("ends at once when nothing can be undone, and undoes first what can", () => {
    expect(given(undoable, cancelling).when(cancelled).types()).toEqual(["RunCancelled"]);
    expect(given(undoable, scheduled("a"), succeeded("a"), cancelling).when(cancelled).accepted()).toEqual([
      { type: "RunCompensating", data: { outcome: "cancelled" } },
    ]);
  });

  const undoing = [
    scheduled("a"),
    succeeded("a"),
    cancelling,
    { type: "RunCompensating", data: { outcome: "cancelled" } },
  ] as const;

  test("that undoes has to be done with it, and then ends as cancelled", () => {
    const run = given(undoable, ...undoing);
    run.when(undone).rejected("TaskUnfinished", "1 tasks are still to be undone");
    const done = given(undoable, ...undoing, scheduled("compensate:a"), succeeded("compensate:a"));
    done.when(cancelled).rejected("RunCompensating", "the run ends as cancelled");
    expect(done.when(undone, NOON + 3).accepted()).toEqual([
      { type: "RunCancelled", data: { durationMs: 3 } },
    ]);
  });
});

test("of a run that does not exist nothing is asked, but to submit it", () => {
  const none = from(initial(pair));
  none.when(success).rejected("RunNotFound", "no such run");
  none.when({ type: "CancelRun" }).rejected("RunNotFound", "no such run");
});
