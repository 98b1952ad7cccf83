import { describe, expect, test } from "vitest";
import {
  evolve,
  RUN_MOVES,
  RUN_STATUSES,
  type RunEvent,
  type RunStatus,
  TASK_MOVES,
  TASK_STATUSES,
  type TaskStatus,
} from "../../../src/domain/index.ts";
import {
  claim,
  failed,
  fold,
  ME,
  NOON,
  OTHER,
  retryAt,
  scheduled,
  started,
  submitted,
  succeeded,
} from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const graph = graphOf({ a: {} });
const paused: RunEvent = { type: "RunPaused", data: { cause: "request" } };
const compensating: RunEvent = { type: "RunCompensating", data: { outcome: "failed" } };
const endings = {
  succeeded: { type: "RunSucceeded", data: { durationMs: 0 } },
  failed: { type: "RunFailed", data: { durationMs: 0, error: { code: "INTERNAL_ERROR", retryable: false } } },
  cancelled: { type: "RunCancelled", data: { durationMs: 0 } },
} as const satisfies Record<string, RunEvent>;

const reachRun: Readonly<Record<RunStatus, readonly RunEvent[]>> = {
  absent: [],
  pending: [submitted],
  running: [submitted, started],
  paused: [submitted, started, paused],
  compensating: [submitted, started, compensating],
  succeeded: [submitted, started, endings.succeeded],
  failed: [submitted, started, endings.failed],
  cancelled: [submitted, started, endings.cancelled],
};

/** The events that lead into a status. */
const intoRun: Readonly<Record<RunStatus, readonly RunEvent[]>> = {
  absent: [],
  pending: [submitted],
  running: [started, { type: "RunResumed", data: {} }],
  paused: [paused],
  compensating: [compensating],
  succeeded: [endings.succeeded],
  failed: [endings.failed],
  cancelled: [endings.cancelled],
};

const { claim: _, ...unclaimed } = scheduled("a").data;
const waitingForWorker: RunEvent = { type: "TaskScheduled", data: unclaimed };
const begun: RunEvent = { type: "TaskStarted", data: { task: task("a"), attempt: 1, claim } };
const skipped: RunEvent = { type: "TaskSkipped", data: { task: task("a"), reason: "condition" } };
const cancelled: RunEvent = { type: "TaskCancelled", data: { task: task("a"), attempt: 1 } };
const retry = [failed("a", 1, false), retryAt("a", 2, NOON)];

const reachTask: Readonly<Record<TaskStatus, readonly RunEvent[]>> = {
  waiting: [],
  scheduled: [waitingForWorker],
  running: [scheduled("a")],
  retrying: [scheduled("a"), ...retry],
  succeeded: [scheduled("a"), succeeded("a")],
  failed: [scheduled("a"), failed("a")],
  skipped: [skipped],
  cancelled: [scheduled("a"), cancelled],
};

const intoTask: Readonly<Record<TaskStatus, readonly RunEvent[]>> = {
  waiting: [],
  scheduled: [waitingForWorker],
  running: [begun],
  retrying: [retryAt("a", 2, NOON)],
  succeeded: [succeeded("a")],
  failed: [failed("a")],
  skipped: [skipped],
  cancelled: [cancelled],
};

/** What lets an event through although the status does not change. */
const attemptOf: Readonly<Partial<Record<TaskStatus, number>>> = { retrying: 1 };

describe("the state machine of a run", () => {
  const pairs = RUN_STATUSES.flatMap((from) => RUN_STATUSES.map((to) => [from, to] as const)).filter(
    ([, to]) => to !== "absent",
  );

  test.each(pairs)("%s → %s is possible exactly when the table says so", (from, to) => {
    for (const event of intoRun[to]) {
      const state = fold(graph, reachRun[from]);
      const move = () => evolve(state, event, { revision: reachRun[from].length, at: NOON });
      if (RUN_MOVES[from].includes(to)) expect(move).not.toThrow();
      else expect(move).toThrow();
    }
  });
});

describe("the state machine of a task", () => {
  const pairs = TASK_STATUSES.flatMap((from) => TASK_STATUSES.map((to) => [from, to] as const)).filter(
    ([, to]) => to !== "waiting",
  );

  test.each(pairs)("%s → %s is possible exactly when the table says so", (from, to) => {
    for (const event of intoTask[to]) {
      const log = [submitted, started, ...reachTask[from]];
      const state = fold(graph, log);
      const renumbered = numbered(event, attemptOf[from] ?? 0);
      const move = () => evolve(state, renumbered, { revision: log.length, at: NOON });
      if (TASK_MOVES[from].includes(to)) expect(move).not.toThrow();
      else expect(move).toThrow();
    }
  });
});

/** Attempts count on: a task that waits for its retry is scheduled under the next number. */
function numbered(event: RunEvent, before: number): RunEvent {
  const attempt = before + 1;
  if (event.type === "TaskScheduled") return { type: event.type, data: { ...event.data, attempt } };
  if (event.type === "TaskStarted") return { type: event.type, data: { ...event.data, attempt } };
  return event;
}

describe("an impossible event throws", () => {
  test.each([
    ["of a task that the graph does not have", scheduled("zzz")],
    ["that skips an attempt", scheduled("a", 3)],
  ])("%s", (_name, event) => {
    const state = fold(graph, [submitted, started]);
    expect(() => evolve(state, event, { revision: 2, at: NOON })).toThrow();
  });

  test("at the wrong revision", () => {
    const state = fold(graph, [submitted]);
    expect(() => evolve(state, started, { revision: 2, at: NOON })).toThrow("revision 2 after 0");
  });

  test("after the end", () => {
    const state = fold(graph, reachRun.succeeded);
    const event: RunEvent = { type: "RunOwnerChanged", data: { owner: OTHER, previous: ME } };
    expect(() => evolve(state, event, { revision: 3, at: NOON })).toThrow("after the run succeeded");
  });
});
