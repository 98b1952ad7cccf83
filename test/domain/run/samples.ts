// One event of every type, every optional field filled: what test/golden keeps as bytes.
import {
  EventId,
  Incarnation,
  Instant,
  type Metadata,
  type RunEvent,
  RunId,
} from "../../../src/domain/index.ts";
import { task } from "./graph-of.ts";

export const hash = `sha256-${"ab".repeat(32)}`;
export const run = RunId.parse("018f2f4e-0000-7000-8000-0000000000aa");
const owner = Incarnation.parse("018f2f4e-0000-7000-8000-000000000001");
const previous = Incarnation.parse("018f2f4e-0000-7000-8000-000000000002");
const at = Instant.parse("2026-03-01T12:00:00.000Z");
export const blob = { $blob: hash, size: 70_000, kind: "json" } as const;
export const file = { hash, size: 12 };
const claim = { worker: owner, provider: "local", instance: "local-1", leaseMs: 30_000 };
export const error = { code: "TASK_TIMEOUT", retryable: true } as const;
export const errorValue = {
  message: "did not end",
  details: { timeoutMs: 1000 },
  cause: { code: "CONNECTION_LOST" },
};
const reused = { run, revision: 7 };
const t = task("count");

export const SAMPLES: readonly RunEvent[] = [
  {
    type: "RunSubmitted",
    data: {
      workflow: { id: "word-statistics", name: "Word statistics", version: "3", hash, size: 512 },
      source: { hash, size: 600 },
      files: [file, { hash, size: 3, shared: true }],
      batch: { count: 200, list: blob },
      priority: "high",
      deadline: at,
      timeoutMs: 60_000,
      parent: { run, task: t, attempt: 1 },
      forkedFrom: { run, revision: 41 },
      subject: "hmac-00",
      tags: ["nightly"],
      requestHash: "hmac-sha256-00",
      values: {
        inputs: { größe: 1.5, "a.b": [null, true, "\u2028"] },
        metadata: { team: "harbour" },
        name: "order-17",
        folders: { document: "/srv/a", working: "/srv" },
        source: "workflow.yaml",
        files: ["scripts/count.py", "data/all.txt"],
        reason: "monthly",
      },
    },
  },
  { type: "RunStarted", data: { owner } },
  {
    type: "RunArchived",
    data: {
      archive: `${run}.bundle`,
      sha256: "ab".repeat(32),
      tree: run,
      size: "120",
      root: Buffer.alloc(32).toString("base64"),
      first: "17",
      last: "41",
      events: 23,
      subject: "hmac-00",
    },
  },
  {
    type: "ArchiveDeleted",
    data: {
      archive: `${run}.bundle`,
      sha256: "ab".repeat(32),
      tree: run,
      size: "120",
      root: Buffer.alloc(32).toString("base64"),
      first: "17",
      last: "41",
      events: 23,
    },
  },
  { type: "RunOwnerChanged", data: { owner, previous } },
  { type: "RunPaused", data: { cause: "task-failed", task: t, values: { reason: "look first" } } },
  { type: "RunResumed", data: { values: { reason: "looked", set: { "inputs.x": 1 } } } },
  { type: "RunCancelRequested", data: { values: { reason: "wrong file" } } },
  { type: "RunCompensating", data: { outcome: "failed" } },
  { type: "RunCancelled", data: { durationMs: 5 } },
  { type: "RunSucceeded", data: { durationMs: 1234, values: { outputs: { total: 3 } } } },
  {
    type: "RunFailed",
    data: {
      durationMs: 9,
      error: { code: "WORKFLOW_EXECUTION_FAILED", retryable: false },
      task: t,
      values: { error: errorValue },
    },
  },
  {
    type: "TaskScheduled",
    data: {
      task: t,
      attempt: 1,
      protocol: "python/v1",
      method: "execute",
      provider: "python",
      timeoutMs: 60_000,
      idempotencyKey: `${run}/count`,
      priority: "urgent",
      deadline: at,
      files: [file],
      paramsFrom: 4,
      claim,
      values: { params: { file: "scripts/count.py", context: { top: 3 } }, files: ["scripts/count.py"] },
    },
  },
  { type: "TaskStarted", data: { task: t, attempt: 2, claim } },
  { type: "TaskLeaseExtended", data: { task: t, attempt: 2, leaseMs: 30_000 } },
  { type: "TaskLost", data: { task: t, attempt: 2, reason: "worker-dead" } },
  {
    type: "TaskSucceeded",
    data: {
      task: t,
      attempt: 3,
      durationMs: 15,
      provider: "local",
      instance: "local-1",
      model: "llama3.2",
      modelDigest: "sha256:00",
      usage: { inputTokens: 10, outputTokens: 2, costMicros: 30 },
      cached: reused,
      reused,
      values: { result: { words: 23, top: [["the", 5]] } },
    },
  },
  {
    type: "TaskFailed",
    data: {
      task: t,
      attempt: 3,
      durationMs: 1000,
      error,
      final: true,
      provider: "local",
      instance: "local-1",
      values: { error: errorValue, evidence: { stdout: "casting off\n", stderr: "", truncated: false } },
    },
  },
  { type: "TaskRetryScheduled", data: { task: t, attempt: 2, dueAt: at, delayMs: 1100 } },
  {
    type: "TaskFellBack",
    data: {
      task: t,
      from: { protocol: "llm/v1", method: "chat", provider: "local" },
      to: { protocol: "llm/v1", method: "chat", provider: "openai" },
      index: 0,
    },
  },
  { type: "TaskSkipped", data: { task: t, reason: "dependency-failed", because: task("pump") } },
  { type: "TaskCancelled", data: { task: t, attempt: 1 } },
  { type: "TasksAdded", data: { template: "batch", count: 200, list: blob, values: { items: [1, 2] } } },
  { type: "WaitStarted", data: { task: t, dueAt: at, signal: "go" } },
  { type: "SignalReceived", data: { name: "go", reused, values: { payload: { n: 1 }, reason: "now" } } },
  {
    type: "ApprovalRequested",
    data: {
      task: t,
      min: 2,
      approvers: ["role:approver"],
      notBy: ["submitter"],
      dueAt: at,
      values: { message: "ok?" },
    },
  },
  {
    type: "ApprovalDecided",
    data: { task: t, decision: "approved", reused, values: { reason: "fine", edit: { a: 1 } } },
  },
  { type: "ChildRunStarted", data: { task: t, attempt: 1, run } },
  { type: "ChildRunFinished", data: { task: t, attempt: 1, run, status: "failed", error } },
];

export const SAMPLE_METADATA: Metadata = {
  tenant: "main",
  actor: { type: "cli", id: "hmac-00", onBehalfOf: "hmac-01" },
  correlationId: run,
  causationId: EventId.parse("018f2f4e-0000-7000-8000-0000000000bb"),
  traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  idempotency: "hmac-02",
  worker: owner,
};
