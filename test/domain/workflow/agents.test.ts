// Agents in documents: what they are compiled to, and every refusal with its place and its words.
import { expect, test } from "vitest";
import { compile, type JsonObject, validate } from "../../../src/domain/index.ts";
import { catalog, withTasks } from "./catalog.ts";

/** With `llm/agent`, whose own params are judged where the method is. */
const world: typeof catalog = {
  ...catalog,
  method: (protocol, name, provider) =>
    protocol === "llm/v1" && name === "agent"
      ? { check: () => [] }
      : catalog.method(protocol, name, provider),
};
const agent = (params: JsonObject, more: JsonObject = {}): JsonObject =>
  withTasks({ id: "a", method: "llm/agent", params: { prompt: "p", ...params }, ...more });

function agentIn(params: JsonObject) {
  const { definition, problems } = validate(agent(params), world);
  expect(problems).toEqual([]);
  return definition && compile(definition).nodes[0]?.agent;
}
const told = (document: JsonObject): readonly string[] =>
  validate(document, world).problems.map(({ path, message }) => `${path.join(".")}: ${message}`);

test("tools are named so that any model can call them, and have what the document says of them", () => {
  const tool = {
    method: "mcp/tool.concat",
    name: "join",
    params: { separator: "${run.id}" },
    provider: "builtin",
    retry: { max_attempts: 1 },
    timeout: "5s",
    on_failure: "fail",
  };
  expect(agentIn({ tools: ["mcp/tool.add", "echo/any.thing else", tool] })?.tools).toEqual([
    { protocol: "mcp/v1", method: "tool.add", name: "add", onFailure: "continue", asks: false },
    {
      protocol: "echo/v1",
      method: "any.thing else",
      name: "echo_any_thing_else",
      onFailure: "continue",
      asks: false,
    },
    {
      protocol: "mcp/v1",
      method: "tool.concat",
      name: "join",
      provider: "builtin",
      retry: expect.objectContaining({ maxAttempts: 1 }),
      timeoutMs: 5000,
      onFailure: "fail",
      asks: false,
    },
  ]);
});

test.each([
  [undefined, [false, false]],
  [true, [true, true]],
  [false, [false, false]],
  [["add"], [true, false]],
  [["mcp/tool.echo"], [false, true]],
  [{ min: 2 }, [true, true]],
  [{ tools: ["echo"], timeout: 60, on_timeout: "reject" }, [false, true]],
])("approve: %j asks for these", (approve, asks) => {
  const found = agentIn({
    tools: ["mcp/tool.add", "mcp/tool.echo"],
    ...(approve !== undefined && { approve }),
  });
  expect(found?.tools.map((tool) => tool.asks)).toEqual(asks);
});

test("how people are asked is compiled with it", () => {
  expect(agentIn({ approve: { min: 2, timeout: 60, on_timeout: "reject" } })?.approval).toEqual({
    min: 2,
    timeoutMs: 60_000,
    onTimeout: "reject",
  });
  expect(agentIn({})?.approval).toEqual({ min: 1, onTimeout: "fail" });
});

test.each<readonly [JsonObject, readonly string[]]>([
  [
    agent({ tools: ["mcp/tool.ad"] }),
    ["tasks.0.params.tools.0.method: unknown method `mcp/tool.ad`: did you mean `tool.add`?"],
  ],
  [
    agent({ tools: [{ method: "mcp/tool.add", params: { a: "x" } }] }),
    ["tasks.0.params.tools.0.params.a: `a` of `tool.add`: Invalid input: expected number, received string"],
  ],
  [
    agent({ tools: ["workflow/run", "approval/request", "llm/agent"] }),
    [
      "tasks.0.params.tools.0: `workflow/run` cannot be a tool of an agent",
      "tasks.0.params.tools.1: `approval/request` cannot be a tool of an agent",
      "tasks.0.params.tools.2: `llm/agent` cannot be a tool of an agent",
    ],
  ],
  [
    agent({ tools: ["mcp/tool.add", { method: "mcp/tool.echo", name: "add" }] }),
    ["tasks.0.params.tools.1: two tools are named `add`: give one another `name`"],
  ],
  [
    agent({ tools: ["mcp/tool.add"], approve: ["ad"] }),
    ["tasks.0.params.approve: `approve` names `ad`, which is no tool of this agent"],
  ],
  [
    agent({ tools: "${run.id}", approve: { min: "${run.id}" } }),
    [
      "tasks.0.params.tools: `tools` is taken as it stands: no `${…}` here",
      "tasks.0.params.approve.min: `approve.min` is taken as it stands: no `${…}` here",
    ],
  ],
  [
    agent({ tools: [{ method: "mcp/tool.add", timeout: "${run.id}" }] }),
    ["tasks.0.params.tools.0.timeout: `tools[0].timeout` is taken as it stands: no `${…}` here"],
  ],
  [
    agent({}, { for_each: [1], cache: { key: "k" }, fallback: [{ params: { prompt: "q" } }] }),
    [
      "tasks.0.for_each: `for_each` does nothing beside an agent: write it into a workflow of its own and repeat that",
      "tasks.0.cache: `cache` does nothing beside an agent: its turns are recorded, and taken over when the run is retried",
      "tasks.0.fallback: `fallback` does nothing beside an agent: each of its turns is a task of its own, and retried as such",
    ],
  ],
  [
    withTasks({
      id: "a",
      method: "echo/echo",
      fallback: [{ method: "llm/agent", params: { prompt: "p" } }],
      compensate: { method: "llm/agent", params: { prompt: "p" } },
    }),
    [
      "tasks.0.fallback.0.method: an agent cannot be called as a fallback or to undo a task",
      "tasks.0.compensate.method: an agent cannot be called as a fallback or to undo a task",
    ],
  ],
])("%j is refused", (document, expected) => {
  expect(told(document)).toEqual(expected);
});
