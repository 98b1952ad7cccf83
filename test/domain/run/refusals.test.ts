// What a task says that refuses a command: the code that callers rely on, and words that tell how it stands.
import { describe, expect, test } from "vitest";
import { errorInfo, type RunCommand, type RunEvent, RunId } from "../../../src/domain/index.ts";
import { complete, fail, lose, pair, schedule } from "./commands.ts";
import { claim, failed, given, scheduled, succeeded } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const paused: RunEvent = { type: "RunPaused", data: { cause: "request" } };
const added = (count: number): RunEvent => ({
  type: "TasksAdded",
  data: { template: "x", count, values: { items: [] } },
});
const queued = (id: string): RunEvent => {
  const { type, data } = scheduled(id);
  const { claim: _, ...rest } = data;
  return { type, data: rest };
};

const from = { run: RunId.parse("018f2f4e-0000-7000-8000-0000000000aa"), revision: 7 };
const start = (id: string): RunCommand => ({ type: "StartTask", task: task(id), claim });
const again = (id: string): RunCommand => ({
  type: "RetryTask",
  task: task(id),
  idempotencyKey: `run/${id}`,
});
const reuse = (id: string): RunCommand => ({ type: "ReuseResult", task: task(id), from, result: 1 });
const cached = (id: string): RunCommand => ({ type: "TakeCached", task: task(id), from, result: 1 });
const give = (id: string): RunCommand => ({ type: "GiveResult", task: task(id), result: 1 });
const gather = (id: string): RunCommand => ({ type: "GatherResults", task: task(id), results: [] });
const skip = (id: string, reason?: "condition"): RunCommand => ({
  type: "SkipTask",
  task: task(id),
  ...(reason && { reason }),
});
const cancel = (id: string): RunCommand => ({ type: "CancelTask", task: task(id) });
const reject = (id: string): RunCommand => ({
  type: "RejectParams",
  task: task(id),
  error: errorInfo("TASK_PARAMETER_ERROR", "no"),
});
const child = (id: string): RunCommand => ({ type: "StartChild", task: task(id), run: from.run });

const cacheable = graphOf({ a: {}, b: { after: ["a"] } });
const withCache = {
  ...cacheable,
  nodes: cacheable.nodes.map((node) => ({ ...node, cache: { key: "" } })),
};
const repeated = graphOf({ x: { each: {} } });

describe("a task that waits for another", () => {
  test.each([schedule, start, reuse, give, gather, reject, child, skip])("refuses %o", (command) => {
    given(pair).when(command("b")).rejected("TaskNotReady", "task b is waiting and waits for 1 tasks");
  });

  test("is not skipped for a condition that it has not, or has too early", () => {
    const waits = "is waiting and waits for";
    given(pair).when(skip("a", "condition")).rejected("TaskNotReady", `task a ${waits} 0 tasks`);
    const conditional = graphOf({ a: {}, b: { when: { statuses: ["a"] } } });
    given(conditional).when(skip("b", "condition")).rejected("TaskNotReady", `task b ${waits} 1 tasks`);
    expect(
      given(conditional, scheduled("a"), succeeded("a")).when(skip("b", "condition")).accepted(),
    ).toEqual([{ type: "TaskSkipped", data: { task: "b", reason: "condition" } }]);
  });

  test("is no attempt that could end, be lost or be cancelled", () => {
    const message = "attempt 1 of b: it is waiting at attempt 0";
    for (const command of [complete, fail, lose])
      given(pair).when(command("b")).rejected("StaleAttempt", message);
    given(pair).when(cancel("b")).unchanged();
  });
});

describe("a task that is ready", () => {
  test.each([
    ["is started only once it is scheduled", start],
    ["is a run of its own only when its author says so", child],
    ["is given a result only by a resume", give],
    ["has no elements that could be gathered", gather],
    ["takes a recorded result only when it may be cached", cached],
  ])("%s", (_, command) => {
    given(pair).when(command("a")).rejected("TaskNotReady", "task a is waiting and waits for 0 tasks");
  });

  test("that is repeated is never called itself, nor cached", () => {
    given(repeated).when(schedule("x")).rejected("TaskNotReady", "task x runs as its elements");
    const [node] = repeated.nodes;
    const kept = { ...repeated, nodes: node ? [{ ...node, cache: { key: "" } }] : [] };
    given(kept).when(cached("x")).rejected("TaskNotReady");
  });

  test("has been taken over as attempt 0, or from what was recorded for the same call", () => {
    const end = { task: "a", attempt: 0, durationMs: 0, values: { result: 1 } };
    expect(given(pair).when(reuse("a")).accepted()).toEqual([
      { type: "TaskSucceeded", data: { ...end, reused: from } },
    ]);
    expect(given(withCache).when(cached("a")).accepted()).toEqual([
      { type: "TaskSucceeded", data: { ...end, cached: from } },
    ]);
  });

  test("that has elements already takes nothing over", () => {
    given(repeated, added(0)).when(reuse("x")).rejected("TaskNotReady");
    given(repeated, added(1)).when(skip("x", "condition")).rejected("TaskNotReady");
    const asked = graphOf({ x: { each: {}, when: {} } });
    given(asked, added(0)).when(skip("x", "condition")).rejected("TaskNotReady");
    expect(given(asked).when(skip("x", "condition")).types()).toEqual(["TaskSkipped"]);
  });
});

describe("a task that is scheduled", () => {
  test("is started once, and that is its first attempt", () => {
    const run = given(pair, queued("a"));
    run.when(schedule("a")).unchanged();
    run.when(again("a")).unchanged();
    expect(run.when(start("a")).accepted()).toEqual([
      { type: "TaskStarted", data: { task: "a", attempt: 1, claim } },
    ]);
    given(pair, scheduled("a")).when(start("a")).unchanged();
  });

  test.each([reuse, reject, child])("refuses %o", (command) => {
    given(pair, queued("a"))
      .when(command("a"))
      .rejected("TaskNotReady", "task a is scheduled and waits for 0 tasks");
  });
});

describe("a task that runs", () => {
  test("refuses what is said of another attempt, and says how it stands", () => {
    const message = "attempt 2 of a: it is running at attempt 1";
    for (const command of [complete, fail, lose])
      given(pair, scheduled("a")).when(command("a", 2)).rejected("StaleAttempt", message);
  });

  test("is cancelled with the number of its attempt", () => {
    expect(given(pair, scheduled("a")).when(cancel("a")).accepted()).toEqual([
      { type: "TaskCancelled", data: { task: "a", attempt: 1 } },
    ]);
  });

  test("is not skipped, gathered or taken over", () => {
    const run = given(withCache, scheduled("a"));
    for (const command of [skip, gather, reuse, cached, give, reject])
      run.when(command("a")).rejected("TaskNotReady", "task a is running and waits for 0 tasks");
  });
});

describe("a task that has ended", () => {
  const done = given(pair, scheduled("a"), succeeded("a"));

  test.each([schedule, again, reuse, give, gather, cancel])("is not touched by %o", (command) => {
    done.when(command("a")).unchanged();
  });

  test("refuses what cannot have happened any more", () => {
    const message = "task a is succeeded and waits for 0 tasks";
    for (const command of [start, reject, skip, child])
      done.when(command("a")).rejected("TaskNotReady", message);
    done.when(complete("a", 2)).rejected("StaleAttempt", "attempt 2 of a: it is succeeded at attempt 1");
  });

  test("is skipped, or refused its params, once", () => {
    const broken = [scheduled("a"), failed("a")];
    given(pair, ...broken)
      .when(reject("a"))
      .unchanged();
    given(pair, ...broken, { type: "TaskSkipped", data: { task: task("b"), reason: "dependency-failed" } })
      .when(skip("b"))
      .unchanged();
  });
});

test("nothing is skipped in a run that is paused", () => {
  given(pair, scheduled("a"), failed("a"), paused).when(skip("b")).rejected("RunPaused", "the run is paused");
});

test("a task that nobody knows is refused by its name", () => {
  given(pair).when(cancel("zzz")).rejected("TaskNotFound", "no task zzz");
});
