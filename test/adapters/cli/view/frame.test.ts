import { expect, test } from "vitest";
import { frame } from "../../../../src/adapters/cli/view/frame.ts";
import { paint } from "../../../../src/adapters/cli/view/paint.ts";
import { width } from "../../../../src/adapters/cli/view/text.ts";
import type { RunEvent } from "../../../../src/domain/index.ts";
import { runDetail } from "../../../../src/projections/index.ts";
import { failed, NOON, retryAt, scheduled, succeeded } from "../../../domain/run/given.ts";
import { graphOf, task } from "../../../domain/run/graph-of.ts";
import { logOf } from "../../../projections/histories.ts";

const detailOf = (ids: readonly string[], ...events: readonly RunEvent[]) => {
  const { fold, empty } = runDetail(graphOf(Object.fromEntries(ids.map((id) => [id, {}]))).nodes);
  return logOf(...events).reduce(fold, empty());
};

const room = (columns = 80, rows = 24) => ({ columns, rows, now: NOON + 10_000, paint: paint(false) });

test("each task is a line with its state, its attempt and how long it took", () => {
  const detail = detailOf(
    ["alpha", "beta", "gamma", "delta", "omega"],
    scheduled("alpha"),
    succeeded("alpha"),
    scheduled("beta"),
    failed("beta", 1, false),
    retryAt("beta", 2, NOON + 12_500),
    scheduled("gamma"),
    failed("gamma"),
    {
      type: "TaskSkipped",
      data: { task: task("delta"), reason: "dependency-failed", because: task("gamma") },
    },
  );
  expect(frame({ title: "Letters", detail, said: new Map() }, room())).toEqual([
    "▸ Letters  3/5  9.0 s",
    "  ✓ alpha  1.0 s",
    "  ↻ beta   TASK_EXECUTION_FAILED, again in 2.5 s",
    "  ✗ gamma  TASK_EXECUTION_FAILED",
    "  – delta  skipped because of gamma",
    "  · omega",
  ]);
});

test("a running task shows how long it has been at it, and the last thing it said", () => {
  const detail = detailOf(
    ["a"],
    scheduled("a"),
    failed("a", 1, false),
    retryAt("a", 2, NOON),
    scheduled("a", 2),
  );
  const said = new Map([[task("a"), "page 3 of 9"]]);
  expect(frame({ title: "T", detail, said }, room())[1]).toBe("  ▸ a  attempt 2  5.0 s  page 3 of 9");
});

test("a run of a thousand tasks fits the terminal: what is under way first, the others counted", () => {
  const ids = Array.from({ length: 1000 }, (_, i) => `t${i}`);
  const detail = detailOf(
    ids,
    ...ids.slice(0, 500).flatMap((id) => [scheduled(id), succeeded(id)]),
    scheduled("t900"),
    scheduled("t700"),
    failed("t700"),
  );
  const lines = frame({ title: "Many", detail, said: new Map() }, room(60, 10));
  expect(lines).toHaveLength(9);
  expect(lines.join("\n")).toContain("▸ t900");
  expect(lines.join("\n")).toContain("✗ t700");
  expect(lines.join("\n")).toContain("✓ t499");
  expect(lines.indexOf(lines.find((text) => text.includes("t700")) ?? "")).toBeLessThan(
    lines.indexOf(lines.find((text) => text.includes("t900")) ?? ""),
  );
  expect(lines.at(-1)).toBe("    … 993 more: 495 succeeded, 498 waiting");
});

test("no line is wider than the terminal, however narrow it is and whatever tasks are called or say", () => {
  const detail = detailOf(
    ["a_task_with_quite_a_long_name_that_does_not_fit_anywhere"],
    scheduled("a_task_with_quite_a_long_name_that_does_not_fit_anywhere"),
  );
  const said = new Map([
    [task("a_task_with_quite_a_long_name_that_does_not_fit_anywhere"), "日本語".repeat(40)],
  ]);
  for (const columns of [20, 40, 79, 200]) {
    const lines = frame({ title: "A title that is rather long, too", detail, said }, room(columns));
    expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(columns);
  }
});

test("what a task says cannot paint over the screen", () => {
  const detail = detailOf(["a"], scheduled("a"));
  const said = new Map([[task("a"), `${String.fromCharCode(27)}[2J\rgotcha`]]);
  expect(frame({ title: "T", detail, said }, room()).join("")).not.toContain(String.fromCharCode(27));
});
