// Random commands on random graphs, with the work owed in between.
import fc from "fast-check";
import { expect } from "vitest";
import {
  decide,
  errorInfo,
  evolve,
  initial,
  nodeAt,
  type RunCommand,
  type RunEvent,
  type RunState,
  taskAt,
} from "../../../src/domain/index.ts";
import type { Graph } from "../../../src/domain/workflow/graph.ts";
import { claim, ME, NOON, OTHER, started, submitted } from "./given.ts";
import { owed } from "./owed.ts";
import { unasked } from "./unasked.ts";

export type Move = {
  readonly kind: number;
  readonly task: number;
  readonly ok: boolean;
  readonly wait: number;
};

export const moves = fc.array(
  fc.record({
    kind: fc.nat({ max: 13 }),
    task: fc.nat(),
    ok: fc.boolean(),
    wait: fc.integer({ min: -500, max: 3000 }),
  }),
  { maxLength: 60 },
);

/** A command that a caller, sane or not, might send. */
export function commandOf({ kind, task: n, ok }: Move, state: RunState): RunCommand {
  const index = n % state.tasks.length;
  const { id } = nodeAt(state, index);
  const { attempt } = taskAt(state, index);
  const error = errorInfo(ok ? "TASK_TIMEOUT" : "TASK_EXECUTION_FAILED", "broken");
  switch (kind) {
    case 0:
      return {
        type: "ScheduleTask",
        task: id,
        params: {},
        idempotencyKey: `run/${id}`,
        ...(ok && { claim }),
      };
    case 1:
      return { type: "CompleteTask", task: id, attempt, result: { n }, served: {} };
    case 2:
      return { type: "FailTask", task: id, attempt, error, served: {}, fraction: 0.5 };
    case 3:
      return { type: "LoseTask", task: id, attempt, reason: ok ? "worker-dead" : "shutdown" };
    case 4:
      if (ok) return { type: "PauseRun" };
      return {
        type: "ResumeRun",
        ...(n % 3 === 0 && { set: { [`tasks.${id}.${n % 2 ? "result" : "params.x"}`]: n } }),
      };
    case 5:
      return { type: "StartTask", task: id, claim };
    case 6:
      return { type: "RetryTask", task: id, idempotencyKey: `run/${id}` };
    case 7:
      if (n % 5 === 0) return { type: "AddTasks", template: id, count: n % 4, items: [] };
      if (n % 5 === 1) return { type: "GatherResults", task: id, results: [] };
      if (!ok) return { type: "RejectParams", task: id, error };
      return { type: "SkipTask", task: id, ...(n % 2 === 0 && { reason: "condition" }) };
    case 8:
      return n % 5 === 0 ? { type: "CancelRun" } : { type: "StartRun", owner: ok ? ME : OTHER };
    case 9:
      return { type: "SendSignal", name: ok ? "go" : "stop", payload: n };
    case 10:
      return {
        type: "DecideApproval",
        task: id,
        decision: n % 5 === 0 ? "rejected" : "approved",
        by: ok ? "anna" : "ben",
      };
    case 11:
      return ok
        ? { type: "EndWait", task: id, brought: {} }
        : { type: "StartWait", task: id, afterMs: n % 3000 };
    default:
      return { type: "FinishRun", outcome: ok ? { kind: "succeeded", outputs: {} } : { kind: "cancelled" } };
  }
}

export type Story = {
  readonly log: readonly RunEvent[];
  /** When each was recorded, epoch milliseconds. */
  readonly times: readonly number[];
  readonly state: RunState;
};

/** Plays the moves, doing owed work between them; checks invariants after every event. */
export function play(graph: Graph, plan: readonly Move[], check: (state: RunState) => void): Story {
  const state = initial(graph);
  const log: RunEvent[] = [];
  const times: number[] = [];
  let now = NOON;
  const record = (events: readonly RunEvent[]): void => {
    for (const event of events) {
      evolve(state, event, { revision: log.length, at: now });
      log.push(event);
      times.push(now);
      check(state);
    }
  };
  record([submitted, started]);
  for (const move of plan) {
    now += move.wait;
    const decision = decide(commandOf(move, state), state, now);
    if (decision.kind === "accepted") record(decision.events);
    if (move.kind === 13) record(unasked(move.task, state));
    if (!move.ok) continue;
    for (let command = owed(state, now); command; command = owed(state, now)) {
      const followed = decide(command, state, now);
      expect(followed.kind, JSON.stringify({ command, followed })).toBe("accepted");
      if (followed.kind === "accepted") record(followed.events);
    }
  }
  return { log, times, state };
}

export const facts = (state: RunState) => ({ tasks: state.tasks, head: state.head });
export const nothing = (): void => undefined;
