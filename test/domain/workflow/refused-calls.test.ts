// Methods, ids and dependencies that are not there: every refusal, its code, its place and its words.
import { expect, test } from "vitest";
import type { Json } from "../../../src/domain/index.ts";
import { exactly } from "./catalog.ts";

test.each<readonly [Json, readonly string[]]>([
  [
    { name: "Test", tasks: [{ id: "a", method: "mcp/tool.add", parameters: { a: "x", b: 1, c: 1 } }] },
    [
      "INVALID_PARAMS tasks.0.parameters.a: `a` of `tool.add`: Invalid input: expected number, received string",
      'INVALID_PARAMS tasks.0.parameters: params of `tool.add`: Unrecognized key: "c"',
    ],
  ],
  [
    { name: "Test", tasks: [{ id: "a", method: "mcp/tool.add", params: { a: "${inputs.x}", b: 1 } }] },
    [
      "WORKFLOW_VALIDATION_FAILED tasks.0.params.a: unknown input `x` in `${inputs.x}`: declare it under `inputs`",
    ],
  ],
  [
    { name: "Test", tasks: [{ id: "a", method: "mcp/tool.concat", params: { strings: "${inputs.x}" } }] },
    [
      "WORKFLOW_VALIDATION_FAILED tasks.0.params.strings: unknown input `x` in `${inputs.x}`: declare it under `inputs`",
    ],
  ],
  [
    {
      name: "Test",
      tasks: [{ id: "a", method: "mcp/tool.concat", params: { strings: [1, "${inputs.x}"] } }],
    },
    [
      "INVALID_PARAMS tasks.0.params.strings.0: `strings[0]` of `tool.concat`: Invalid input: expected string, received number",
      "WORKFLOW_VALIDATION_FAILED tasks.0.params.strings.1: unknown input `x` in `${inputs.x}`: declare it under `inputs`",
    ],
  ],
  [
    { name: "Test", tasks: [{ id: "a", method: "mcp/tool.nope" }] },
    [
      "METHOD_NOT_SUPPORTED tasks.0.method: unknown method `mcp/tool.nope`: mcp/v1 has tool.echo, tool.add, tool.concat, tools/list",
    ],
  ],
  [
    { name: "Test", tasks: [{ id: "a", method: "mcp" }] },
    [
      "METHOD_NOT_SUPPORTED tasks.0.method: `mcp` is a protocol: a method of it is one of `mcp/tool.echo`, `mcp/tool.add`, `mcp/tool.concat`, `mcp/tools/list`",
    ],
  ],
  [
    { name: "Test", tasks: [{ id: "a", method: "/x" }] },
    [
      "PROTOCOL_NOT_FOUND tasks.0.method: unknown protocol `/v1` of `/x`: available are echo/v1, mcp/v1, llm/v1, python/v1",
    ],
  ],
  [
    { name: "Test", tasks: [{ id: "a", method: "" }] },
    ['TASK_VALIDATION_FAILED tasks.0.method: `method` must be a text of 1 to 200 characters, not ""'],
  ],
  [
    { name: "Test", tasks: [{ id: "a", method: 3 }] },
    ["TASK_VALIDATION_FAILED tasks.0.method: `method` must be a text of 1 to 200 characters, not 3"],
  ],
  [
    { name: "Test", tasks: [{ id: "a", method: "echo/x", protocol: "mcp/v1" }] },
    [
      "METHOD_NOT_SUPPORTED tasks.0.method: unknown method `echo/x`: mcp/v1 has tool.echo, tool.add, tool.concat, tools/list",
    ],
  ],
  [
    { name: "Test", tasks: [{ id: "a", method: "x", protocol: 3 }] },
    [
      "TASK_VALIDATION_FAILED tasks.0.protocol: `protocol` must be a text of 1 to 200 characters, not 3",
      "METHOD_NOT_SUPPORTED tasks.0.method: unknown method `x`: python/v1 has execute",
    ],
  ],
  [
    { name: "Test", tasks: [{ id: "a", method: "tool.add", protocol: "mcp/v1", params: { a: 1 } }] },
    [
      "INVALID_PARAMS tasks.0.params.b: `b` of `tool.add`: Invalid input: expected number, received undefined",
    ],
  ],
  [{ name: "Test", tasks: [{ id: "a", method: "llm/vision", params: { image_path: "x" } }] }, []],
  [
    {
      name: "Test",
      tasks: [
        { id: "a", method: "echo/echo" },
        { id: "a", method: "echo/echo" },
        { id: "b", method: "echo/echo", name: "a" },
        { method: "echo/echo", name: "a" },
      ],
    },
    [
      "WORKFLOW_VALIDATION_FAILED tasks.1.id: duplicate task id `a`: task 1 has it already; give one of them another `id`",
      "WORKFLOW_VALIDATION_FAILED tasks.3.name: duplicate task id `a` (made from its name): task 1 has it already; give one of them another `id`",
    ],
  ],
  [
    {
      name: "Test",
      tasks: [
        { name: "A b", method: "echo/echo" },
        { name: "A b", method: "echo/echo" },
      ],
    },
    [
      "WORKFLOW_VALIDATION_FAILED tasks.1.name: duplicate task id `a-b` (made from its name): task 1 has it already; give one of them another `id`",
    ],
  ],
  [{ name: "Test", tasks: [{ method: "echo/echo" }, { method: "echo/echo" }] }, []],
  [
    {
      name: "Test",
      tasks: [
        { id: "1a", method: "echo/echo" },
        { id: "a.b", method: "echo/echo" },
        {
          id: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
          method: "echo/echo",
        },
      ],
    },
    [
      'TASK_VALIDATION_FAILED tasks.0.id: `id` must be 1 to 100 letters, digits, `_` and `-`, the first a letter or `_`, not "1a"',
      'TASK_VALIDATION_FAILED tasks.1.id: `id` must be 1 to 100 letters, digits, `_` and `-`, the first a letter or `_`, not "a.b"',
      'TASK_VALIDATION_FAILED tasks.2.id: `id` must be 1 to 100 letters, digits, `_` and `-`, the first a letter or `_`, not "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…',
    ],
  ],
  [
    {
      name: "Test",
      tasks: [
        { id: "a", method: "echo/echo", dependencies: ["b"] },
        { id: "b", method: "echo/echo", dependencies: ["c"] },
        { id: "c", method: "echo/echo", params: { x: "${a}" } },
      ],
    },
    ["WORKFLOW_CIRCULAR_DEPENDENCY tasks.0.dependencies.0: circular dependency: a → b → c → a"],
  ],
  [
    { name: 3, tasks: [{ id: "a", method: "echo/echo" }] },
    ["WORKFLOW_VALIDATION_FAILED name: `name` must be a text of 1 to 200 characters, not 3"],
  ],
  [
    { name: "", tasks: [{ id: "a", method: "echo/echo" }] },
    ['WORKFLOW_VALIDATION_FAILED name: `name` must be a text of 1 to 200 characters, not ""'],
  ],
  [
    { tasks: 3 },
    [
      "WORKFLOW_VALIDATION_FAILED name: `name` is required",
      "WORKFLOW_VALIDATION_FAILED tasks: `tasks` must be a list of tasks, not 3",
    ],
  ],
  [
    { name: "x", tasks: {} },
    ["WORKFLOW_VALIDATION_FAILED tasks: `tasks` must be a list of tasks, not a map"],
  ],
  [{ name: "x", tasks: [3] }, ["WORKFLOW_VALIDATION_FAILED tasks.0: `tasks[0]` must be a map, not 3"]],
  [{ name: "x", tasks: [{}] }, ["TASK_VALIDATION_FAILED tasks.0.method: `method` is required"]],
])("%j", (part, refusals) => {
  expect(exactly(part)).toEqual(refusals);
});
