// A task that is a run of its own: when that starts, and what its end means here.
import { describe, expect, test } from "vitest";
import { type ChildOutcome, calledNow, errorInfo, type RunEvent, RunId } from "../../../src/domain/index.ts";
import { DEFAULT_TIMEOUT_MS } from "../../../src/domain/workflow/policy.ts";
import { failed, given, NOON, scheduled } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const run = RunId.parse("018f2f4e-0000-7000-8000-00000000000a");
const retry = { maxAttempts: 2 };
const graph = graphOf({ part: { child: true, retry }, call: {}, after: { after: ["part"], child: true } });

const unclaimed = (id: string): RunEvent => {
  const { claim: _, ...data } = scheduled(id).data;
  return { type: "TaskScheduled", data };
};
const begun: readonly RunEvent[] = [
  unclaimed("part"),
  { type: "ChildRunStarted", data: { task: task("part"), attempt: 1, run } },
];
const start = (id: string) => ({ type: "StartChild", task: task(id), run }) as const;
const finish = (outcome: ChildOutcome, attempt = 1) =>
  ({ type: "FinishChild", task: task("part"), attempt, run, outcome }) as const;
const ended = (status: "failed" | "cancelled", code: "TASK_TIMEOUT" | "TASK_EXECUTION_FAILED") =>
  ({ status, error: errorInfo(code, "no"), fraction: 0 }) as const;

describe("a child", () => {
  test("starts once, when its task is scheduled", () => {
    given(graph).when(start("part")).rejected("TaskNotReady");
    given(graph, unclaimed("call")).when(start("call")).rejected("TaskNotReady");
    given(graph).when(start("after")).rejected("TaskNotReady");
    expect(given(graph, unclaimed("part")).when(start("part")).accepted()).toEqual([begun[1]]);
    given(graph, ...begun)
      .when(start("part"))
      .unchanged();
  });

  test("does not start in a run that is being cancelled", () => {
    const cancel = { type: "RunCancelRequested", data: {} } as const;
    given(graph, unclaimed("part"), cancel).when(start("part")).rejected("RunCancelling");
  });

  test("is counted from its start to its end", () => {
    const children = (...events: readonly RunEvent[]) => given(graph, ...events).state.head.children;
    expect(children()).toBe(0);
    expect(children(...begun)).toBe(1);
    const success = given(graph, ...begun).when(finish({ status: "succeeded", result: 7 }));
    expect(children(...begun, ...success.accepted())).toBe(0);
  });

  test("that succeeds gives the task its outputs", () => {
    const then = given(graph, ...begun).when(finish({ status: "succeeded", result: { n: 7 } }));
    expect(then.accepted()).toEqual([
      { type: "ChildRunFinished", data: { task: "part", attempt: 1, run, status: "succeeded" } },
      {
        type: "TaskSucceeded",
        data: { task: "part", attempt: 1, durationMs: 0, values: { result: { n: 7 } } },
      },
    ]);
  });

  test("that fails is a failure of the task, retried as such", () => {
    const [finished, ...more] = given(graph, ...begun)
      .when(finish(ended("failed", "TASK_TIMEOUT")))
      .accepted();
    expect(finished?.data).toEqual({
      task: "part",
      attempt: 1,
      run,
      status: "failed",
      error: { code: "TASK_TIMEOUT", retryable: true },
    });
    expect(more.map(({ type }) => type)).toEqual(["TaskFailed", "TaskRetryScheduled"]);
    const final = given(graph, ...begun).when(finish(ended("failed", "TASK_EXECUTION_FAILED")));
    expect(final.types()).toEqual(["ChildRunFinished", "TaskFailed"]);
  });

  test("that was cancelled by somebody else is a failure, too", () => {
    const then = given(graph, ...begun).when(finish(ended("cancelled", "TASK_EXECUTION_FAILED")));
    expect(then.types()).toEqual(["ChildRunFinished", "TaskFailed"]);
    expect(then.accepted()[0]?.data).toMatchObject({ status: "cancelled" });
  });

  test("that ends because the run stops is cancelled with it; what it achieved before counts", () => {
    const cancel = { type: "RunCancelRequested", data: {} } as const;
    const stopped = given(graph, ...begun, cancel);
    expect(stopped.when(finish(ended("cancelled", "TASK_TIMEOUT"))).types()).toEqual([
      "ChildRunFinished",
      "TaskCancelled",
    ]);
    expect(stopped.when(finish({ status: "succeeded", result: 1 })).types()).toEqual([
      "ChildRunFinished",
      "TaskSucceeded",
    ]);
    const limited = given(graphOf({ part: { child: true } }, { timeoutMs: 1000 }), ...begun);
    const late = limited.when(finish(ended("failed", "TASK_TIMEOUT")), NOON + 1000);
    expect(late.types()).toEqual(["ChildRunFinished", "TaskCancelled"]);
  });

  test("of an attempt that is over changes nothing", () => {
    given(graph, ...begun)
      .when(finish({ status: "succeeded", result: 1 }, 2))
      .rejected("StaleAttempt");
    given(graph, unclaimed("part"))
      .when(finish({ status: "succeeded", result: 1 }))
      .rejected("StaleAttempt");
  });

  test("that is an element is cancelled with the others once its task has given up", () => {
    const parts = graphOf({ x: { child: true, each: { failFast: true } } });
    const added: RunEvent = { type: "TasksAdded", data: { template: task("x"), count: 2 } };
    const both = ["x[0]", "x[1]"].flatMap((id): RunEvent[] => [
      unclaimed(id),
      { type: "ChildRunStarted", data: { task: task(id), attempt: 1, run } },
    ]);
    const end = { ...finish(ended("cancelled", "TASK_TIMEOUT")), task: task("x[0]") };
    const going = given(parts, added, ...both);
    expect(going.when(end).types()).toEqual(["ChildRunFinished", "TaskFailed", "TaskRetryScheduled"]);
    const stopped = given(parts, added, ...both, failed("x[1]"));
    expect(stopped.when(end).accepted()).toMatchObject([
      { type: "ChildRunFinished" },
      { type: "TaskCancelled", data: { task: "x[0]", attempt: 1 } },
    ]);
  });

  test("without a limit has one once it has fallen back to a call", () => {
    const fallbacks = graphOf({
      part: { child: true, fallbacks: ["other"] },
      call: { fallbacks: ["other"] },
    });
    const endless = {
      ...fallbacks,
      nodes: fallbacks.nodes.map((node) => ({ ...node, timeoutMs: Infinity, provider: "mine" })),
    };
    const fell = (id: string): RunEvent => ({
      type: "TaskFellBack",
      data: {
        task: task(id),
        from: { protocol: "echo/v1", method: "echo" },
        to: { protocol: "echo/v1", method: "other" },
        index: 0,
      },
    });
    const log = ["part", "call"].flatMap((id) => [failed(id, 0, false), fell(id)]);
    expect(calledNow(given(endless).state, 0).timeoutMs).toBe(Infinity);
    const { state } = given(endless, ...log);
    expect(calledNow(state, 0)).toMatchObject({ method: "other", timeoutMs: DEFAULT_TIMEOUT_MS });
    expect(calledNow(state, 0)).not.toHaveProperty("child");
    expect(calledNow(state, 0)).not.toHaveProperty("provider");
    expect(calledNow(state, 1).timeoutMs).toBe(Infinity);
    const limited = given(fallbacks, ...log);
    expect(calledNow(limited.state, 0).timeoutMs).toBe(60_000);
  });
});
