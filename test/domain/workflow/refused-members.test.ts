// Members of a task, and templates in the older way of writing: every refusal, its code, its place and its words.
import { expect, test } from "vitest";
import type { JsonObject } from "../../../src/domain/index.ts";
import { exactly, withTask } from "./catalog.ts";

type Row = readonly [JsonObject, readonly string[]];

test.each<Row>([
  [{ params: 3 }, ["TASK_VALIDATION_FAILED tasks.0.params: `params` must be a map, not 3"]],
  [{ parameters: 3 }, ["TASK_VALIDATION_FAILED tasks.0.parameters: `params` must be a map, not 3"]],
  [
    { method: "python/execute", params: { code: "result = 1" }, provider: "echo" },
    ["PROVIDER_NOT_FOUND tasks.0.provider: provider `echo` does not speak python/v1: `python` does"],
  ],
  [
    { method: "echo" },
    ["METHOD_NOT_SUPPORTED tasks.0.method: `echo` is a protocol: a method of it is one of `echo/echo`"],
  ],
  [
    { provider: "ekko" },
    ["PROVIDER_NOT_FOUND tasks.0.provider: unknown provider `ekko`: available are echo, builtin, python"],
  ],
  [
    { provider: "" },
    [
      'TASK_VALIDATION_FAILED tasks.0.provider: `provider` must be a text of 1 to 200 characters, not ""',
      "PROVIDER_NOT_FOUND tasks.0.provider: unknown provider ``: available are echo, builtin, python",
    ],
  ],
  [
    { depends_on: ["b"] },
    ["WORKFLOW_VALIDATION_FAILED tasks.0.depends_on.0: unknown dependency `b`: did you mean `a`?"],
  ],
  [
    { depends_on: ["b"], dependencies: ["c"] },
    [
      "WORKFLOW_VALIDATION_FAILED tasks.0.depends_on (key): `dependencies` and `depends_on` are the same: keep one of them",
      "WORKFLOW_VALIDATION_FAILED tasks.0.dependencies.0: unknown dependency `c`: did you mean `a`?",
    ],
  ],
  [
    { parameters: {}, params: {} },
    [
      "WORKFLOW_VALIDATION_FAILED tasks.0.parameters (key): `params` and `parameters` are the same: keep one of them",
    ],
  ],
  [
    { dependencies: "b" },
    [
      'TASK_VALIDATION_FAILED tasks.0.dependencies: `dependencies` must be a list of task ids or names, not "b"',
    ],
  ],
  [
    { dependencies: [3, "b", ""] },
    [
      "TASK_VALIDATION_FAILED tasks.0.dependencies: `dependencies` must be a list of task ids or names: element 1 must be a text of 1 to 200 characters, not 3",
      "WORKFLOW_VALIDATION_FAILED tasks.0.dependencies.1: unknown dependency `b`: did you mean `a`?",
      "WORKFLOW_VALIDATION_FAILED tasks.0.dependencies.2: unknown dependency ``: did you mean `a`?",
    ],
  ],
  [{ params: { x: "${a}" } }, ["WORKFLOW_CIRCULAR_DEPENDENCY tasks.0.params.x: task `a` depends on itself"]],
  [
    { when: "tasks.a.status == 'x'" },
    ["WORKFLOW_CIRCULAR_DEPENDENCY tasks.0.when: task `a` depends on itself"],
  ],
  [
    { retry: { max_attempts: 0, base_delay: "x", on: ["NO"], nope: 1 } },
    [
      "WORKFLOW_VALIDATION_FAILED tasks.0.retry.nope (key): unknown key `nope`: known here are max_attempts, backoff, base_delay, max_delay, jitter, on, never",
      "TASK_VALIDATION_FAILED tasks.0.retry.max_attempts: `retry.max_attempts` must be a whole number from 1 to 1000, not 0",
      'TASK_VALIDATION_FAILED tasks.0.retry.base_delay: `retry.base_delay`: "x" is not a duration: write seconds as a number (30, 0.5) or a text with units ("200ms", "5m", "1h30m", "2d")',
      'TASK_VALIDATION_FAILED tasks.0.retry.on: `retry.on` must be a list of error codes: element 1 is "NO", which is not an error code',
    ],
  ],
  [
    { timeout: "5 parsecs", priority: "urgentt", on_failure: "x", files: 3, when: 3 },
    [
      "WORKFLOW_VALIDATION_FAILED tasks.0.files (key): unknown key `files`: known here are id, name, method, workflow, inputs, wait, approval, protocol, params, dependencies, priority, timeout, metadata, retry, when, fallback, compensate, cache, on_failure, on_worker_lost, provider, for_each, max_parallel, fail_fast, model, affinity, hash_key, parameters, depends_on",
      'TASK_VALIDATION_FAILED tasks.0.priority: `priority` must be `low`, `normal`, `high`, `urgent`, `1`, `2`, `3`, not "urgentt": did you mean `urgent`?',
      'TASK_VALIDATION_FAILED tasks.0.timeout: `timeout`: "5 parsecs" is not a duration: write seconds as a number (30, 0.5) or a text with units ("200ms", "5m", "1h30m", "2d")',
      "TASK_VALIDATION_FAILED tasks.0.when: `when` must be a CEL condition of at most 4000 characters, such as `inputs.count > 3`, not 3",
      'TASK_VALIDATION_FAILED tasks.0.on_failure: `on_failure` must be `fail`, `continue`, `pause`, not "x"',
    ],
  ],
  [
    {
      params: {
        a: "${inputs}",
        b: "${inputs.x.y}",
        c: "${run}",
        d: "${run.id}",
        e: "${run.name}",
        f: "${item}",
        g: "${index}",
        h: "${a b}",
        i: "${}",
        j: "$${x}",
        k: "${inputs.}",
        l: "${secret.KEY ?? 1}",
      },
    },
    [
      "WORKFLOW_VALIDATION_FAILED tasks.0.params.b: unknown input `x` in `${inputs.x.y}`: declare it under `inputs`",
      "WORKFLOW_VALIDATION_FAILED tasks.0.params.e: `${run.name}`: a run has no `name`; there is `${run.id}`",
      "WORKFLOW_VALIDATION_FAILED tasks.0.params.f: `${item}` means something only in a task with `for_each`",
      "WORKFLOW_VALIDATION_FAILED tasks.0.params.g: `${index}` means something only in a task with `for_each`",
      "WORKFLOW_VALIDATION_FAILED tasks.0.params.h: unknown reference `${a b}`: `a b`: did you mean `a`?; for the text itself write `$${`",
      "WORKFLOW_VALIDATION_FAILED tasks.0.params.i: the reference `${}` names no task and no input; for the text itself write `$${`",
      "WORKFLOW_VALIDATION_FAILED tasks.0.params.k: the reference `${inputs.}` has an empty step in its path; for the text itself write `$${`",
      "WORKFLOW_VALIDATION_FAILED tasks.0.params.l: `${secret.KEY ?? 1}`: a secret has no default; nobody would notice that it is missing",
    ],
  ],
  [{ for_each: [1], params: { a: "${item.x}", b: "${index}", c: "${index.x}" } }, []],
])("%j", (part, refusals) => {
  expect(exactly(withTask(part))).toEqual(refusals);
});

const flat = { name: "B", type: "batch", batch: { directory: "d" } };

test.each<Row>([
  [
    { method: "python/execute", file: 3, context: 3 },
    [
      "WORKFLOW_VALIDATION_FAILED template.context: `context` of a template must be a map, so that the file can be put in",
      "INVALID_PARAMS template.file: `file` of `execute`: Invalid input: expected string, received number",
    ],
  ],
  [
    { method: "python/execute", file: 3, context: 3, model: 3 },
    [
      "WORKFLOW_VALIDATION_FAILED template.context: `context` of a template must be a map, so that the file can be put in",
      "INVALID_PARAMS template.file: `file` of `execute`: Invalid input: expected string, received number",
      'INVALID_PARAMS template: params of `execute`: Unrecognized key: "model"',
    ],
  ],
  [
    { method: "python/execute", file: 3, context: 3, depencencies: ["x"] },
    [
      "WORKFLOW_VALIDATION_FAILED template.depencencies (key): unknown key `depencencies`: did you mean `dependencies`?",
      "WORKFLOW_VALIDATION_FAILED template.context: `context` of a template must be a map, so that the file can be put in",
      "INVALID_PARAMS template.file: `file` of `execute`: Invalid input: expected string, received number",
    ],
  ],
  [
    { method: "python/execute", file: 3, context: 3, retry_config: 3 },
    [
      "WORKFLOW_VALIDATION_FAILED template.retry_config (key): unknown key `retry_config`: did you mean `retry`?",
      "WORKFLOW_VALIDATION_FAILED template.context: `context` of a template must be a map, so that the file can be put in",
      "INVALID_PARAMS template.file: `file` of `execute`: Invalid input: expected string, received number",
    ],
  ],
])("%j", (part, refusals) => {
  expect(exactly({ ...flat, template: part })).toEqual(refusals);
});
