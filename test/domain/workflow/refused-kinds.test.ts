// Tasks that are no one thing, or not all of it: every refusal, its code, its place and its words.
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/domain/index.ts";
import { exactly, withTasks } from "./catalog.ts";

type Row = readonly [JsonObject, readonly string[]];

describe("a task", () => {
  test.each<Row>([
    [{}, ["TASK_VALIDATION_FAILED tasks.0.method: `method` is required"]],
    [
      { method: "echo/echo", wait: { for: 1 }, inputs: {} },
      [
        "TASK_VALIDATION_FAILED tasks.0.wait (key): a task is one thing, a `method` or a `wait`: keep one of them",
        "TASK_VALIDATION_FAILED tasks.0.inputs (key): `inputs` of a task belong to `workflow`; a method takes `params`",
      ],
    ],
    [
      { workflow: "x.yaml", wait: { for: 1 } },
      [
        "TASK_VALIDATION_FAILED tasks.0.wait (key): a task is one thing, a `workflow` or a `wait`: keep one of them",
      ],
    ],
    [
      { workflow: "x.yaml", protocol: "echo/v1", provider: "echo", params: {} },
      [
        "TASK_VALIDATION_FAILED tasks.0.params (key): `params` does nothing beside `workflow`",
        "TASK_VALIDATION_FAILED tasks.0.protocol (key): `protocol` does nothing beside `workflow`",
        "TASK_VALIDATION_FAILED tasks.0.provider (key): `provider` does nothing beside `workflow`",
      ],
    ],
    [
      {
        wait: { for: 1 },
        params: {},
        protocol: "echo/v1",
        provider: "echo",
        retry: {},
        on_worker_lost: "fail",
        timeout: 3,
        fallback: [],
      },
      [
        "TASK_VALIDATION_FAILED tasks.0.params (key): `params` does nothing beside `wait`",
        "TASK_VALIDATION_FAILED tasks.0.protocol (key): `protocol` does nothing beside `wait`",
        "TASK_VALIDATION_FAILED tasks.0.provider (key): `provider` does nothing beside `wait`",
        "TASK_VALIDATION_FAILED tasks.0.retry (key): `retry` does nothing beside `wait`",
        "TASK_VALIDATION_FAILED tasks.0.on_worker_lost (key): `on_worker_lost` does nothing beside `wait`",
        "TASK_VALIDATION_FAILED tasks.0.timeout (key): `timeout` does nothing beside `wait`: write it into `wait`",
        "TASK_VALIDATION_FAILED tasks.0.fallback (key): `fallback` does nothing beside `wait`",
      ],
    ],
  ])("%j", (part, refusals) => {
    expect(exactly(withTasks({ id: "a", ...part }))).toEqual(refusals);
  });
});

describe("a wait", () => {
  test.each<Row>([
    [
      {},
      [
        "TASK_VALIDATION_FAILED tasks.0.wait: `wait` needs a `signal`, a time to wait `for`, or an instant to wait `until`",
      ],
    ],
    [
      { signal: "s", for: 1, until: "2026-01-01T00:00:00Z" },
      [
        "TASK_VALIDATION_FAILED tasks.0.wait.for (key): a wait ends in one way, `signal` or `for`: keep one of them",
        "TASK_VALIDATION_FAILED tasks.0.wait.until (key): a wait ends in one way, `signal` or `until`: keep one of them",
      ],
    ],
    [
      { for: 1, timeout: 3 },
      ["TASK_VALIDATION_FAILED tasks.0.wait.timeout (key): `timeout` belongs to `signal`"],
    ],
    [
      { signal: "s", timezone: "UTC" },
      ["TASK_VALIDATION_FAILED tasks.0.wait.timezone (key): `timezone` belongs to `until`"],
    ],
    [
      { until: "soon" },
      [
        'TASK_VALIDATION_FAILED tasks.0.wait.until: `wait.until`: "soon" is not an instant: write it as 2026-03-01T12:00:00Z',
      ],
    ],
    [
      { until: "2026-01-01T00:00:00" },
      [
        'TASK_VALIDATION_FAILED tasks.0.wait.until: `wait.until`: "2026-01-01T00:00:00" has no offset: write it as 2026-03-01T12:00:00Z, or name a `timezone` such as Europe/Berlin',
      ],
    ],
    [
      { until: "2026-01-01T00:00:00", timezone: 3 },
      [
        "TASK_VALIDATION_FAILED tasks.0.wait.timezone: `wait.timezone` must be a text of 1 to 200 characters, not 3",
        'TASK_VALIDATION_FAILED tasks.0.wait.until: `wait.until`: "2026-01-01T00:00:00" has no offset: write it as 2026-03-01T12:00:00Z, or name a `timezone` such as Europe/Berlin',
      ],
    ],
    [{ until: "2026-01-01T00:00:00", timezone: "Europe/Berlin" }, []],
  ])("%j", (part, refusals) => {
    expect(exactly(withTasks({ id: "a", wait: part }))).toEqual(refusals);
  });
});

describe("an approval", () => {
  test.each<Row>([
    [
      { approvers: ["", "role:admin", 3], not_by: ["", "role:x"] },
      [
        "TASK_VALIDATION_FAILED tasks.0.approval.approvers: `approval.approvers` must be a list of names of users: element 3 must be a text of at most 200 characters, not 3",
        "TASK_VALIDATION_FAILED tasks.0.approval.approvers.0: `approval.approvers[0]` must be a name of a user",
        "TASK_VALIDATION_FAILED tasks.0.approval.approvers.1: `role:admin`: roles are not available in this version",
        "TASK_VALIDATION_FAILED tasks.0.approval.not_by.0: `approval.not_by[0]` must be a name of a user",
        "TASK_VALIDATION_FAILED tasks.0.approval.not_by.1: `role:x`: roles are not available in this version",
      ],
    ],
    [
      { approvers: ["a", "b"], not_by: ["b"], min: 2 },
      [
        "TASK_VALIDATION_FAILED tasks.0.approval.approvers: `approval` can never be given: it needs 2 of 1 approvers",
      ],
    ],
    [
      { approvers: ["a", "a"], min: 2 },
      [
        "TASK_VALIDATION_FAILED tasks.0.approval.approvers: `approval` can never be given: it needs 2 of 1 approvers",
      ],
    ],
    [{ approvers: ["a", "b"], min: 2 }, []],
    [
      { approvers: ["a", "${inputs.b}"], min: 9 },
      [
        "WORKFLOW_VALIDATION_FAILED tasks.0.approval.approvers.1: unknown input `b` in `${inputs.b}`: declare it under `inputs`",
      ],
    ],
    [
      { approvers: [3], min: 9 },
      [
        "TASK_VALIDATION_FAILED tasks.0.approval.approvers: `approval.approvers` must be a list of names of users: element 1 must be a text of at most 200 characters, not 3",
      ],
    ],
    [
      { approvers: [] },
      [
        "TASK_VALIDATION_FAILED tasks.0.approval.approvers: `approval` can never be given: it needs 1 of 0 approvers",
      ],
    ],
    [
      { approvers: ["a"], not_by: ["a"] },
      [
        "TASK_VALIDATION_FAILED tasks.0.approval.approvers: `approval` can never be given: it needs 1 of 0 approvers",
      ],
    ],
    [{ approvers: ["xrole:a"] }, []],
    [{}, []],
  ])("%j", (part, refusals) => {
    expect(exactly(withTasks({ id: "a", approval: { message: "m", ...part } }))).toEqual(refusals);
  });

  test("has its timeout inside", () => {
    expect(exactly(withTasks({ id: "a", approval: { message: "m", approvers: ["a"] }, timeout: 3 }))).toEqual(
      [
        "TASK_VALIDATION_FAILED tasks.0.timeout (key): `timeout` does nothing beside `approval`: write it into `approval`",
      ],
    );
  });
});
