// How an agent goes on and ends, and what its turns took.
import { describe, expect, test } from "vitest";
import { type RunEvent, type RunEventOf, RunId, taskAt } from "../../../src/domain/index.ts";
import { added, agentWith, call, question, type Steps, turn } from "./agents.ts";
import { given, NOON, scheduled } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

describe("how an agent goes on", () => {
  const graph = agentWith({});
  const add = (steps: Steps, more: object = {}) =>
    ({ type: "AddTasks", template: task("x"), count: steps.length, steps, ...more }) as const;

  test.each<[string, Steps]>([
    ["a call of nothing", [{ kind: "call" }]],
    ["a turn before a call", [{ kind: "turn", tool: 0 }, call(0)]],
    ["a call beyond its tools", [call(2)]],
    ["a question about another tool", [question(0), call(1)]],
  ])("never with %s", (_, steps) => {
    const refusal = "agent x cannot go on with these steps";
    given(graph).when(add(steps)).rejected("TaskNotReady", refusal);
  });

  test("never without steps, nor before its turn has come", () => {
    const none = { type: "AddTasks", template: task("x"), count: 1 } as const;
    given(graph).when(none).rejected("TaskNotReady", "agent x cannot go on with these steps");
    const later = graphOf({ y: {}, x: { agent: { tools: ["add"] }, after: ["y"] } });
    given(later)
      .when(add([turn]))
      .rejected("TaskNotReady", "agent x cannot begin now");
  });

  test("with what it was handed, and no more than that", () => {
    const bare = given(graph)
      .when(add([turn]))
      .accepted();
    expect(bare).toStrictEqual([added(turn)]);
    const agent = {
      params: { prompt: "go" },
      tools: [{ name: "add" }],
      refused: [{ id: "1", message: "no" }],
      secrets: [{ path: ["prompt"], at: 0, name: "KEY" }],
    };
    const [all] = given(graph)
      .when(add([turn], { items: [1], agent }))
      .accepted();
    expect(all).toStrictEqual({
      type: "TasksAdded",
      data: { template: "x", count: 1, steps: [turn], values: { items: [1], ...agent } },
    });
  });
});

describe("how an agent ends", () => {
  const end = { type: "EndAgent", task: task("x"), result: { response: "ok" } } as const;
  const error = { code: "TASK_EXECUTION_FAILED", message: "out of turns", retryable: false } as const;
  const fail = { type: "FailAgent", task: task("x"), error } as const;
  const taken: readonly RunEvent[] = [added(turn), scheduled("x[0]"), turnTook({})];

  test("not before it has begun, nor as a task that is none", () => {
    given(agentWith({})).when(end).rejected("TaskNotReady");
    const plain = graphOf({ x: { each: {} } });
    const elements: RunEvent = { type: "TasksAdded", data: { template: "x", count: 0 } };
    given(plain, elements).when(end).rejected("TaskNotReady");
  });

  test("by failing, for good, after the time that it took", () => {
    const { when } = given(agentWith({}), ...taken);
    expect(when(fail, NOON + 1500).accepted()).toStrictEqual([
      {
        type: "TaskFailed",
        data: {
          task: "x",
          attempt: 0,
          durationMs: 1500,
          error: { code: "TASK_EXECUTION_FAILED", retryable: false },
          final: true,
          values: { error: { message: "out of turns" } },
        },
      },
    ]);
    expect(
      given(agentWith({ onFailure: "pause" }), ...taken)
        .when(fail)
        .types(),
    ).toEqual(["TaskFailed", "RunPaused"]);
  });
});

function turnTook(more: Partial<RunEventOf<"TaskSucceeded">["data"]>): RunEvent {
  const data = { task: task("x[0]"), attempt: 1, durationMs: 0, values: { result: {} }, ...more };
  return { type: "TaskSucceeded", data };
}
const FROM = { run: RunId.parse("0199c2f4-5b1e-7c3a-9a1d-3f6c1f2b7a10"), revision: 3 };

describe("what a turn took", () => {
  const spent = (event: RunEvent, began: readonly RunEvent[] = [scheduled("x[0]")]) =>
    taskAt(given(agentWith({}), added(turn), ...began, event).state, 0).elements?.spent;

  test.each<[string, RunEvent, object]>([
    ["nobody says", turnTook({}), { tokens: 0, costMicros: 0, uncounted: 1, unpriced: 1 }],
    [
      "is its tokens, in and out, and its price",
      turnTook({ usage: { inputTokens: 7, outputTokens: 3, costMicros: 20 } }),
      { tokens: 10, costMicros: 20, uncounted: 0, unpriced: 0 },
    ],
    [
      "is counted by what went in",
      turnTook({ usage: { inputTokens: 7 } }),
      { tokens: 7, costMicros: 0, uncounted: 0, unpriced: 1 },
    ],
    [
      "is counted by what came out",
      turnTook({ usage: { outputTokens: 3 } }),
      { tokens: 3, costMicros: 0, uncounted: 0, unpriced: 1 },
    ],
    [
      "may be priced and not counted",
      turnTook({ usage: { costMicros: 0 } }),
      { tokens: 0, costMicros: 0, uncounted: 1, unpriced: 0 },
    ],
  ])("%s", (_, event, total) => {
    expect(spent(event)).toEqual({ turns: 1, ...total });
  });

  test("in another run, or by hand, cost nothing here", () => {
    const total = { turns: 1, tokens: 0, costMicros: 0, uncounted: 0, unpriced: 0 };
    expect(spent(turnTook({ attempt: 0, reused: FROM }), [])).toEqual(total);
    expect(spent(turnTook({ attempt: 0, given: 3 }), [])).toEqual(total);
  });

  test("is added up, turn after turn", () => {
    const usage = { inputTokens: 2, outputTokens: 1, costMicros: 5 };
    const again = [turnTook({ usage }), added(turn), scheduled("x[1]")];
    expect(spent(turnTook({ task: task("x[1]"), usage }), [scheduled("x[0]"), ...again])).toEqual({
      turns: 2,
      tokens: 6,
      costMicros: 10,
      uncounted: 0,
      unpriced: 0,
    });
  });
});
