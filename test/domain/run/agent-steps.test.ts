// What the steps of an agent are: which calls they make, under whose limits, and what their failure means.
import { describe, expect, test } from "vitest";
import { indexOf, nodeAt } from "../../../src/domain/index.ts";
import type { Graph, RetryPolicy, TaskNode } from "../../../src/domain/workflow/graph.ts";
import { added, agentWith, call, question, type Steps, turn } from "./agents.ts";
import { fold, started, submitted } from "./given.ts";
import { task } from "./graph-of.ts";

function stepsOf(graph: Graph, ...steps: Steps): readonly TaskNode[] {
  const state = fold(graph, [submitted, started, added(...steps)]);
  return steps.map((_, n) => nodeAt(state, indexOf(state, task(`x[${n}]`)) ?? -1));
}

const RETRY: RetryPolicy = {
  maxAttempts: 9,
  backoff: "linear",
  baseDelayMs: 1,
  maxDelayMs: 2,
  jitter: true,
  on: [],
  never: [],
};

describe("a turn", () => {
  test("asks the model, under the limits of the agent, and stands behind its element's name", () => {
    const own = { timeoutMs: 7, retry: RETRY, priority: "high", onWorkerLost: "fail" } as const;
    expect(stepsOf(agentWith({ ...own, preferredProvider: "near" }), turn)).toStrictEqual([
      {
        ...own,
        index: 2,
        id: "x[0]",
        name: "x[0]",
        protocol: "llm/v1",
        method: "chat",
        params: {},
        isDynamic: true,
        needs: [],
        strictNeeds: [],
        fallbacks: [],
        dependencies: [],
        dependents: [0],
        onFailure: "continue",
        element: { of: 0, n: 0 },
        step: { kind: "turn" },
        preferredProvider: "near",
      },
    ]);
  });

  test("goes to the provider that the agent names, if it names one", () => {
    expect(stepsOf(agentWith({ provider: "mine" }), turn)).toMatchObject([{ provider: "mine" }]);
    const [bare] = stepsOf(agentWith({}), turn);
    expect(bare).not.toHaveProperty("provider");
    expect(bare).not.toHaveProperty("preferredProvider");
  });

  test.each([
    ["pause", "pause"],
    ["fail", "continue"],
    ["continue", "continue"],
  ] as const)("of an agent that on failure is to %s: %s", (onFailure, own) => {
    expect(stepsOf(agentWith({ onFailure }), turn)).toMatchObject([{ onFailure: own }]);
  });
});

describe("a call", () => {
  test("is the tool's own, with the tool's provider and limits", () => {
    const tool = { provider: "theirs", retry: RETRY, timeoutMs: 5 };
    expect(stepsOf(agentWith({ provider: "mine", timeoutMs: 7 }, tool), call(0))).toMatchObject([
      { ...tool, protocol: "echo/v1", method: "add", step: call(0) },
    ]);
  });

  test("has the agent's limits where the tool has none, but never its provider", () => {
    const [bare] = stepsOf(agentWith({ provider: "mine", retry: RETRY, timeoutMs: 7 }), call(1));
    expect(bare).toMatchObject({ method: "send", retry: RETRY, timeoutMs: 7 });
    expect(bare).not.toHaveProperty("provider");
  });

  test.each([
    ["fail", "pause", "pause"],
    ["fail", "fail", "continue"],
    ["continue", "pause", "continue"],
    ["continue", "fail", "continue"],
  ] as const)("that fails, of a tool to %s and an agent to %s: %s", (ofTool, ofAgent, own) => {
    const graph = agentWith({ onFailure: ofAgent }, { onFailure: ofTool });
    expect(stepsOf(graph, call(0))).toMatchObject([{ onFailure: own }]);
  });

  test("waits for the question before it, and for nothing else", () => {
    expect(stepsOf(agentWith({}), call(0), question(1), call(1))).toMatchObject([
      { dependencies: [], dependents: [0] },
      { dependencies: [], dependents: [4, 0] },
      { dependencies: [3], dependents: [0] },
    ]);
  });
});

test("a question is put to those whom the agent asks", () => {
  const approval = { min: 2, onTimeout: "reject" } as const;
  const graph = agentWith({ agent: { tools: [], approval }, onFailure: "pause" });
  expect(stepsOf(graph, question(0), call(0))[0]).toMatchObject({
    protocol: "approval/v1",
    method: "request",
    approval,
    step: question(0),
    onFailure: "continue",
  });
});

test("a log with a step that no agent can take is refused, by name", () => {
  const graph = agentWith({});
  expect(() => stepsOf(graph, call(7))).toThrow("agent x has no tool 7");
  expect(() => stepsOf(graph, turn, { kind: "call" })).toThrow("step 1 of agent x is nothing");
});
