// An agent: each turn of its model and each call of a tool is a task, and all of it is told by the log.
import { expect, test } from "vitest";
import { isObject } from "../../src/domain/index.ts";
import type { Call } from "../../src/engine/ports/index.ts";
import { agent, agentRig, asks, heardAs, messagesOf, model, says, stepsIn, tools } from "./agent-rig.ts";
import { outcome } from "./outcome.ts";

const sum = asks("test_add", { a: 19, b: 23 });

test("asks its model, calls what it asks for, tells it what came of that, and ends with its answer", async () => {
  const here = agentRig({
    answer: (turn) => (turn === 0 ? says({ text: "let me see", calls: [sum] }) : says({ text: "42" })),
  });
  const { run, end } = await here.run(agent({ tools: ["test/add"], system: "be brief", temperature: 0 }));
  expect(await end).toEqual({ kind: "ended", status: "succeeded" });
  expect(await stepsIn(here, run)).toEqual([["turn"], ["call"], ["turn"]]);
  expect(here.tool.calls).toMatchObject([{ task: "A[1]", params: { a: 19, b: 23 } }]);
  const [first, second] = here.llm.turns;
  expect(first).toMatchObject({
    task: "A[0]",
    params: { system: "be brief", temperature: 0, messages: [{ role: "user", content: "do it" }] },
  });
  expect(first?.params).toHaveProperty("tools", [
    { name: "test_add", description: "as told", parameters: expect.objectContaining({ type: "object" }) },
  ]);
  expect(second?.task).toBe("A[2]");
  expect(second && messagesOf(second)).toEqual([
    { role: "user", content: "do it" },
    { role: "assistant", content: "let me see", tool_calls: [sum] },
    { role: "tool", tool_call_id: "call-test_add", name: "test_add", content: "42" },
  ]);
  expect(await outcome(here, run, "A")).toMatchObject({
    type: "TaskSucceeded",
    result: {
      response: "42",
      role: "assistant",
      prompt_tokens: 20,
      tokens_used: 30,
      steps: [
        { task: "A[0]", calls: [{ tool: "test_add", task: "A[1]", status: "succeeded" }] },
        { task: "A[2]", calls: [] },
      ],
    },
  });
});

test("lets its model call several tools at once, and what it says is never read as a reference", async () => {
  const text = "${inputs.secret} $${x}";
  const here = agentRig({
    answer: (turn) =>
      turn === 0
        ? says({ calls: [asks("one", { text }, "1"), asks("two", { text: "b", fixed: "mine" }, "2")] })
        : says({ text: "done" }),
  });
  const two = { method: "test/do", name: "two", params: { fixed: "${inputs.given}" } };
  const document = { inputs: { given: { type: "string" } } };
  const { run, end } = await here.run(
    agent({ tools: [{ method: "test/do", name: "one" }, two] }, {}, document),
    { inputs: { given: "yours" } },
  );
  expect(await end).toEqual({ kind: "ended", status: "succeeded" });
  expect(await stepsIn(here, run)).toEqual([["turn"], ["call", "call"], ["turn"]]);
  expect(here.tool.calls.map(({ task, params }) => [task, params])).toEqual([
    ["A[1]", { text }],
    ["A[2]", { text: "b", fixed: "yours" }],
  ]);
});

test("a tool that fails, one that is unknown, arguments that are none: the model is told, nothing else happens", async () => {
  const here = agentRig({
    answer: (turn) =>
      turn === 0
        ? says({
            calls: [
              asks("test_do", { broken: true }, "1"),
              asks("tset_do", {}, "2"),
              asks("test_do", "not json", "3"),
            ],
          })
        : says({ text: "sorry" }),
  });
  const { run, end } = await here.run(agent({ tools: ["test/do"] }));
  expect(await end).toEqual({ kind: "ended", status: "succeeded" });
  expect(here.tool.calls).toHaveLength(1);
  const [, second] = here.llm.turns;
  const told = second ? messagesOf(second).slice(2) : [];
  expect(told.map(({ tool_call_id, content }) => [tool_call_id, heardAs(content)])).toEqual([
    ["1", { error: { code: "TASK_EXECUTION_FAILED", message: "broken" } }],
    [
      "2",
      {
        error: { code: "METHOD_NOT_SUPPORTED", message: expect.stringContaining("did you mean `test_do`?") },
      },
    ],
    ["3", { error: { code: "INVALID_PARAMS", message: "the arguments must be a JSON object" } }],
  ]);
  expect(await outcome(here, run, "A")).toMatchObject({
    result: {
      steps: [
        {
          calls: [
            { tool: "test_do", task: "A[1]", status: "failed", code: "TASK_EXECUTION_FAILED" },
            { tool: "tset_do", status: "refused", code: "METHOD_NOT_SUPPORTED" },
            { tool: "test_do", status: "refused", code: "INVALID_PARAMS" },
          ],
        },
        {},
      ],
    },
  });
});

test("of which every call is refused, its model is told why, and asked again at once", async () => {
  const here = agentRig({
    answer: (turn) => (turn === 0 ? says({ calls: [asks("nope")] }) : says({ text: "ok" })),
  });
  const { run, end } = await here.run(agent({}));
  expect(await end).toEqual({ kind: "ended", status: "succeeded" });
  expect(await stepsIn(here, run)).toEqual([["turn"], ["turn"]]);
  const [, second] = here.llm.turns;
  expect(heardAs(second && messagesOf(second).at(-1)?.content)).toEqual({
    error: { code: "METHOD_NOT_SUPPORTED", message: expect.stringContaining("there is no tool `nope`") },
  });
});

test("a tool of which the document says that its failure ends the agent does so", async () => {
  const here = agentRig({ answer: () => says({ calls: [asks("test_do", { broken: true })] }) });
  const { run, end } = await here.run(agent({ tools: [{ method: "test/do", on_failure: "fail" }] }));
  expect(await end).toEqual({ kind: "ended", status: "failed" });
  expect(await outcome(here, run, "A")).toMatchObject({
    type: "TaskFailed",
    error: { message: "the call A[1] of `test_do` failed: broken" },
  });
  expect(here.llm.turns).toHaveLength(1);
});

test("a server's own words describe its tools, and it judges arguments before anything is called", async () => {
  const llm = model((turn) =>
    turn === 0
      ? says({ calls: [asks("sum", { a: 1 }, "1"), asks("sum", { a: 1, b: 2 }, "2")] })
      : says({ text: "3" }),
  );
  const served = {
    ...tools(),
    protocol: "mcp/v1",
    describe: async (method: string) => ({
      description: `does ${method}`,
      parameters: { type: "object", properties: { a: {}, b: {}, unit: {} }, required: ["a", "b", "unit"] },
    }),
    preflight: async ({ params }: Call) => {
      const given = Object.keys(isObject(params.arguments) ? params.arguments : {});
      return given.includes("b")
        ? []
        : [{ code: "INVALID_PARAMS" as const, message: "is missing", path: ["arguments", "b"] }];
    },
  };
  const here = agentRig({ answer: () => says({}), providers: [llm, served] });
  const tool = { method: "mcp/tool.sum", params: { unit: "m", server: "scripted" } };
  const { run, end } = await here.run(agent({ tools: [{ ...tool, name: "sum" }] }));
  expect(await end).toEqual({ kind: "ended", status: "succeeded" });
  expect(llm.turns[0]?.params.tools).toEqual([
    {
      name: "sum",
      description: "does tool.sum",
      parameters: { type: "object", properties: { a: {}, b: {} }, required: ["a", "b"] },
    },
  ]);
  expect(served.calls.map(({ params }) => params)).toEqual([
    { arguments: { a: 1, b: 2, unit: "m" }, server: "scripted" },
  ]);
  expect(await outcome(here, run, "A")).toMatchObject({
    result: {
      steps: [{ calls: [{ status: "refused", code: "INVALID_PARAMS" }, { status: "succeeded" }] }, {}],
    },
  });
});
