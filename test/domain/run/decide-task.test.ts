import { describe, expect, test } from "vitest";
import { errorInfo, instantOf, type RunCommand } from "../../../src/domain/index.ts";
import { complete, fail, lose, pair, schedule } from "./commands.ts";
import { claim, failed, given, NOON, retryAt, scheduled, succeeded } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

describe("a task", () => {
  test("waits for the tasks it depends on", () => {
    given(pair).when(schedule("b")).rejected("TaskNotReady");
    expect(given(pair, scheduled("a"), succeeded("a")).when(schedule("b")).types()).toEqual([
      "TaskScheduled",
    ]);
  });

  test("is scheduled with its params and its claim, once", () => {
    expect(given(pair).when(schedule("a")).accepted()).toMatchObject([
      { type: "TaskScheduled", data: { task: "a", attempt: 1, claim, values: { params: { x: 1 } } } },
    ]);
    given(pair, scheduled("a")).when(schedule("a")).unchanged();
  });

  test("that nobody knows is refused by name", () => {
    given(pair).when(schedule("zzz")).rejected("TaskNotFound");
  });

  test("delivered twice is unchanged, of another attempt stale", () => {
    const done = given(pair, scheduled("a"), succeeded("a"));
    done.when(complete("a")).unchanged();
    done.when(fail("a")).rejected("StaleAttempt");
    given(pair, scheduled("a")).when(complete("a", 2)).rejected("StaleAttempt");
  });

  test("whose params cannot be resolved fails as attempt 0, without having been scheduled", () => {
    const error = errorInfo("TASK_PARAMETER_ERROR", "no such key");
    expect(
      given(pair)
        .when({ type: "RejectParams", task: task("a"), error })
        .accepted(),
    ).toMatchObject([
      { type: "TaskFailed", data: { attempt: 0, final: true, error: { code: "TASK_PARAMETER_ERROR" } } },
    ]);
  });

  test("fails at once when the error is not retryable", () => {
    expect(
      given(pair, scheduled("a"))
        .when(fail("a", 1, "TASK_EXECUTION_FAILED"))
        .types(),
    ).toEqual(["TaskFailed"]);
  });

  test("is retried after its back-off when the error is retryable", () => {
    expect(given(pair, scheduled("a")).when(fail("a")).accepted()).toMatchObject([
      { type: "TaskFailed", data: { final: false } },
      { type: "TaskRetryScheduled", data: { attempt: 2, dueAt: instantOf(NOON + 1000), delayMs: 1000 } },
    ]);
  });

  test("keeps the last error's code and says how often it was tried when retries run out", () => {
    const once = graphOf({ a: { retry: { maxAttempts: 1 } } });
    expect(given(once, scheduled("a")).when(fail("a")).accepted()).toMatchObject([
      {
        type: "TaskFailed",
        data: {
          final: true,
          error: { code: "TASK_TIMEOUT" },
          values: { error: { details: { attempts: 1, exhausted: true } } },
        },
      },
    ]);
  });

  test("is not retried before it is due, and then repeats the recorded params", () => {
    const waiting = given(pair, scheduled("a"), failed("a", 1, false), retryAt("a", 2, NOON + 1000));
    const retry: RunCommand = { type: "RetryTask", task: task("a"), idempotencyKey: "run/a" };
    waiting.when(retry, NOON + 999).rejected("TaskNotReady");
    const [event] = waiting.when(retry, NOON + 1000).accepted();
    expect(event).toMatchObject({ type: "TaskScheduled", data: { attempt: 2, paramsFrom: 2 } });
    expect(event?.data).not.toHaveProperty("values");
  });

  test("that lost its worker is started again under the next number, without using up an attempt", () => {
    const lost = { type: "TaskLost", data: { task: task("a"), attempt: 1, reason: "worker-dead" } } as const;
    expect(given(pair, scheduled("a")).when(lose("a")).accepted()).toEqual([lost]);
    const again = given(pair, scheduled("a"), lost);
    expect(again.when({ type: "StartTask", task: task("a"), claim }).accepted()).toEqual([
      { type: "TaskStarted", data: { task: "a", attempt: 2, claim } },
    ]);
    const restarted = { type: "TaskStarted", data: { task: task("a"), attempt: 2, claim } } as const;
    expect(given(pair, scheduled("a"), lost, restarted).when(fail("a", 2)).types()).toEqual([
      "TaskFailed",
      "TaskRetryScheduled",
    ]);
  });

  test("that may not run twice fails when its worker is lost, and every task after three losses", () => {
    const strict = graphOf({ a: { onWorkerLost: "fail" } });
    expect(given(strict, scheduled("a")).when(lose("a")).types()).toEqual(["TaskFailed"]);
    const history = [1, 2, 3].flatMap((attempt) => [
      { type: "TaskLost", data: { task: task("a"), attempt, reason: "worker-dead" } } as const,
      { type: "TaskStarted", data: { task: task("a"), attempt: attempt + 1, claim } } as const,
    ]);
    expect(
      given(pair, scheduled("a"), ...history)
        .when(lose("a", 4))
        .types(),
    ).toEqual(["TaskFailed"]);
  });

  test("given back at a shutdown does not count as lost", () => {
    const back = (attempt: number) =>
      [
        { type: "TaskLost", data: { task: task("a"), attempt, reason: "shutdown" } } as const,
        { type: "TaskStarted", data: { task: task("a"), attempt: attempt + 1, claim } } as const,
      ] as const;
    const history = [1, 2, 3, 4, 5].flatMap(back);
    expect(
      given(pair, scheduled("a"), ...history)
        .when(lose("a", 6))
        .types(),
    ).toEqual(["TaskLost"]);
  });

  test("given back at a shutdown is started again even after three losses", () => {
    const history = [1, 2, 3].flatMap((attempt) => [
      { type: "TaskLost", data: { task: task("a"), attempt, reason: "worker-dead" } } as const,
      { type: "TaskStarted", data: { task: task("a"), attempt: attempt + 1, claim } } as const,
    ]);
    const back: RunCommand = { type: "LoseTask", task: task("a"), attempt: 4, reason: "shutdown" };
    expect(
      given(pair, scheduled("a"), ...history)
        .when(back)
        .types(),
    ).toEqual(["TaskLost"]);
  });

  test("counts every start when it says how often it was tried, a lost one too", () => {
    const once = graphOf({ a: { retry: { maxAttempts: 1 } } });
    const lost = { type: "TaskLost", data: { task: task("a"), attempt: 1, reason: "worker-dead" } } as const;
    const again = { type: "TaskStarted", data: { task: task("a"), attempt: 2, claim } } as const;
    expect(given(once, scheduled("a"), lost, again).when(fail("a", 2)).accepted()).toMatchObject([
      { data: { attempt: 2, values: { error: { details: { attempts: 2, exhausted: true } } } } },
    ]);
  });

  test("is skipped only when a dependency decided so", () => {
    given(pair)
      .when({ type: "SkipTask", task: task("b") })
      .rejected("TaskNotReady");
    expect(
      given(pair, scheduled("a"), failed("a"))
        .when({ type: "SkipTask", task: task("b") })
        .accepted(),
    ).toEqual([{ type: "TaskSkipped", data: { task: "b", reason: "dependency-failed", because: "a" } }]);
  });
});
