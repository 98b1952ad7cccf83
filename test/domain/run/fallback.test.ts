import { describe, expect, test } from "vitest";
import { calledNow, errorInfo, nextAction, type RunEvent } from "../../../src/domain/index.ts";
import { complete, fail, lose, schedule } from "./commands.ts";
import { failed, given, NOON, retryAt, scheduled } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const graph = graphOf({
  a: { fallbacks: ["second", "third"], retry: { maxAttempts: 2 } },
  b: { after: ["a"] },
});
const capacity = { slots: 9, now: NOON };

const target = (method: string) => ({ protocol: "echo/v1", method });
const fellBack = (from: string, to: string, index: number): RunEvent => ({
  type: "TaskFellBack",
  data: { task: task("a"), from: target(from), to: target(to), index },
});
const reject = (of?: "condition") =>
  ({
    type: "RejectParams",
    task: task("a"),
    error: errorInfo("TASK_PARAMETER_ERROR", "missing"),
    ...(of && { of }),
  }) as const;

const onSecond = [scheduled("a"), failed("a", 1, false), fellBack("echo", "second", 0)];

describe("fallbacks", () => {
  test("come after the final failure, which then is not final", () => {
    const events = given(graph, scheduled("a"))
      .when(fail("a", 1, "TASK_EXECUTION_FAILED"))
      .accepted();
    expect(events).toMatchObject([
      { type: "TaskFailed", data: { attempt: 1, final: false } },
      fellBack("echo", "second", 0),
    ]);
  });

  test("come after retries, and are retried themselves with a count of their own; attempts go on counting", () => {
    const retried = [scheduled("a"), failed("a", 1, false), retryAt("a", 2, NOON), scheduled("a", 2)];
    expect(
      given(graph, ...retried)
        .when(fail("a", 2))
        .types(),
    ).toEqual(["TaskFailed", "TaskFellBack"]);
    const second = given(graph, ...onSecond);
    expect(nextAction(second.state, capacity)).toMatchObject({ type: "scheduleTask", task: "a" });
    expect(second.when(schedule("a")).accepted()).toMatchObject([
      { type: "TaskScheduled", data: { attempt: 2, method: "second", values: { params: { x: 1 } } } },
    ]);
    const running = given(graph, ...onSecond, scheduled("a", 2));
    expect(running.when(fail("a", 2)).accepted()).toMatchObject([
      { type: "TaskFailed", data: { final: false } },
      { type: "TaskRetryScheduled", data: { attempt: 3, delayMs: 1000 } },
    ]);
    expect(running.when(complete("a", 2)).types()).toEqual(["TaskSucceeded"]);
  });

  test("end with the last one, whose error is the task's", () => {
    const onThird = [...onSecond, scheduled("a", 2), failed("a", 2, false), fellBack("second", "third", 1)];
    const last = given(graph, ...onThird, scheduled("a", 3));
    expect(calledNow(last.state, 0).method).toBe("third");
    expect(last.when(fail("a", 3, "TASK_EXECUTION_FAILED")).accepted()).toMatchObject([
      { type: "TaskFailed", data: { attempt: 3, final: true, error: { code: "TASK_EXECUTION_FAILED" } } },
    ]);
  });

  test("are not retried with the params of the one before", () => {
    given(graph, ...onSecond)
      .when({ type: "RetryTask", task: task("a"), idempotencyKey: "run/a" })
      .rejected("TaskNotReady");
  });

  test("params that cannot be resolved lead to the next one; a condition that cannot be asked does not", () => {
    expect(given(graph).when(reject()).accepted()).toMatchObject([
      { type: "TaskFailed", data: { attempt: 0, final: false } },
      fellBack("echo", "second", 0),
    ]);
    const waiting = given(graph, failed("a", 0, false), fellBack("echo", "second", 0));
    expect(nextAction(waiting.state, capacity)).toMatchObject({ type: "scheduleTask", task: "a" });
    expect(
      given(graph, ...onSecond)
        .when(reject())
        .accepted(),
    ).toMatchObject([
      { type: "TaskFailed", data: { attempt: 1, final: false } },
      fellBack("second", "third", 1),
    ]);
    const last = given(graph, ...onSecond, failed("a", 1, false), fellBack("second", "third", 1));
    expect(last.when(reject()).accepted()).toMatchObject([{ type: "TaskFailed", data: { final: true } }]);
    expect(given(graph).when(reject("condition")).accepted()).toMatchObject([{ data: { final: true } }]);
  });

  test("come after a worker that was lost for good, too; a loss alone changes nothing", () => {
    const once = graphOf({ a: { fallbacks: ["second"], onWorkerLost: "fail" } });
    expect(given(once, scheduled("a")).when(lose("a")).types()).toEqual(["TaskFailed", "TaskFellBack"]);
    expect(given(graph, scheduled("a")).when(lose("a")).types()).toEqual(["TaskLost"]);
  });

  test("wait while the run is paused, and are cancelled with it", () => {
    const paused: RunEvent = { type: "RunPaused", data: { cause: "request" } };
    expect(nextAction(given(graph, ...onSecond, paused).state, capacity)).toBeUndefined();
    const asked: RunEvent = { type: "RunCancelRequested", data: {} };
    const cancelled = given(graph, ...onSecond, asked);
    expect(nextAction(cancelled.state, capacity)).toEqual({ type: "cancelTask", task: "a" });
  });
});
