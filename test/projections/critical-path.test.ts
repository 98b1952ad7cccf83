import fc from "fast-check";
import { expect, test } from "vitest";
import { millisOf, type RunEvent } from "../../src/domain/index.ts";
import { criticalPath, timeline } from "../../src/projections/index.ts";
import { failed, NOON, scheduled, succeeded } from "../domain/run/given.ts";
import { graphOf, task } from "../domain/run/graph-of.ts";
import { histories, logOf } from "./histories.ts";

const at = (seconds: number): number => NOON + seconds * 1000;

function pathOf(...events: readonly RunEvent[]) {
  const { fold, empty } = timeline(graphOf({ a: {}, b: {}, c: { after: ["a", "b"] }, d: { after: ["a"] } }));
  const log = logOf(...events);
  return criticalPath(log.reduce(fold, empty()), NOON + log.length * 1000);
}

test("from the task that ended last back over what each waited for", () => {
  const path = pathOf(
    scheduled("a"),
    scheduled("b"),
    succeeded("a"),
    succeeded("b"),
    scheduled("c"),
    scheduled("d"),
    succeeded("d"),
    succeeded("c"),
  );
  expect(path).toEqual([
    { task: "b", from: at(1), to: at(5) },
    { task: "c", from: at(5), to: at(9) },
  ]);
});

test("what goes on counts until now; of several, what began first", () => {
  const path = pathOf(scheduled("a"), scheduled("b"), succeeded("a"), scheduled("d"));
  expect(path).toEqual([{ task: "b", from: at(1), to: at(6) }]);
});

test("of those that end in the same instant, the one that waited for the other", () => {
  const { fold, empty } = timeline(graphOf({ a: {}, b: { after: ["a"] } }));
  const log = logOf(scheduled("a"), succeeded("a"), scheduled("b"), succeeded("b"));
  const [first] = log;
  if (!first) throw new Error("no log");
  const atOnce = log.map((event) => ({ ...event, recordedAt: first.recordedAt }));
  const path = criticalPath(atOnce.reduce(fold, empty()), at(0));
  expect(path.map(({ task: id }) => id)).toEqual(["a", "b"]);
});

test("a task that was skipped made nobody wait", () => {
  const path = pathOf(scheduled("a"), scheduled("b"), succeeded("b"), failed("a"), {
    type: "TaskSkipped",
    data: { task: task("c"), reason: "dependency-failed", because: task("a") },
  });
  expect(path).toEqual([{ task: "a", from: at(1), to: at(5) }]);
});

test("steps join, begin with the run, and none is longer than it", () => {
  fc.assert(
    fc.property(histories, ({ graph, log }) => {
      const { fold, empty } = timeline(graph);
      const view = log.reduce(fold, empty());
      const now = Math.max(0, ...log.map(({ recordedAt }) => millisOf(recordedAt)));
      const path = criticalPath(view, now);
      path.forEach(({ from, to }, i) => {
        expect(from).toBe(i === 0 ? view.startedAt : path[i - 1]?.to);
        expect(to).toBeGreaterThanOrEqual(from);
        expect(to).toBeLessThanOrEqual(now);
      });
    }),
    { numRuns: 50 },
  );
});
