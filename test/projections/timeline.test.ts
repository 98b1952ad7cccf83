import { expect, test } from "vitest";
import type { RunEvent } from "../../src/domain/index.ts";
import { criticalPath, gapsOf, timeline } from "../../src/projections/index.ts";
import { failed, NOON, retryAt, scheduled, succeeded } from "../domain/run/given.ts";
import { graphOf, task } from "../domain/run/graph-of.ts";
import { logOf } from "./histories.ts";

const at = (seconds: number): number => NOON + seconds * 1000;

function timelineOf(...events: readonly RunEvent[]) {
  const graph = graphOf({ a: {}, b: {}, c: { after: ["a", "b"] } });
  const { fold, empty } = timeline(graph);
  const view = logOf(...events).reduce(fold, empty());
  const taskOf = (id: string) => {
    const found = view.tasks.get(task(id));
    if (!found) throw new Error(`no ${id}`);
    return { ...found, gaps: gapsOf(view, found) };
  };
  return { view, taskOf };
}

test("a task waits for the dependency that ends last, then for a free place", () => {
  // 0 submitted, 1 started, 2 a starts, 3 b starts, 4 b ends, 5 a ends, 6 c starts, 7 c ends
  const { taskOf } = timelineOf(
    scheduled("a"),
    scheduled("b"),
    succeeded("b"),
    succeeded("a"),
    scheduled("c"),
    succeeded("c"),
  );
  expect(taskOf("a").gaps).toEqual([{ from: at(1), to: at(2), why: "place" }]);
  expect(taskOf("c")).toMatchObject({
    waitedFor: "a",
    readyAt: at(5),
    endedAt: at(7),
    attempts: [{ attempt: 1, startedAt: at(6), endedAt: at(7), provider: "echo", outcome: "succeeded" }],
    gaps: [
      { from: at(1), to: at(5), why: "dependency", task: "a" },
      { from: at(5), to: at(6), why: "place" },
    ],
  });
});

test("every attempt is a span with its outcome, and the time between two is a gap with its reason", () => {
  const lost: RunEvent = { type: "TaskLost", data: { task: task("a"), attempt: 2, reason: "worker-dead" } };
  const again: RunEvent = {
    type: "TaskStarted",
    data: { task: task("a"), attempt: 3, claim: { worker: startedBy, provider: "spare", leaseMs: 1 } },
  };
  const { taskOf } = timelineOf(
    scheduled("a"),
    failed("a", 1, false),
    retryAt("a", 2, at(9)),
    scheduled("a", 2),
    lost,
    again,
  );
  expect(taskOf("a").attempts).toEqual([
    {
      attempt: 1,
      startedAt: at(2),
      endedAt: at(3),
      provider: "echo",
      outcome: "failed",
      code: "TASK_EXECUTION_FAILED",
    },
    { attempt: 2, startedAt: at(5), endedAt: at(6), provider: "echo", outcome: "lost" },
    { attempt: 3, startedAt: at(7), provider: "spare", outcome: "running" },
  ]);
  expect(taskOf("a").gaps.slice(1)).toEqual([
    { from: at(3), to: at(5), why: "retry" },
    { from: at(6), to: at(7), why: "loss" },
  ]);
});

test("a skipped task ends without attempts, a cancelled one with an open span closed", () => {
  const { view, taskOf } = timelineOf(
    scheduled("a"),
    failed("a"),
    { type: "TaskSkipped", data: { task: task("c"), reason: "dependency-failed", because: task("a") } },
    scheduled("b"),
    { type: "TaskCancelled", data: { task: task("b"), attempt: 1 } },
    { type: "RunCancelled", data: { durationMs: 6000 } },
  );
  expect(taskOf("c")).toMatchObject({ attempts: [], endedAt: at(4) });
  expect(taskOf("b").attempts).toMatchObject([{ outcome: "cancelled", endedAt: at(6) }]);
  expect(view).toMatchObject({ startedAt: at(1), endedAt: at(7) });
});

const { owner: startedBy } = (() => {
  const [, second] = logOf();
  if (second?.event.type !== "RunStarted") throw new Error("the second event is RunStarted");
  return second.event.data;
})();

test("a wait on purpose and a pause are spans that end when they end", () => {
  const { view, taskOf } = timelineOf(
    { type: "WaitStarted", data: { task: task("a"), signal: "go" } },
    { type: "ApprovalRequested", data: { task: task("b"), min: 1 } },
    { type: "RunPaused", data: { cause: "request" } },
    { type: "RunResumed", data: {} },
    succeeded("a"),
    { type: "RunPaused", data: { cause: "request" } },
  );
  expect(taskOf("a").gaps.at(-1)).toEqual({ from: at(2), to: at(6), why: "signal", signal: "go" });
  expect(taskOf("b").wait).toEqual({ for: "approval", startedAt: at(3) });
  const [goesOn] = gapsOf(view, taskOf("b"), at(9)).filter(({ why }) => why === "approval");
  expect(goesOn).toEqual({ from: at(3), to: at(9), why: "approval" });
  expect(view.pauses).toEqual([
    { from: at(4), to: at(5) },
    { from: at(7), to: undefined },
  ]);
});

test("what is undone follows the failure, the last one first, each behind the one before", () => {
  const graph = graphOf({
    a: { compensate: true },
    b: { after: ["a"], compensate: true },
    c: { after: ["b"] },
  });
  const { fold, empty } = timeline(graph);
  const view = logOf(
    scheduled("a"),
    succeeded("a"),
    scheduled("b"),
    succeeded("b"),
    scheduled("c"),
    failed("c"),
    { type: "RunCompensating", data: { outcome: "failed" } },
    scheduled("compensate:b"),
    failed("compensate:b"),
    scheduled("compensate:a"),
    succeeded("compensate:a"),
  ).reduce(fold, empty());
  expect(view.tasks.get(task("compensate:b"))).toMatchObject({
    compensates: "b",
    waitedFor: "c",
    readyAt: NOON + 8000,
    attempts: [{ outcome: "failed" }],
  });
  expect(view.tasks.get(task("compensate:a"))).toMatchObject({
    waitedFor: "compensate:b",
    readyAt: NOON + 10_000,
    endedAt: NOON + 12_000,
  });
  expect(criticalPath(view, NOON + 12_000).map((step) => step.task)).toEqual([
    "a",
    "b",
    "c",
    "compensate:b",
    "compensate:a",
  ]);
});

test("an element that the run is paused for has not ended: it is tried again, and its gap tells", () => {
  const graph = graphOf({ a: { each: {}, onFailure: "pause" }, b: { after: ["a"] } });
  const { fold, empty } = timeline(graph);
  // 2 added, 3 a[0] starts, 4 fails, 5 paused, 6 resumed, 7 a[0] starts again, 8 succeeds
  const log = logOf(
    { type: "TasksAdded", data: { template: "a", count: 2, values: { items: [1, 2] } } },
    scheduled("a[0]"),
    failed("a[0]", 1, true),
    { type: "RunPaused", data: { cause: "task-failed", task: task("a[0]") } },
    { type: "RunResumed", data: {} },
    scheduled("a[0]", 2),
    succeeded("a[0]", 2),
  );
  const paused = log.slice(0, 6).reduce(fold, empty());
  expect(paused.tasks.get(task("a[0]"))).not.toHaveProperty("endedAt");
  const view = log.reduce(fold, empty());
  const element = view.tasks.get(task("a[0]"));
  expect(element).toMatchObject({
    of: "a",
    endedAt: at(8),
    attempts: [{ endedAt: at(4) }, { endedAt: at(8) }],
  });
  expect(element && gapsOf(view, element)).toContainEqual({ from: at(4), to: at(7), why: "retry" });
});
