// given events, when command, then events: the log is the witness.
import { expect } from "vitest";
import {
  type Decision,
  decide,
  evolve,
  Incarnation,
  initial,
  instantOf,
  type Json,
  type RejectionCode,
  type RunCommand,
  type RunEvent,
  type RunEventOf,
  type RunState,
} from "../../../src/domain/index.ts";
import type { Graph } from "../../../src/domain/workflow/graph.ts";
import { task } from "./graph-of.ts";

export const NOON = Date.parse("2026-03-01T12:00:00.000Z");
export const ME = Incarnation.parse("018f2f4e-0000-7000-8000-000000000001");
export const OTHER = Incarnation.parse("018f2f4e-0000-7000-8000-000000000002");

const HASH = `sha256-${"0".repeat(64)}`;

export const submitted: RunEvent = {
  type: "RunSubmitted",
  data: {
    workflow: { id: "test", name: "test", hash: HASH, size: 2 },
    priority: "normal",
    requestHash: "hmac-sha256-00",
    values: { inputs: {} },
  },
};
export const started: RunEvent = { type: "RunStarted", data: { owner: ME } };

export const claim = { worker: ME, provider: "echo", leaseMs: 30_000 };

export const scheduled = (id: string, attempt = 1, params: Json = {}): RunEventOf<"TaskScheduled"> => ({
  type: "TaskScheduled",
  data: {
    task: task(id),
    attempt,
    protocol: "echo/v1",
    method: "echo",
    timeoutMs: 60_000,
    idempotencyKey: `run/${id}`,
    priority: "normal",
    claim,
    values: { params },
  },
});

export const succeeded = (id: string, attempt = 1, result: Json = {}): RunEvent => ({
  type: "TaskSucceeded",
  data: { task: task(id), attempt, durationMs: 0, provider: "echo", values: { result } },
});

export const failed = (id: string, attempt = 1, final = true): RunEvent => ({
  type: "TaskFailed",
  data: {
    task: task(id),
    attempt,
    durationMs: 0,
    error: { code: "TASK_EXECUTION_FAILED", retryable: false },
    final,
    values: { error: { message: "broken" } },
  },
});

export const retryAt = (id: string, attempt: number, at: number): RunEvent => ({
  type: "TaskRetryScheduled",
  data: { task: task(id), attempt, dueAt: instantOf(at), delayMs: at - NOON },
});

export function fold(graph: Graph, events: readonly RunEvent[], at = NOON): RunState {
  const state = initial(graph);
  for (const [revision, event] of events.entries()) evolve(state, event, { revision, at });
  return state;
}

export const given = (graph: Graph, ...events: readonly RunEvent[]) =>
  from(fold(graph, [submitted, started, ...events]));

/** The same from a run as it is, started or not. */
export function from(state: RunState) {
  return {
    state,
    when: (command: RunCommand, now = NOON) => then(decide(command, state, now)),
  };
}

function then(decision: Decision) {
  return {
    decision,
    accepted: (): readonly RunEvent[] => {
      expect(decision).toMatchObject({ kind: "accepted" });
      return decision.kind === "accepted" ? decision.events : [];
    },
    types: (): readonly string[] =>
      decision.kind === "accepted" ? decision.events.map(({ type }) => type) : [],
    unchanged: () => expect(decision).toEqual({ kind: "unchanged" }),
    rejected: (code: RejectionCode, ...message: readonly string[]) => {
      expect(decision).toMatchObject({ kind: "rejected", rejection: { code } });
      const told = decision.kind === "rejected" ? [decision.rejection.message] : [];
      if (message.length > 0) expect(told).toEqual(message);
    },
  };
}
