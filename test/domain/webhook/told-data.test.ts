// What a delivery says: ids and outcomes always, values only in full payloads, and of what was erased that it was.
import { describe, expect, test } from "vitest";
import {
  controlOf,
  EventId,
  fullOf,
  Instant,
  type Json,
  type RunEvent,
  type RunFacts,
  testData,
  type WebhookEvent,
  webhookData,
} from "../../../src/domain/index.ts";
import { claim, failed, NOON, retryAt, scheduled, started, submitted, succeeded } from "../run/given.ts";
import { task } from "../run/graph-of.ts";
import { SAMPLES } from "./samples.ts";

const RUN = "0199c2f4-5b1e-7c3a-9a1d-3f6c1f2b7a10";
const facts: RunFacts = {
  runId: RUN,
  workflow: { id: "nightly", name: "Nightly report", hash: `sha256-${"0".repeat(64)}`, size: 2 },
  actor: { type: "cli", id: "5f0e7a7c", onBehalfOf: "somebody" },
};
const x = task("x");
const error = { code: "TASK_EXECUTION_FAILED", retryable: false } as const;
const at = Instant.parse("2026-03-01T12:00:05.000Z");
const runFailed: RunEvent = {
  type: "RunFailed",
  data: { error, durationMs: 9, values: { error: { message: "broken" } } },
};
const runSucceeded: RunEvent = {
  type: "RunSucceeded",
  data: { durationMs: 9, values: { outputs: { pages: 3 } } },
};
const approval: RunEvent = {
  type: "ApprovalDecided",
  data: { task: x, decision: "rejected", values: { reason: "too dear" } },
};
const signal: RunEvent = { type: "SignalReceived", data: { name: "go", values: { payload: [1] } } };
const skipped: RunEvent = { type: "TaskSkipped", data: { task: x, reason: "condition" } };

/** As a process that opened them hands them over. */
const full = (event: RunEvent, type = "") =>
  fullOf(event, facts, JSON.parse(JSON.stringify(event.data.values ?? {})), type);

describe("control fields", () => {
  test("of every event: the run, its workflow, who did it, and where to look", () => {
    expect(controlOf(started, facts)).toEqual({
      runId: RUN,
      workflow: { id: "nightly", name: "Nightly report", hash: facts.workflow.hash },
      actor: { type: "cli", id: "5f0e7a7c", onBehalfOf: "somebody" },
      link: `/v1/runs/${RUN}`,
      status: "running",
    });
  });

  test("the version of a workflow that has one", () => {
    const versioned = { ...facts, workflow: { ...facts.workflow, version: "3" } };
    expect(controlOf(started, versioned)).toMatchObject({ workflow: { id: "nightly", version: "3" } });
  });

  test.each<[RunEvent, object]>([
    [submitted, { status: "pending" }],
    [{ type: "RunCancelled", data: { durationMs: 9 } }, { status: "cancelled" }],
    [runSucceeded, { status: "succeeded" }],
    [runFailed, { status: "failed", error }],
    [scheduled("x", 2), { taskId: "x", attempt: 2, status: "running" }],
    [
      { type: "TaskStarted", data: { task: x, attempt: 1, claim } },
      { taskId: "x", attempt: 1, status: "running" },
    ],
    [succeeded("x"), { taskId: "x", attempt: 1, status: "succeeded" }],
    [failed("x", 3), { taskId: "x", attempt: 3, status: "failed", error }],
    [failed("x", 1, false), { taskId: "x", attempt: 1, status: "retrying", error }],
    [
      retryAt("x", 2, NOON + 5000),
      { taskId: "x", attempt: 2, status: "retrying", dueAt: "2026-03-01T12:00:05.000Z" },
    ],
    [skipped, { taskId: "x", status: "skipped", reason: "condition" }],
    [
      { type: "ApprovalRequested", data: { task: x, min: 1, dueAt: at, values: { message: "Send it?" } } },
      { taskId: "x", status: "waiting" },
    ],
    [approval, { taskId: "x", status: "waiting", decision: "rejected" }],
    [signal, { signal: "go" }],
    [
      { type: "TaskLost", data: { task: x, attempt: 1, reason: "shutdown" } },
      { taskId: "x", attempt: 1 },
    ],
  ])("%j", (event, said) => {
    const { runId: _, workflow: __, actor: ___, link: ____, ...rest } = controlOf(event, facts);
    expect(rest).toEqual(said);
  });
});

describe("a full payload", () => {
  test.each<[RunEvent, object]>([
    [runSucceeded, { outputs: { pages: 3 } }],
    [succeeded("x", 1, { text: "well" }), { result: { text: "well" } }],
    [signal, { payload: [1] }],
    [approval, { reason: "too dear" }],
    [
      { type: "ApprovalRequested", data: { task: x, min: 1, values: { message: "Send it?" } } },
      { message: "Send it?" },
    ],
    [
      { type: "RunPaused", data: { cause: "request", values: { reason: "month end" } } },
      { reason: "month end" },
    ],
    [started, {}],
    [skipped, {}],
  ])("adds to %j what was given and what came of it", (event, values) => {
    expect(full(event)).toEqual({ ...controlOf(event, facts), ...values });
  });

  test("says why something failed, in place of the bare code", () => {
    const said = { error: { ...error, message: "broken" } };
    expect(full(runFailed)).toEqual({ ...controlOf(runFailed, facts), ...said });
    expect(full(failed("x"))).toEqual({ ...controlOf(failed("x"), facts), ...said });
  });

  test("of a task that failed does not show what it has all the same", () => {
    const values = { error: { message: "broken" }, result: [null, 1] };
    const half: RunEvent = {
      type: "TaskFailed",
      data: { task: x, attempt: 1, durationMs: 0, error, final: true, values },
    };
    expect(full(half)).not.toHaveProperty("result");
  });

  test.each<{ readonly event: RunEvent }>([
    { event: { type: "RunSucceeded", data: { durationMs: 9 } } },
    { event: { type: "RunFailed", data: { error, durationMs: 9 } } },
    { event: { type: "TaskSucceeded", data: { task: x, attempt: 1, durationMs: 0 } } },
    { event: { type: "TaskFailed", data: { task: x, attempt: 1, durationMs: 0, error, final: true } } },
  ])("of $event.type, whose values were erased, says that they were", ({ event }) => {
    expect(full(event)).toEqual({ ...controlOf(event, facts), values: { $erased: true } });
  });

  test("of what may have had no values says nothing of erasure", () => {
    expect(full({ type: "RunPaused", data: { cause: "request" } })).not.toHaveProperty("values");
  });
});

describe("an event under its own name", () => {
  const withEvent = (event: RunEvent, shown: Json) => ({ ...controlOf(event, facts), event: shown });

  test("is told with its data and opened values", () => {
    expect(full(skipped, "event.TaskSkipped")).toEqual(
      withEvent(skipped, { type: "TaskSkipped", data: { task: "x", reason: "condition" } }),
    );
    expect(full(signal, "event.SignalReceived")).toEqual(
      withEvent(signal, { type: "SignalReceived", data: { name: "go", values: { payload: [1] } } }),
    );
  });

  test("never shows what is sealed", () => {
    const sealed = { v: 1, keyId: "00", nonce: "AA", ciphertext: "c2VhbGVk" };
    const event: RunEvent = {
      type: "RunPaused",
      data: { cause: "request", sealed, values: { reason: "month end" } },
    };
    expect(JSON.stringify(full(event, "event.RunPaused"))).not.toContain("c2VhbGVk");
    expect(full(event, "event.RunPaused")).toMatchObject({
      event: { type: "RunPaused", data: { cause: "request", values: { reason: "month end" } } },
    });
  });
});

describe("an endpoint that tells of itself", () => {
  const WEBHOOK = "0199c2f0-1a2b-7c3d-8e4f-5a6b7c8d9e0f";
  const { actor } = facts;
  const common = { webhookId: WEBHOOK, actor, link: `/v1/webhooks/${WEBHOOK}` };
  const event = EventId.parse("0199c2f4-5b2a-7000-8000-000000000007");

  test("a delivery that tells nothing says whose it is", () => {
    expect(testData(WEBHOOK, actor)).toEqual(common);
  });

  test.each<[WebhookEvent["type"], object]>([
    ["WebhookDisabled", { ...common, reason: "request" }],
    ["WebhookParked", { ...common, delivery: event, eventType: "run.failed", attempts: 8 }],
    ["WebhookRecovered", common],
  ])("%s", (type, said) => {
    const sample = SAMPLES.find((one) => one.name === type);
    expect(sample && webhookData(sample.event, WEBHOOK, actor)).toEqual(said);
  });
});
