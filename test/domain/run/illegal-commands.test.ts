// What the engine would never ask for, refused by name all the same: the rules do not rest on who asks.
import { describe, expect, test } from "vitest";
import { errorInfo, type RunCommand, type RunEvent, RunId } from "../../../src/domain/index.ts";
import { decide } from "../../../src/domain/run/decide.ts";
import { complete, pair, schedule } from "./commands.ts";
import { failed, fold, given, NOON, scheduled, started, submitted, succeeded } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const paused: RunEvent = { type: "RunPaused", data: { cause: "request" } };
const cancelling: RunEvent = { type: "RunCancelRequested", data: {} };
const from = { run: RunId.parse("018f2f4e-0000-7000-8000-0000000000aa"), revision: 7 };
const reuse: RunCommand = { type: "ReuseResult", task: task("a"), from, result: 1 };
const rejectParams: RunCommand = {
  type: "RejectParams",
  task: task("a"),
  error: errorInfo("TASK_PARAMETER_ERROR", "no"),
};
const finish = (outcome: Extract<RunCommand, { type: "FinishRun" }>["outcome"]): RunCommand => ({
  type: "FinishRun",
  outcome,
});

describe("a run that is paused", () => {
  test.each([
    ["schedules nothing", schedule("a")],
    ["takes no result over", reuse],
    ["fails no task for its params", rejectParams],
  ])("%s", (_, command) => {
    given(pair, paused).when(command).rejected("RunPaused");
  });

  test("skips nothing, and goes on with it when it is resumed", () => {
    const skip: RunCommand = { type: "SkipTask", task: task("b") };
    const broken = [scheduled("a"), failed("a")];
    given(pair, ...broken, paused)
      .when(skip)
      .rejected("RunPaused");
    expect(
      given(pair, ...broken, paused, { type: "RunResumed", data: {} })
        .when(skip)
        .types(),
    ).toEqual(["TaskSkipped"]);
  });
});

describe("a run that is being cancelled", () => {
  test.each([
    ["schedules nothing", schedule("a")],
    ["takes no result over", reuse],
    ["fails no task for its params", rejectParams],
  ])("%s", (_, command) => {
    given(pair, cancelling).when(command).rejected("RunCancelling");
  });
});

describe("a run ends", () => {
  test("for want of time only when its time is up", () => {
    const timed = graphOf({ a: {} }, { timeoutMs: 5000 });
    given(timed)
      .when(finish({ kind: "timed-out" }), NOON + 4999)
      .rejected("TaskUnfinished");
    given(pair)
      .when(finish({ kind: "timed-out" }), NOON + 1e9)
      .rejected("TaskUnfinished");
    expect(
      given(timed)
        .when(finish({ kind: "timed-out" }), NOON + 5000)
        .accepted(),
    ).toMatchObject([{ type: "RunFailed", data: { error: { code: "WORKFLOW_TIMEOUT" } } }]);
  });

  test.each([
    ["its timeout of 5 seconds", "2026-03-01T12:00:09.000Z", 5000],
    ["its deadline", "2026-03-01T12:00:04.000Z", 5000],
    ["its deadline", "2026-03-01T12:00:04.000Z", undefined],
  ])("and says that %s was what ended it (deadline %s, timeout %s)", (what, deadline, timeoutMs) => {
    if (submitted.type !== "RunSubmitted") throw new Error("not a submission");
    const limits = { deadline, ...(timeoutMs !== undefined && { timeoutMs }) };
    const first: RunEvent = JSON.parse(
      JSON.stringify({ type: submitted.type, data: { ...submitted.data, ...limits } }),
    );
    const state = fold(pair, [first, started]);
    const decision = decide(finish({ kind: "timed-out" }), state, NOON + 9000);
    expect(decision).toMatchObject({
      events: [{ data: { values: { error: { message: `the run did not end within ${what}` } } } }],
    });
  });

  test("for a failed task only when one has failed", () => {
    const cause = errorInfo("TASK_EXECUTION_FAILED", "broken");
    const one = graphOf({ a: {} });
    given(one, scheduled("a"), succeeded("a"))
      .when(finish({ kind: "failed", cause, task: task("a") }))
      .rejected("TaskUnfinished");
  });

  test("with success only when every task has ended and none has failed", () => {
    given(pair, scheduled("a"))
      .when(finish({ kind: "succeeded", outputs: {} }))
      .rejected("TaskUnfinished");
    given(pair, scheduled("a"), succeeded("a"))
      .when(finish({ kind: "succeeded", outputs: {} }))
      .rejected("TaskUnfinished");
    given(graphOf({ a: {} }), scheduled("a"), failed("a"))
      .when(finish({ kind: "succeeded", outputs: {} }))
      .rejected("TaskUnfinished");
  });

  test("cancelled only when somebody asked for it", () => {
    given(pair)
      .when(finish({ kind: "cancelled" }))
      .rejected("TaskUnfinished");
  });
});

test("a result that comes twice, or for an attempt that is not the one running, changes nothing", () => {
  given(pair, scheduled("a")).when(complete("a", 2)).rejected("StaleAttempt");
  given(pair, scheduled("a"), succeeded("a")).when(complete("a")).unchanged();
  given(pair, scheduled("a"), failed("a")).when(complete("a")).rejected("StaleAttempt");
  given(pair).when(complete("a", 0)).rejected("StaleAttempt");
});
