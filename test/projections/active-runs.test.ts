import fc from "fast-check";
import { expect, test } from "vitest";
import { isFinal, isOpen, nodeAt, type RunEvent, type TaskNode, taskAt } from "../../src/domain/index.ts";
import { activeRuns, dueTimers } from "../../src/projections/index.ts";
import { claim, failed, ME, NOON, retryAt, scheduled } from "../domain/run/given.ts";
import { task } from "../domain/run/graph-of.ts";
import { histories, logOf, runNumber } from "./histories.ts";

const activeOf = (...events: readonly RunEvent[]) =>
  logOf(...events).reduce(activeRuns.fold, activeRuns.empty());

test("what runs and what comes due is what the run's own state says", () => {
  fc.assert(
    fc.property(histories, ({ log, state }) => {
      const active = log.reduce(activeRuns.fold, activeRuns.empty()).runs.get(runNumber(1));
      if (isFinal(state.head.status)) {
        expect(active).toBeUndefined();
        return;
      }
      const nodes = state.tasks.map((_, index) => nodeAt(state, index));
      const where = (status: string) =>
        nodes.filter(({ index }) => taskAt(state, index).status === status).map(({ id }) => id);
      expect(active?.status).toBe(state.head.status);
      expect(active?.owner).toBe(state.head.owner);
      expect([...(active?.attempts.keys() ?? [])].toSorted()).toEqual(where("running").toSorted());
      const goesOn = ({ compensates }: TaskNode) =>
        state.head.status !== "compensating" || compensates !== undefined;
      const timed = nodes
        .filter((node) => goesOn(node) && isOpen(taskAt(state, node.index).status))
        .filter(({ index }) => taskAt(state, index).dueAt !== undefined)
        .map(({ id }) => id);
      expect([...(active?.due.keys() ?? [])].toSorted()).toEqual(timed.toSorted());
    }),
  );
});

test("an attempt shows its claim", () => {
  const active = activeOf(scheduled("a")).runs.get(runNumber(1));
  expect(active?.attempts.get(task("a"))).toEqual({
    attempt: 1,
    worker: ME,
    startedAt: NOON + 2000,
    leaseMs: claim.leaseMs,
  });
});

test("timers come in the order in which they are due", () => {
  const view = activeOf(
    scheduled("a"),
    scheduled("b"),
    failed("a", 1, false),
    retryAt("a", 2, NOON + 9000),
    failed("b", 1, false),
    retryAt("b", 2, NOON + 5000),
  );
  expect(dueTimers(view)).toEqual([
    { run: runNumber(1), task: "b", at: NOON + 5000 },
    { run: runNumber(1), task: "a", at: NOON + 9000 },
  ]);
});

test("a run that has ended is gone, whatever was due", () => {
  const view = activeOf(scheduled("a"), failed("a", 1, false), retryAt("a", 2, NOON + 9000), {
    type: "RunCancelled",
    data: { durationMs: 1 },
  });
  expect(view.runs.size).toBe(0);
  expect(dueTimers(view)).toEqual([]);
});
