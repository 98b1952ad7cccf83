import { describe, expect, test } from "vitest";
import { nextAction, type RunEvent } from "../../../src/domain/index.ts";
import { failed, given, NOON, scheduled, succeeded } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const skipped = (id: string): RunEvent => ({
  type: "TaskSkipped",
  data: { task: task(id), reason: "condition" },
});
const byCondition = (id: string) => ({ type: "SkipTask", task: task(id), reason: "condition" }) as const;
const capacity = { slots: 9, now: NOON };

describe("a condition that does not hold", () => {
  const asked = graphOf({ a: {}, b: { when: { statuses: ["a"] } } });

  test("skips the task, once", () => {
    const ready = given(asked, scheduled("a"), succeeded("a"));
    expect(ready.when(byCondition("b")).accepted()).toEqual([skipped("b")]);
    given(asked, scheduled("a"), succeeded("a"), skipped("b")).when(byCondition("b")).unchanged();
  });

  test("is not asked before the task is ready, nor of a task that has none, nor after it began", () => {
    given(asked).when(byCondition("b")).rejected("TaskNotReady");
    given(asked).when(byCondition("a")).rejected("TaskNotReady");
    given(asked, scheduled("a"), succeeded("a"), scheduled("b"))
      .when(byCondition("b"))
      .rejected("TaskNotReady");
  });

  test("lets dependents run that do not take the result for granted", () => {
    const graph = graphOf({
      a: { when: {} },
      after: { after: ["a"] },
      asking: { when: { statuses: ["a"] } },
    });
    const { state } = given(graph, skipped("a"));
    expect(nextAction(state, capacity)).toMatchObject({ type: "scheduleTask", task: "after" });
    const later = given(graph, skipped("a"), scheduled("after"));
    expect(nextAction(later.state, capacity)).toMatchObject({ type: "scheduleTask", task: "asking" });
  });

  test("skips those that do, in params or in their own condition, and again those that rely on them", () => {
    const graph = graphOf({
      a: { when: {} },
      needing: { needs: ["a"] },
      asking: { when: { results: ["a"] } },
      last: { needs: ["needing"] },
    });
    const { when, state } = given(graph, skipped("a"));
    expect(nextAction(state, capacity)).toEqual({ type: "skipTask", task: "needing" });
    for (const id of ["needing", "asking"]) {
      const data = { task: id, reason: "dependency-skipped", because: "a" };
      expect(when({ type: "SkipTask", task: task(id) }).accepted()).toMatchObject([{ data }]);
    }
    const bySkip: RunEvent = {
      type: "TaskSkipped",
      data: { task: task("needing"), reason: "dependency-skipped", because: task("a") },
    };
    const data = { task: "last", reason: "dependency-skipped", because: "needing" };
    const further = given(graph, skipped("a"), bySkip).when({ type: "SkipTask", task: task("last") });
    expect(further.accepted()).toMatchObject([{ data }]);
  });

  test("is another thing than a failure, which skips all dependents", () => {
    const graph = graphOf({ a: {}, asking: { when: { statuses: ["a"] } }, last: { after: ["asking"] } });
    const { state } = given(graph, scheduled("a"), failed("a"));
    expect(nextAction(state, capacity)).toEqual({ type: "skipTask", task: "asking" });
    given(graph, scheduled("a"), failed("a")).when(byCondition("asking")).rejected("TaskNotReady");
    const byFailure: RunEvent = {
      type: "TaskSkipped",
      data: { task: task("asking"), reason: "dependency-failed", because: task("a") },
    };
    const further = given(graph, scheduled("a"), failed("a"), byFailure);
    expect(nextAction(further.state, capacity)).toEqual({ type: "skipTask", task: "last" });
  });
});
