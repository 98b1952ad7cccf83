// What is recorded of an attempt: its call, its result or its error, and what served it.
import { describe, expect, test } from "vitest";
import { errorInfo, instantOf, type RunCommand, type RunEvent } from "../../../src/domain/index.ts";
import { schedule } from "./commands.ts";
import { claim, failed, given, NOON, retryAt, scheduled } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const a = task("a");
const one = graphOf({ a: { priority: "high" } });
const served = { provider: "echo", instance: "i1" };
const running = given(one, scheduled("a"));
const failing = (more: Partial<Extract<RunCommand, { type: "FailTask" }>> = {}): RunCommand => ({
  type: "FailTask",
  task: a,
  attempt: 1,
  error: errorInfo("TASK_TIMEOUT", "slow", { details: { x: 1 } }),
  served,
  fraction: 0,
  ...more,
});

describe("a call", () => {
  test("is recorded with its params, and only with what there is beside them", () => {
    const call = {
      task: "a",
      attempt: 1,
      protocol: "echo/v1",
      method: "echo",
      timeoutMs: 60_000,
      idempotencyKey: "run/a",
      priority: "high",
    };
    const bare = { type: "ScheduleTask", task: a, params: { x: 1 }, idempotencyKey: "run/a" } as const;
    expect(given(one).when(bare).accepted()).toEqual([
      { type: "TaskScheduled", data: { ...call, values: { params: { x: 1 } } } },
    ]);
    const more = { claim, cacheKey: "k" };
    expect(
      given(one)
        .when({ ...bare, ...more, paths: ["f.txt"] })
        .accepted(),
    ).toEqual([
      { type: "TaskScheduled", data: { ...call, ...more, values: { params: { x: 1 }, files: ["f.txt"] } } },
    ]);
  });

  test("without a limit has none, and says which provider its author wants", () => {
    const nodes = one.nodes.map((node) => ({ ...node, timeoutMs: Infinity, provider: "mine" }));
    const [event] = given({ ...one, nodes })
      .when(schedule("a"))
      .accepted();
    expect(event).toMatchObject({ data: { provider: "mine" } });
    expect(event?.data).not.toHaveProperty("timeoutMs");
  });

  test("that is made again repeats the params of the first, wherever they lie", () => {
    const retry: RunCommand = { type: "RetryTask", task: a, idempotencyKey: "run/a" };
    const log: RunEvent[] = [scheduled("a"), failed("a", 1, false), retryAt("a", 2, NOON)];
    const [second] = given(one, ...log)
      .when(retry)
      .accepted();
    expect(second).toMatchObject({ data: { attempt: 2, paramsFrom: 2, method: "echo" } });
    if (!second) throw new Error("no second attempt");
    const begun: RunEvent = { type: "TaskStarted", data: { task: a, attempt: 2, claim } };
    const [third] = given(one, ...log, second, begun, failed("a", 2, false), retryAt("a", 3, NOON))
      .when(retry)
      .accepted();
    expect(third).toMatchObject({ data: { attempt: 3, paramsFrom: 2 } });
  });
});

describe("a result", () => {
  const complete: RunCommand = { type: "CompleteTask", task: a, attempt: 1, result: 7, served };

  test("is recorded with how long it took, and what served it", () => {
    expect(running.when(complete, NOON + 15).accepted()).toEqual([
      {
        type: "TaskSucceeded",
        data: { task: "a", attempt: 1, durationMs: 15, ...served, values: { result: 7 } },
      },
    ]);
  });

  test("took no time when the clock went back", () => {
    expect(running.when(complete, NOON - 15).accepted()).toMatchObject([{ data: { durationMs: 0 } }]);
  });

  test("of a call that has a key is recorded under it", () => {
    const { type, data } = scheduled("a");
    const keyed = given(one, { type, data: { ...data, cacheKey: "k" } });
    expect(keyed.when(complete).accepted()).toMatchObject([{ data: { cacheKey: "k" } }]);
  });
});

describe("a failure", () => {
  test("that is not the last has its error, its evidence and when it is tried again", () => {
    expect(running.when(failing({ evidence: { stderr: "no" } }), NOON + 5).accepted()).toEqual([
      {
        type: "TaskFailed",
        data: {
          task: "a",
          attempt: 1,
          durationMs: 5,
          error: { code: "TASK_TIMEOUT", retryable: true },
          final: false,
          ...served,
          values: { error: { message: "slow", details: { x: 1 } }, evidence: { stderr: "no" } },
        },
      },
      {
        type: "TaskRetryScheduled",
        data: { task: "a", attempt: 2, dueAt: instantOf(NOON + 1005), delayMs: 1000 },
      },
    ]);
  });

  test("waits as long as the server asks for", () => {
    expect(running.when(failing({ retryAfterMs: 9000 })).accepted()).toMatchObject([
      {},
      { data: { delayMs: 9000, dueAt: instantOf(NOON + 9000) } },
    ]);
  });

  test("that is the last keeps its details, beside how often it was tried", () => {
    const once = given(graphOf({ a: { retry: { maxAttempts: 1 } } }), scheduled("a"));
    const [end, ...more] = once.when(failing()).accepted();
    expect(end).toMatchObject({
      data: { final: true, values: { error: { details: { x: 1, attempts: 1, exhausted: true } } } },
    });
    expect(end).toMatchObject({ data: served });
    expect(end?.data).not.toHaveProperty("values.evidence");
    expect(more).toEqual([]);
  });

  test("that no retry would help is not called exhausted", () => {
    const [end] = running.when(failing({ error: errorInfo("TASK_EXECUTION_FAILED", "no") })).accepted();
    expect(end).toMatchObject({ data: { final: true, values: { error: { message: "no" } } } });
    expect(end?.data).not.toHaveProperty("values.error.details");
  });

  test("that is tried as often as is allowed, and not once more", () => {
    const log = [1, 2].flatMap((n) => [scheduled("a", n), failed("a", n, false), retryAt("a", n + 1, NOON)]);
    const last = given(one, ...log, scheduled("a", 3));
    expect(last.when(failing({ attempt: 3 })).accepted()).toMatchObject([{ data: { final: true } }]);
    const before = given(one, ...log.slice(0, 3), scheduled("a", 2));
    expect(before.when(failing({ attempt: 2 })).types()).toEqual(["TaskFailed", "TaskRetryScheduled"]);
  });
});

test("a fallback is told with the providers that were named", () => {
  const graph = graphOf({ a: { fallbacks: ["second"] } });
  const nodes = graph.nodes.map((node) => ({
    ...node,
    provider: "mine",
    fallbacks: node.fallbacks.map((callee) => ({ ...callee, provider: "yours" })),
  }));
  const error = errorInfo("TASK_EXECUTION_FAILED", "no");
  const from = { protocol: "echo/v1", method: "echo" };
  const to = { protocol: "echo/v1", method: "second" };
  expect(given(graph, scheduled("a")).when(failing({ error })).accepted()[1]).toEqual({
    type: "TaskFellBack",
    data: { task: "a", from, to, index: 0 },
  });
  expect(
    given({ ...graph, nodes }, scheduled("a"))
      .when(failing({ error }))
      .accepted()[1],
  ).toEqual({
    type: "TaskFellBack",
    data: { task: "a", from: { ...from, provider: "mine" }, to: { ...to, provider: "yours" }, index: 0 },
  });
});
