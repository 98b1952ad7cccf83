// Failures and losses are counted apart: a worker that dies uses up no attempt, and no patience.
import { describe, expect, test } from "vitest";
import type { RunCommand, RunEvent } from "../../../src/domain/index.ts";
import { fail, lose } from "./commands.ts";
import { claim, failed, given, NOON, retryAt, scheduled } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const graph = graphOf({ a: { retry: { maxAttempts: 2, backoff: "exponential", baseDelayMs: 1000 } } });

const lost = (attempt: number, reason: "worker-dead" | "shutdown" = "worker-dead"): RunEvent => ({
  type: "TaskLost",
  data: { task: task("a"), attempt, reason },
});
const startedAs = (attempt: number): RunEvent => ({
  type: "TaskStarted",
  data: { task: task("a"), attempt, claim },
});
const twiceLost = [scheduled("a"), lost(1), startedAs(2), lost(2), startedAs(3)];

test("the first failure after two losses is the first, by its delay and by what is left", () => {
  expect(
    given(graph, ...twiceLost)
      .when(fail("a", 3))
      .accepted(),
  ).toMatchObject([
    { type: "TaskFailed", data: { attempt: 3, final: false } },
    { type: "TaskRetryScheduled", data: { attempt: 4, delayMs: 1000 } },
  ]);
});

test("the second is the last, and says how often it was started", () => {
  const log = [...twiceLost, failed("a", 3, false), retryAt("a", 4, NOON), scheduled("a", 4)];
  expect(
    given(graph, ...log)
      .when(fail("a", 4))
      .accepted(),
  ).toMatchObject([
    {
      type: "TaskFailed",
      data: { attempt: 4, final: true, values: { error: { details: { attempts: 4 } } } },
    },
  ]);
});

test("attempts given back at a shutdown are no losses, however many", () => {
  const log = [1, 2, 3, 4, 5].flatMap((n) => [n === 1 ? scheduled("a") : startedAs(n), lost(n, "shutdown")]);
  expect(
    given(graph, ...log, startedAs(6))
      .when(lose("a", 6))
      .types(),
  ).toEqual(["TaskLost"]);
});

test("a lease that is extended moves nothing: the attempt goes on as it was", () => {
  const extended: RunEvent = {
    type: "TaskLeaseExtended",
    data: { task: task("a"), attempt: 1, leaseMs: 30_000 },
  };
  const [plain, long] = [[scheduled("a")], [scheduled("a"), extended, extended]].map((log) =>
    given(graph, ...log)
      .when(fail("a", 1))
      .accepted(),
  );
  expect(long).toEqual(plain);
});

describe("a lost worker", () => {
  const strict = given(graphOf({ a: { onWorkerLost: "fail" } }), scheduled("a"));

  test("fails a task that may not run twice, and it is said how it was lost", () => {
    expect(strict.when(lose("a"), NOON + 8).accepted()).toMatchObject([
      {
        type: "TaskFailed",
        data: {
          attempt: 1,
          durationMs: 8,
          final: true,
          error: { code: "TASK_EXECUTION_FAILED", retryable: false },
          values: {
            error: {
              message: "the worker died during attempt 1 (worker-dead)",
              details: { losses: 1, reason: "worker-dead" },
            },
          },
        },
      },
    ]);
  });

  test("that was shut down in good order is told apart", () => {
    const command: RunCommand = { type: "LoseTask", task: task("a"), attempt: 1, reason: "shutdown" };
    expect(strict.when(command).accepted()).toMatchObject([
      {
        data: {
          values: {
            error: {
              message: "the process was shut down during attempt 1 (shutdown)",
              details: { losses: 0, reason: "shutdown" },
            },
          },
        },
      },
    ]);
  });
});
