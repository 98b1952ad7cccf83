// A task between a failure and its next attempt: what it refuses meanwhile.
import { describe, expect, test } from "vitest";
import { errorInfo, type RunCommand, type RunEvent, RunId } from "../../../src/domain/index.ts";
import { pair, schedule } from "./commands.ts";
import { claim, failed, given, NOON, retryAt, scheduled } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const paused: RunEvent = { type: "RunPaused", data: { cause: "request" } };
const cancelling: RunEvent = { type: "RunCancelRequested", data: {} };
const from = { run: RunId.parse("018f2f4e-0000-7000-8000-0000000000aa"), revision: 7 };
const a = task("a");
const again: RunCommand = { type: "RetryTask", task: a, idempotencyKey: "run/a" };
const refused: readonly RunCommand[] = [
  { type: "StartTask", task: a, claim },
  { type: "ReuseResult", task: a, from, result: 1 },
  { type: "TakeCached", task: a, from, result: 1 },
  { type: "RejectParams", task: a, error: errorInfo("TASK_PARAMETER_ERROR", "no") },
];
const plain = graphOf({ a: {} });
const withCache = { ...plain, nodes: plain.nodes.map((node) => ({ ...node, cache: { key: "" } })) };

describe("a task that is to be tried again", () => {
  const waiting = given(withCache, scheduled("a"), failed("a", 1, false), retryAt("a", 2, NOON + 5));

  test("is not started, taken over or refused its params meanwhile", () => {
    const message = "task a is retrying and waits for 0 tasks";
    for (const command of refused) waiting.when(command).rejected("TaskNotReady", message);
    waiting.when(again, NOON + 4).rejected("TaskNotReady", message);
    expect(waiting.when(again, NOON + 5).types()).toEqual(["TaskScheduled"]);
    waiting.when(schedule("a")).unchanged();
  });

  test("is cancelled as what was begun", () => {
    expect(waiting.when({ type: "CancelTask", task: a }).types()).toEqual(["TaskCancelled"]);
  });

  test("waits while the run is paused, and is not begun when it is cancelled", () => {
    const tried = [scheduled("a"), failed("a", 1, false), retryAt("a", 2, NOON)];
    given(pair, ...tried, paused)
      .when(again)
      .rejected("RunPaused", "the run is paused");
    given(pair, ...tried, cancelling)
      .when(again)
      .rejected("RunCancelling", "the run is being cancelled");
  });
});
