// What is refused in one task beside its kind: every refusal, its code, its place and its words.
import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../../src/domain/index.ts";
import { echo, exactly, withTask, withTasks } from "./catalog.ts";

type Row = readonly [Json, readonly string[]];

describe("repetition", () => {
  test.each<readonly [JsonObject, readonly string[]]>([
    [
      { max_parallel: 2 },
      [
        "TASK_VALIDATION_FAILED tasks.0.max_parallel (key): `max_parallel` belongs to `for_each`: add it or remove `max_parallel`",
      ],
    ],
    [
      { fail_fast: true, max_parallel: 1 },
      [
        "TASK_VALIDATION_FAILED tasks.0.max_parallel (key): `max_parallel` belongs to `for_each`: add it or remove `max_parallel`",
        "TASK_VALIDATION_FAILED tasks.0.fail_fast (key): `fail_fast` belongs to `for_each`: add it or remove `fail_fast`",
      ],
    ],
    [{ for_each: [1], max_parallel: 2, fail_fast: true }, []],
    [
      { for_each: "a ${inputs.x} b" },
      [
        'TASK_VALIDATION_FAILED tasks.0.for_each: `for_each` must be a list, or one reference to a list such as `${files.names}`, not "a ${inputs.x} b"',
        "TASK_VALIDATION_FAILED tasks.0.for_each: `for_each` must be a list, or one reference that gives one: this is a text with references in it",
      ],
    ],
    [
      { for_each: "abc" },
      [
        'TASK_VALIDATION_FAILED tasks.0.for_each: `for_each` must be a list, or one reference to a list such as `${files.names}`, not "abc"',
      ],
    ],
    [{ for_each: "${inputs.x}" }, []],
    [
      { for_each: "${inputs.x} ${inputs.x}" },
      [
        "TASK_VALIDATION_FAILED tasks.0.for_each: `for_each` must be a list, or one reference that gives one: this is a text with references in it",
      ],
    ],
  ])("%j", (part, refusals) => {
    expect(exactly({ ...withTask(part), inputs: { x: { type: "array" } } })).toEqual(refusals);
  });
});

describe("a fallback", () => {
  test.each<Row>([
    [
      [{}],
      [
        "TASK_VALIDATION_FAILED tasks.0.fallback.0: `fallback[0]` says nothing that is other than in the task: give it a method, params or a provider",
      ],
    ],
    [
      [{ method: "echo/other" }, {}],
      [
        "TASK_VALIDATION_FAILED tasks.0.fallback.1: `fallback[1]` says nothing that is other than in the task: give it a method, params or a provider",
      ],
    ],
    [
      [{ method: "workflow/run" }],
      [
        "PROTOCOL_NOT_FOUND tasks.0.fallback.0.method: unknown protocol `workflow/v1` of `workflow/run`: available are echo/v1, mcp/v1, llm/v1, python/v1",
        "TASK_VALIDATION_FAILED tasks.0.fallback.0: a workflow cannot be run as a fallback",
      ],
    ],
    [
      [{ method: "run", protocol: "workflow/v1" }],
      [
        "WORKFLOW_VALIDATION_FAILED tasks.0.fallback.0.protocol (key): unknown key `protocol`: known here are method, params, provider",
        "METHOD_NOT_SUPPORTED tasks.0.fallback.0.method: unknown method `run`: python/v1 has execute",
      ],
    ],
    [
      [{ method: "" }],
      [
        'TASK_VALIDATION_FAILED tasks.0.fallback.0.method: `fallback[0].method` must be a text of 1 to 200 characters, not ""',
      ],
    ],
    [
      [{ method: 3 }],
      [
        "TASK_VALIDATION_FAILED tasks.0.fallback.0.method: `fallback[0].method` must be a text of 1 to 200 characters, not 3",
      ],
    ],
    [
      [{ params: { a: "${nobody}" } }],
      [
        "WORKFLOW_VALIDATION_FAILED tasks.0.fallback.0.params.a: unknown reference `${nobody}`: `nobody`: no task has that id or name; for the text itself write `$${`",
      ],
    ],
    [["x"], ['TASK_VALIDATION_FAILED tasks.0.fallback.0: `fallback[0]` must be a map, not "x"']],
    [
      [{ provider: "nobody" }],
      [
        "PROVIDER_NOT_FOUND tasks.0.fallback.0.provider: unknown provider `nobody`: available are echo, builtin, python",
      ],
    ],
    [
      [{ method: "mcp/tool.add", params: { a: 1 } }],
      [
        "INVALID_PARAMS tasks.0.fallback.0.params.b: `b` of `tool.add`: Invalid input: expected number, received undefined",
      ],
    ],
    [[{ method: "llm/chat" }], []],
  ])("%j", (part, refusals) => {
    expect(exactly(withTask({ fallback: part }))).toEqual(refusals);
  });

  test.each<Row>([
    [[{ method: "echo/echo" }], []],
    [
      [{ params: {} }],
      ["TASK_VALIDATION_FAILED tasks.0.fallback.0: a fallback of a `workflow` needs a `method`"],
    ],
    [
      [{ provider: "echo" }],
      ["TASK_VALIDATION_FAILED tasks.0.fallback.0: a fallback of a `workflow` needs a `method`"],
    ],
    [
      [{}],
      [
        "TASK_VALIDATION_FAILED tasks.0.fallback.0: `fallback[0]` says nothing that is other than in the task: give it a method, params or a provider",
        "TASK_VALIDATION_FAILED tasks.0.fallback.0: a fallback of a `workflow` needs a `method`",
      ],
    ],
  ])("of a workflow: %j", (part, refusals) => {
    expect(exactly(withTasks({ id: "a", workflow: "x.yaml", fallback: part }))).toEqual(refusals);
  });
});

describe("a condition", () => {
  test.each<Row>([
    [
      "tasks.a.zzz == 1",
      [
        "TASK_VALIDATION_FAILED tasks.2.when: `when` reads `tasks.a.zzz`, which does not exist: a task has status, result, error",
      ],
    ],
    [
      "tasks.left.status == ''",
      [
        'TASK_VALIDATION_FAILED tasks.2.when: `when` reads an unknown task `left`: did you mean `left-side`?; write `tasks["left-side"]` for `left-side`',
      ],
    ],
    [
      "tasks.side.status == ''",
      [
        "TASK_VALIDATION_FAILED tasks.2.when: `when` reads an unknown task `side`: no task has that id or name",
      ],
    ],
    [
      "index > 1",
      [
        "TASK_VALIDATION_FAILED tasks.2.when: `when` reads `index`, which means something only in a task with `for_each`",
      ],
    ],
    [
      "nosuch.x > 1",
      ["TASK_VALIDATION_FAILED tasks.2.when: `when` is no condition: unknown variable: nosuch (column 1)"],
    ],
    [
      "${a}",
      [
        "TASK_VALIDATION_FAILED tasks.2.when: `when` is no condition: unexpected character: $ (column 1); names stand in it as they are, without `${…}`",
      ],
    ],
    [
      "tasks.a.result > tasks.nobody.result && inputs.x > 1",
      [
        "TASK_VALIDATION_FAILED tasks.2.when: `when` reads an unknown task `nobody`: no task has that id or name",
        "TASK_VALIDATION_FAILED tasks.2.when: `when` reads an unknown input `x` in `inputs.x`: declare it under `inputs`",
      ],
    ],
  ])("%j", (part, refusals) => {
    expect(exactly(withTasks(echo("a"), echo("left-side"), echo("c", { when: part })))).toEqual(refusals);
  });
});
