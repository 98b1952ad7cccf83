// What comes due by itself.
import { describe, expect, test } from "vitest";
import { instantOf, nextDue, type RunEvent } from "../../../src/domain/index.ts";
import type { Graph } from "../../../src/domain/workflow/graph.ts";
import { failed, given, NOON, retryAt, scheduled } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const due = (graph: Graph, ...log: readonly RunEvent[]) => nextDue(given(graph, ...log).state);
const paused: RunEvent = { type: "RunPaused", data: { cause: "request" } };
const cancelled = (id: string): RunEvent => ({ type: "TaskCancelled", data: { task: task(id), attempt: 1 } });

describe("what comes due by itself", () => {
  test("is the earliest of retries, waits, timeout and deadline", () => {
    const graph = graphOf({ a: {}, nap: { wait: { kind: "timer" } } });
    const retry = [scheduled("a"), failed("a", 1, false), retryAt("a", 2, NOON + 50)];
    const wait: RunEvent = { type: "WaitStarted", data: { task: task("nap"), dueAt: instantOf(NOON + 20) } };
    expect(due(graph)).toBeUndefined();
    expect(due(graph, ...retry)).toBe(NOON + 50);
    expect(due(graph, ...retry, wait)).toBe(NOON + 20);
    expect(due({ ...graph, timeoutMs: 10 }, ...retry, wait)).toBe(NOON + 10);
    expect(due({ ...graph, timeoutMs: 60 }, ...retry)).toBe(NOON + 50);
    expect(due({ ...graph, timeoutMs: 60 }, ...retry, paused)).toBe(NOON + 60);
    expect(due(graph, ...retry, paused)).toBeUndefined();
  });

  test("is no wait that has been answered, and no retry that was cancelled", () => {
    const graph = graphOf({ call: { wait: { kind: "signal", signal: "go", timeoutMs: 5 } }, a: {} });
    const wait: RunEvent = {
      type: "WaitStarted",
      data: { task: task("call"), signal: "go", dueAt: instantOf(NOON + 5) },
    };
    expect(due(graph, wait)).toBe(NOON + 5);
    expect(due(graph, wait, { type: "SignalReceived", data: { name: "go" } })).toBeUndefined();
    const retry = [scheduled("a"), failed("a", 1, false), retryAt("a", 2, NOON + 50)];
    expect(due(graph, ...retry, cancelled("a"))).toBeUndefined();
  });
});
