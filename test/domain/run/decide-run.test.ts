import { describe, expect, test } from "vitest";
import { errorInfo, type RunCommand } from "../../../src/domain/index.ts";
import { decide } from "../../../src/domain/run/decide.ts";
import { complete, pair, schedule } from "./commands.ts";
import { failed, fold, given, ME, NOON, OTHER, scheduled, started, submitted, succeeded } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

describe("a run", () => {
  test("can be submitted once", () => {
    const submission = submitted.type === "RunSubmitted" ? submitted.data : undefined;
    if (!submission) throw new Error("not a submission");
    expect(decide({ type: "SubmitRun", submission }, fold(pair, []), NOON)).toEqual({
      kind: "accepted",
      events: [submitted],
    });
    given(pair).when({ type: "SubmitRun", submission }).rejected("RunAlreadySubmitted");
  });

  test("that was never submitted takes no commands", () => {
    expect(decide({ type: "StartRun", owner: ME }, fold(pair, []), NOON)).toMatchObject({
      rejection: { code: "RunNotFound" },
    });
  });

  test("is started once, and changes hands only from the owner the caller saw", () => {
    expect(decide({ type: "StartRun", owner: ME }, fold(pair, [submitted]), NOON)).toEqual({
      kind: "accepted",
      events: [started],
    });
    given(pair).when({ type: "StartRun", owner: ME }).unchanged();
    given(pair).when({ type: "StartRun", owner: OTHER }).rejected("RunOwned");
    expect(given(pair).when({ type: "StartRun", owner: OTHER, previous: ME }).accepted()).toEqual([
      { type: "RunOwnerChanged", data: { owner: OTHER, previous: ME } },
    ]);
  });

  test("is paused once and resumed once, with the reason", () => {
    expect(given(pair).when({ type: "PauseRun", reason: "lunch" }).accepted()).toEqual([
      { type: "RunPaused", data: { cause: "request", values: { reason: "lunch" } } },
    ]);
    const paused = { type: "RunPaused", data: { cause: "request" } } as const;
    given(pair, paused).when({ type: "PauseRun" }).unchanged();
    given(pair).when({ type: "ResumeRun" }).unchanged();
    expect(given(pair, paused).when({ type: "ResumeRun" }).types()).toEqual(["RunResumed"]);
  });

  test("that is paused starts nothing but takes outcomes", () => {
    const paused = { type: "RunPaused", data: { cause: "request" } } as const;
    given(pair, paused).when(schedule("a")).rejected("RunPaused");
    expect(given(pair, scheduled("a"), paused).when(complete("a")).types()).toEqual(["TaskSucceeded"]);
  });

  test("that is being cancelled starts nothing and cannot be paused", () => {
    const cancel = { type: "RunCancelRequested", data: {} } as const;
    given(pair, cancel).when(schedule("a")).rejected("RunCancelling");
    given(pair, cancel).when({ type: "PauseRun" }).rejected("RunCancelling");
    given(pair, cancel).when({ type: "CancelRun" }).unchanged();
  });

  test("ends only when nothing is under way", () => {
    const finish: RunCommand = { type: "FinishRun", outcome: { kind: "succeeded", outputs: {} } };
    given(pair, scheduled("a")).when(finish).rejected("TaskUnfinished");
    given(pair).when(finish).rejected("TaskUnfinished");
    given(pair, scheduled("a"), failed("a")).when(finish).rejected("TaskUnfinished");
    given(pair)
      .when({ type: "FinishRun", outcome: { kind: "cancelled" } })
      .rejected("TaskUnfinished");
  });

  test("that failed says which task failed first, and why", () => {
    const one = graphOf({ a: {} });
    const cause = errorInfo("TASK_EXECUTION_FAILED", "broken");
    const [event] = given(one, scheduled("a"), failed("a"))
      .when({ type: "FinishRun", outcome: { kind: "failed", cause, task: task("a") } })
      .accepted();
    expect(event).toMatchObject({
      type: "RunFailed",
      data: {
        task: "a",
        error: { code: "WORKFLOW_EXECUTION_FAILED", retryable: false },
        values: { error: { cause: { code: "TASK_EXECUTION_FAILED", message: "broken" } } },
      },
    });
  });

  test("that has ended refuses requests by name and calls late reports stale", () => {
    const end = { type: "RunSucceeded", data: { durationMs: 0, values: { outputs: {} } } } as const;
    const one = graphOf({ a: {} });
    const ended = given(one, scheduled("a"), succeeded("a"), end);
    for (const type of ["PauseRun", "ResumeRun", "CancelRun"] as const)
      ended.when({ type }).rejected("RunFinished");
    ended.when(complete("a")).rejected("StaleAttempt");
  });
});
