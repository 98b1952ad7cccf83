import fc from "fast-check";
import { expect, test } from "vitest";
import { initial, isFinal, isOpen, isUndone, nodeAt, type RunEvent } from "../../src/domain/index.ts";
import { runDetail } from "../../src/projections/index.ts";
import { failed, NOON, OTHER, retryAt, scheduled, submitted, succeeded } from "../domain/run/given.ts";
import { graphOf, task } from "../domain/run/graph-of.ts";
import { histories, logOf, recorded, submission } from "./histories.ts";

const detailOf = (ids: readonly string[], ...events: readonly RunEvent[]) => {
  const graph = graphOf(Object.fromEntries(ids.map((id) => [id, {}])));
  const { fold, empty } = runDetail(graph.nodes);
  return logOf(...events).reduce(fold, empty());
};

test("what it says of tasks is what the run's own state says", () => {
  fc.assert(
    fc.property(histories, ({ graph, log, state }) => {
      const { fold, empty } = runDetail(graph.nodes);
      const view = log.reduce(fold, empty());
      const hasNoMore = isFinal(state.head.status) || state.head.status === "compensating";
      expect(view.status).toBe(state.head.status);
      expect(view.events).toBe(log.length);
      expect(view.owner).toBe(state.head.owner);
      const ids = state.tasks.map((_, i) => nodeAt(state, i).id);
      expect([...view.tasks.keys()]).toEqual(ids);
      for (const [i, own] of state.tasks.entries()) {
        const shown = view.tasks.get(ids[i] ?? task("none"));
        expect(shown?.status).toBe(
          hasNoMore && isOpen(own.status) && !shown?.compensates ? "cancelled" : own.status,
        );
        expect(shown?.isUndone ?? false).toBe(isUndone(state, i));
        expect(shown?.attempts).toBe(own.attempt);
        expect(shown?.failures).toBe(own.failures);
        expect(shown?.losses).toBe(own.losses);
        if (own.status === "succeeded") expect(shown?.resultAt).toBe(own.outcomeAt);
        if (own.status === "failed") expect(shown?.errorAt).toBe(own.outcomeAt);
      }
    }),
  );
});

test("a graph that nothing happened to shows every task as waiting", () => {
  const { empty } = runDetail(initial(graphOf({ a: {}, b: {} })).graph.nodes);
  expect([...empty().tasks.values()].map(({ id, status, attempts }) => ({ id, status, attempts }))).toEqual([
    { id: "a", status: "waiting", attempts: 0 },
    { id: "b", status: "waiting", attempts: 0 },
  ]);
});

test("attempts are starts, and the duration is from the first start to the end", () => {
  const view = detailOf(
    ["a"],
    scheduled("a"),
    failed("a", 1, false),
    retryAt("a", 2, NOON + 9000),
    scheduled("a", 2),
    succeeded("a", 2),
  );
  expect(view.tasks.get(task("a"))).toMatchObject({
    status: "succeeded",
    attempts: 2,
    failures: 1,
    durationMs: 4000,
    resultAt: 6,
    errorAt: 3,
  });
  expect(view.tasks.get(task("a"))).not.toHaveProperty("dueAt");
});

test("a retry shows when it comes due", () => {
  const view = detailOf(["a"], scheduled("a"), failed("a", 1, false), retryAt("a", 2, NOON + 9000));
  expect(view.tasks.get(task("a"))).toMatchObject({ status: "retrying", dueAt: NOON + 9000 });
});

test("a lost attempt counts as a loss, one handed back at shutdown does not", () => {
  const lost = (reason: "worker-dead" | "shutdown"): RunEvent => ({
    type: "TaskLost",
    data: { task: task("a"), attempt: 1, reason },
  });
  expect(detailOf(["a"], scheduled("a"), lost("worker-dead")).tasks.get(task("a"))).toMatchObject({
    status: "scheduled",
    attempts: 1,
    losses: 1,
  });
  expect(detailOf(["a"], scheduled("a"), lost("shutdown")).tasks.get(task("a"))).toMatchObject({ losses: 0 });
});

test("what had not ended is cancelled with the run", () => {
  const view = detailOf(
    ["a", "b"],
    scheduled("a"),
    { type: "RunCancelRequested", data: {} },
    { type: "TaskCancelled", data: { task: task("a"), attempt: 1 } },
    { type: "RunCancelled", data: { durationMs: 3 } },
  );
  expect([...view.tasks.values()].map(({ status }) => status)).toEqual(["cancelled", "cancelled"]);
  expect(view).toMatchObject({
    status: "cancelled",
    durationMs: 3,
    events: 6,
    head: 6n,
    cancelRequested: true,
  });
});

test("a takeover changes the owner, a pause the status", () => {
  const view = detailOf(
    ["a"],
    { type: "RunPaused", data: { cause: "request" } },
    { type: "RunOwnerChanged", data: { owner: OTHER, previous: OTHER } },
  );
  expect(view).toMatchObject({ status: "paused", owner: OTHER });
});

test("a run that came of another says so", () => {
  const from = { run: recorded(submitted, NOON, 0, 1).run, revision: 4 };
  const { fold, empty } = runDetail([]);
  const event = { type: "RunSubmitted", data: { ...submission, forkedFrom: from } } as const;
  expect(fold(empty(), recorded(event, NOON, 0, 1)).forkedFrom).toEqual({ ...from, isRetry: true });
});
