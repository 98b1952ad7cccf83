// Batch documents and those that are none: every refusal, its code, its place and its words.
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/domain/index.ts";
import { echo, exactly, withTasks } from "./catalog.ts";

type Row = readonly [JsonObject, readonly string[]];

const script = { method: "python/execute", params: { file: "s.py" } };
const batch = { name: "B", type: "batch", batch: { directory: "d" }, template: script };

describe("a batch", () => {
  test.each<Row>([
    [
      { tasks: [] },
      [
        "WORKFLOW_VALIDATION_FAILED tasks (key): a batch has a `template` instead of `tasks`: remove one of them",
      ],
    ],
    [
      { batch: { directory: "" } },
      [
        'WORKFLOW_VALIDATION_FAILED batch.directory: `batch.directory` must be a text of 1 to 4096 characters, not ""',
      ],
    ],
    [
      { batch: { directory: "d", pattern: "" } },
      [
        'WORKFLOW_VALIDATION_FAILED batch.pattern: `batch.pattern` must be a text of 1 to 1000 characters, not ""',
      ],
    ],
    [
      { batch: { directory: 3, pattern: 3, max_parallel: 0, x: 1 } },
      [
        "WORKFLOW_VALIDATION_FAILED batch.x (key): unknown key `x`: known here are directory, pattern, files, max_file_size, max_parallel",
        "WORKFLOW_VALIDATION_FAILED batch.directory: `batch.directory` must be a text of 1 to 4096 characters, not 3",
        "WORKFLOW_VALIDATION_FAILED batch.pattern: `batch.pattern` must be a text of 1 to 1000 characters, not 3",
        "WORKFLOW_VALIDATION_FAILED batch.max_parallel: `batch.max_parallel` must be a whole number from 1 to 1000000, not 0",
      ],
    ],
    [
      { batch: { directory: "${inputs.x}" } },
      [
        'WORKFLOW_VALIDATION_FAILED batch.directory: `batch.directory` is taken as it stands: no `${…}` here, not "${inputs.x}"',
      ],
    ],
    [{ batch: { directory: "d", pattern: "[" } }, []],
    [{ batch: { directory: "d", pattern: "a/../b" } }, []],
    [{ batch: { directory: "d", pattern: "/etc/*" } }, []],
    [{ batch: {} }, ["WORKFLOW_VALIDATION_FAILED batch: `batch` needs a `directory`, or a list of `files`"]],
    [{ batch: { directory: "d", files: ["a"] } }, []],
    [{ batch: { files: [] } }, []],
    [{ batch: 3 }, ["WORKFLOW_VALIDATION_FAILED batch: `batch` must be a map, not 3"]],
    [{ template: 3 }, ["WORKFLOW_VALIDATION_FAILED template: `template` must be a map, not 3"]],
  ])("%j", (part, refusals) => {
    expect(exactly({ ...batch, ...part })).toEqual(refusals);
  });
});

describe("a template", () => {
  test.each<Row>([
    [
      { dependencies: ["x"], id: "a", when: "true", for_each: [1] },
      [
        "WORKFLOW_VALIDATION_FAILED template.id (key): `id` does not fit into a template: its items get their own",
        "WORKFLOW_VALIDATION_FAILED template.dependencies (key): `dependencies` does not fit into a template: its items get their own",
      ],
    ],
    [
      { params: { file: "s.py", context: 3 } },
      [
        "WORKFLOW_VALIDATION_FAILED template.params.context: `context` of a template must be a map, so that the file can be put in",
      ],
    ],
    [
      { params: { file: "s.py", context: "${inputs.x}" } },
      [
        "WORKFLOW_VALIDATION_FAILED template.params.context: `context` of a template must be a map, so that the file can be put in",
        "WORKFLOW_VALIDATION_FAILED template.params.context: unknown input `x` in `${inputs.x}`: declare it under `inputs`",
      ],
    ],
    [{ params: { file: "s.py", context: {} } }, []],
    [
      { method: "execute", protocol: "python/v1", params: { file: "s.py", context: [] } },
      [
        "WORKFLOW_VALIDATION_FAILED template.params.context: `context` of a template must be a map, so that the file can be put in",
      ],
    ],
    [{ method: "echo/echo", params: { context: 3 } }, []],
    [
      { wait: { for: 1 } },
      [
        "TASK_VALIDATION_FAILED template.wait (key): a task is one thing, a `method` or a `wait`: keep one of them",
        "WORKFLOW_VALIDATION_FAILED template.wait (key): `wait` does not fit into a template: it does nothing with a file",
      ],
    ],
    [
      { approval: { message: "m", approvers: ["a"] } },
      [
        "TASK_VALIDATION_FAILED template.approval (key): a task is one thing, a `method` or a `approval`: keep one of them",
        "WORKFLOW_VALIDATION_FAILED template.approval (key): `approval` does not fit into a template: it does nothing with a file",
      ],
    ],
    [
      { workflow: "x.yaml" },
      [
        "TASK_VALIDATION_FAILED template.workflow (key): a task is one thing, a `method` or a `workflow`: keep one of them",
      ],
    ],
    [
      { method: "nobody/x" },
      [
        "PROTOCOL_NOT_FOUND template.method: unknown protocol `nobody/v1` of `nobody/x`: available are echo/v1, mcp/v1, llm/v1, python/v1",
      ],
    ],
    [
      { method: "" },
      [
        'WORKFLOW_VALIDATION_FAILED template.method: `template.method` must be a text of 1 to 200 characters, not ""',
      ],
    ],
    [
      { fallback: [{}] },
      [
        "TASK_VALIDATION_FAILED template.fallback.0: `fallback[0]` says nothing that is other than in the task: give it a method, params or a provider",
      ],
    ],
  ])("%j", (part, refusals) => {
    expect(exactly({ ...batch, template: { ...script, ...part } })).toEqual(refusals);
  });

  test("takes its protocol from the document", () => {
    const template = { method: "execute", params: { file: "s.py", context: 3 } };
    expect(exactly({ ...batch, template, protocol: "python/v1" })).toEqual([
      "WORKFLOW_VALIDATION_FAILED template.params.context: `context` of a template must be a map, so that the file can be put in",
    ]);
  });
});

describe("a document that is no batch", () => {
  test.each<Row>([
    [
      { batch: { directory: "d" } },
      [
        "WORKFLOW_VALIDATION_FAILED tasks (key): a batch has a `template` instead of `tasks`: remove one of them",
        "WORKFLOW_VALIDATION_FAILED : a batch needs a `template`: the task that is done for each file",
      ],
    ],
    [
      { template: {} },
      [
        "WORKFLOW_VALIDATION_FAILED template (key): `template` belongs to batch documents: add `type: batch` or remove it",
      ],
    ],
    [
      { type: "batch" },
      [
        "WORKFLOW_VALIDATION_FAILED tasks (key): a batch has a `template` instead of `tasks`: remove one of them",
        "WORKFLOW_VALIDATION_FAILED : a batch needs a `template`: the task that is done for each file",
        "WORKFLOW_VALIDATION_FAILED : `batch` is required: it says which files, such as {directory: notes}",
      ],
    ],
    [
      { type: "bach" },
      ['WORKFLOW_VALIDATION_FAILED type: `type` must be `batch`, not "bach": did you mean `batch`?'],
    ],
  ])("%j", (part, refusals) => {
    expect(exactly({ ...withTasks(echo("a")), ...part })).toEqual(refusals);
  });
});

test("a batch needs a template, and files", () => {
  const { template, batch: files, ...rest } = batch;
  expect(exactly({ ...rest, batch: files })).toEqual([
    "WORKFLOW_VALIDATION_FAILED : a batch needs a `template`: the task that is done for each file",
  ]);
  expect(exactly({ ...rest, template })).toEqual([
    "WORKFLOW_VALIDATION_FAILED : `batch` is required: it says which files, such as {directory: notes}",
  ]);
});
