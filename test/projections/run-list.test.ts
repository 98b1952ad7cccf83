import { expect, test } from "vitest";
import { instantOf, type RunEvent, runStream } from "../../src/domain/index.ts";
import { countsByStatus, type RunListQuery, runList, runListPage } from "../../src/projections/index.ts";
import { ME, NOON, OTHER, started } from "../domain/run/given.ts";
import { task } from "../domain/run/graph-of.ts";
import { recorded, runNumber, submission } from "./histories.ts";

const HOUR = 3_600_000;

/** Run n is submitted n hours after noon, then goes through its events. */
function listOf(...runs: readonly (readonly RunEvent[])[]) {
  let position = 0;
  const log = runs.flatMap((events, n) =>
    [submittedAs(`workflow-${n}`), ...events].map((event, revision) => {
      position += 1;
      return recorded(event, NOON + n * HOUR + revision, revision, position, runNumber(n));
    }),
  );
  return log.reduce(runList.fold, runList.empty());
}

const submittedAs = (id: string): RunEvent => ({
  type: "RunSubmitted",
  data: {
    ...submission,
    workflow: { ...submission.workflow, id, name: `Name of ${id}` },
    tags: ["nightly"],
  },
});
const succeeded: RunEvent = { type: "RunSucceeded", data: { durationMs: 7, values: { outputs: {} } } };
const failed: RunEvent = {
  type: "RunFailed",
  data: {
    durationMs: 9,
    task: task("a"),
    error: { code: "WORKFLOW_EXECUTION_FAILED", retryable: false },
    values: { error: { message: "x" } },
  },
};

const list = listOf(
  [started, succeeded],
  [started, failed],
  [started],
  [],
  [started, { type: "RunPaused", data: { cause: "request" } }],
  [started, { type: "RunCancelRequested", data: {} }, { type: "RunCancelled", data: { durationMs: 2 } }],
);

const page = (query: Partial<RunListQuery>) => runListPage(list, { limit: 50, ...query });
const numbers = (query: Partial<RunListQuery>) => page(query).rows.map(({ run }) => Number(run.slice(-12)));

test("each run is one row, newest first", () => {
  expect(numbers({})).toEqual([5, 4, 3, 2, 1, 0]);
  expect(page({}).rows.map(({ status }) => status)).toEqual([
    "cancelled",
    "paused",
    "pending",
    "running",
    "failed",
    "succeeded",
  ]);
});

test("a row tells workflow, instants, duration, tags and the first error", () => {
  expect(page({ statuses: ["failed"] }).rows).toEqual([
    {
      run: runNumber(1),
      tenant: "main",
      workflow: { ...submission.workflow, id: "workflow-1", name: "Name of workflow-1" },
      status: "failed",
      priority: "normal",
      tags: ["nightly"],
      submittedAt: instantOf(NOON + HOUR),
      startedAt: instantOf(NOON + HOUR + 1),
      endedAt: instantOf(NOON + HOUR + 2),
      durationMs: 9,
      owner: ME,
      error: { code: "WORKFLOW_EXECUTION_FAILED", task: "a" },
      submittedPosition: 4n,
    },
  ]);
});

test("filters: status, workflow by id or name, since, tenant", () => {
  expect(numbers({ statuses: ["running", "paused"] })).toEqual([4, 2]);
  expect(numbers({ workflow: "workflow-3" })).toEqual([3]);
  expect(numbers({ workflow: "Name of workflow-3" })).toEqual([3]);
  expect(numbers({ since: instantOf(NOON + 4 * HOUR) })).toEqual([5, 4]);
  expect(numbers({ tenant: "another" })).toEqual([]);
});

test("pages join without gap or repeat, and the last one says that it is the last", () => {
  const first = page({ limit: 4 });
  expect(first.rows).toHaveLength(4);
  const second = page({ limit: 4, ...(first.next !== undefined && { before: first.next }) });
  expect([...first.rows, ...second.rows]).toEqual(page({}).rows);
  expect(second.next).toBeUndefined();
  expect(page({ limit: 6 }).next).toBeUndefined();
});

test("counts by status", () => {
  expect(Object.fromEntries(countsByStatus(list))).toEqual({
    succeeded: 1,
    failed: 1,
    running: 1,
    pending: 1,
    paused: 1,
    cancelled: 1,
  });
});

test("resumed and taken over", () => {
  const [row] = runListPage(
    listOf([
      started,
      { type: "RunPaused", data: { cause: "request" } },
      { type: "RunResumed", data: {} },
      { type: "RunOwnerChanged", data: { owner: OTHER, previous: ME } },
    ]),
    { limit: 1 },
  ).rows;
  expect(row).toMatchObject({ status: "running", owner: OTHER });
  expect(runStream(runNumber(0))).toContain(row?.run);
});
