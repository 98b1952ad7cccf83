// `wait` and `approval`, key by key.
import { describe, expect, test } from "vitest";
import { type Json, validate } from "../../../src/domain/index.ts";
import { catalog, compiled, echo, told, withTasks } from "./catalog.ts";

const task = (more: { readonly [key: string]: Json }) => told(withTasks(echo("a"), { id: "w", ...more }));
const node = (more: { readonly [key: string]: Json }) =>
  compiled(withTasks(echo("a"), { id: "w", ...more })).nodes[1];

describe("what is a wait", () => {
  test.each<Json>([
    { signal: "go" },
    { signal: "go", timeout: "2d" },
    { for: "10m" },
    { for: 0 },
    { for: "${a.pause}" },
    { until: "2030-01-01T00:00:00Z" },
    { until: "2030-01-01T00:00", timezone: "Europe/Berlin" },
    { until: "${a.when}", timezone: "Europe/Berlin" },
  ])("%j is taken", (wait) => expect(task({ wait })).toEqual([]));

  test.each<[Json, RegExp]>([
    ["10m", /`wait` must be a map/],
    [{}, /tasks\.1\.wait: `wait` needs a `signal`, a time to wait `for`, or an instant to wait `until`/],
    [{ signal: "go", for: 1 }, /tasks\.1\.wait\.for: a wait ends in one way, `signal` or `for`/],
    [{ signal: "${a.x}" }, /`wait\.signal` is taken as it stands/],
    [{ signal: "go", timeout: 0 }, /must be over 0 seconds/],
    [{ for: "soon" }, /`wait\.for`: "soon" is not a duration/],
    [{ for: "9999d" }, /must be at most 315360000 seconds/],
    [{ for: 1, timeout: 5 }, /`timeout` belongs to `signal`/],
    [{ for: 1, timezone: "UTC" }, /`timezone` belongs to `until`/],
    [{ until: "2030-01-01T00:00" }, /tasks\.1\.wait\.until: `wait\.until`: .* has no offset/],
    [{ until: "2030-01-01T00:00", timezone: "Atlantis" }, /unknown timezone "Atlantis"/],
    [{ until: "2030-02-30T00:00:00Z" }, /on no calendar/],
    [{ for: "${nobody.x}" }, /tasks\.1\.wait\.for: unknown reference/],
    [{ untill: "2030-01-01T00:00:00Z", signal: "go" }, /unknown key `untill`: did you mean `until`/],
  ])("%j is refused", (wait, message) => {
    expect(task({ wait }).join("\n")).toMatch(message);
    expect(task({ wait })).toHaveLength(1);
  });
});

describe("what is an approval", () => {
  test.each<Json>([
    { message: "go?" },
    { message: "pay ${a.amount}?", approvers: ["anna", "${a.manager}"], min: 2 },
    { message: "go?", approvers: "${a.people}", not_by: ["submitter", "ben"] },
    { message: "go?", timeout: "2d", on_timeout: "approve" },
    { message: "go?", timeout: 5, on_timeout: "reject" },
  ])("%j is taken", (approval) => expect(task({ approval })).toEqual([]));

  test.each<[Json, RegExp]>([
    ["go?", /`approval` must be a map/],
    [{}, /`approval\.message` is required/],
    [{ message: "go?", approvers: [] }, /can never be given: it needs 1 of 0 approvers/],
    [{ message: "go?", approvers: ["anna", "ben"], min: 3 }, /it needs 3 of 2 approvers/],
    [{ message: "go?", approvers: ["anna", "ben"], min: 2, not_by: ["ben"] }, /it needs 2 of 1 approvers/],
    [{ message: "go?", approvers: ["role:admin"] }, /roles are not available in this version/],
    [{ message: "go?", approvers: "anna" }, /must be a list of names of users/],
    [{ message: "go?", min: 0 }, /must be a whole number from 1/],
    [{ message: "go?", not_by: [5] }, /not_by/],
    [{ message: "go?", timeout: -1 }, /below zero/],
    [{ message: "go?", on_timeout: "skip" }, /must be `fail`, `approve`, `reject`/],
    [{ message: "${nobody.x}" }, /tasks\.1\.approval\.message: unknown reference/],
    [{ message: "go?", approver: ["anna"] }, /unknown key `approver`: did you mean `approvers`/],
  ])("%j is refused", (approval, message) => {
    expect(task({ approval }).join("\n")).toMatch(message);
    expect(task({ approval })).toHaveLength(1);
  });
});

test("a task is one thing", () => {
  expect(task({ wait: { for: 1 }, approval: { message: "go?" } })).toEqual([
    "TASK_VALIDATION_FAILED tasks.1.wait: a task is one thing, a `approval` or a `wait`: keep one of them",
  ]);
  expect(task({ method: "echo/echo", wait: { for: 1 } })).toHaveLength(1);
});

test.each(["params", "protocol", "provider", "retry", "on_worker_lost", "timeout"])(
  "`%s` does nothing beside a wait or an approval, so it is refused",
  (key) => {
    const value = {
      params: {},
      protocol: "echo/v1",
      provider: "echo",
      retry: {},
      on_worker_lost: "fail",
      timeout: 5,
    }[key];
    for (const kind of [{ wait: { signal: "go" } }, { approval: { message: "go?" } }]) {
      expect(task({ ...kind, [key]: value ?? null })[0]).toMatch(
        new RegExp(`\`${key}\` does nothing beside`),
      );
    }
  },
);

test("neither fits into a template, where each task is about a file", () => {
  const batch = { name: "B", type: "batch", batch: { directory: "notes" } };
  expect(told({ ...batch, template: { wait: { for: 1 } } })).toEqual([
    expect.stringMatching(/`wait` does not fit into a template/),
  ]);
});

test("what they refer to is what they wait for, and circles through them are found", () => {
  expect(node({ wait: { for: "${a.x}" } })).toMatchObject({ dependencies: [0], needs: [0], isDynamic: true });
  expect(node({ approval: { message: "${a.x ?? 1}" } })).toMatchObject({ needs: [0], strictNeeds: [] });
  const circle = withTasks(echo("a", { dependencies: ["w"] }), { id: "w", wait: { for: "${a.x}" } });
  expect(told(circle)[0]).toMatch(/circular dependency: a → w → a/);
});

test("times and limits are milliseconds, names of signals are known by the graph", () => {
  expect(node({ wait: { signal: "go", timeout: "2m" } })).toMatchObject({
    protocol: "wait/v1",
    method: "signal",
    wait: { kind: "signal", signal: "go", timeoutMs: 120_000 },
  });
  expect(node({ approval: { message: "go?", timeout: 1.5 } })).toMatchObject({
    protocol: "approval/v1",
    method: "request",
    params: { message: "go?" },
    approval: { min: 1, onTimeout: "fail", timeoutMs: 1500 },
  });
  expect([...compiled(withTasks({ id: "w", wait: { signal: "go" } })).signals]).toEqual(["go"]);
});

describe("`approval/request` is an approval, written as the method which it is", () => {
  const asks = { message: "pay ${a.amount}?", approvers: ["anna"], timeout: "2d", on_timeout: "reject" };
  const definitionOf = (more: { readonly [key: string]: Json }) =>
    validate(withTasks(echo("a"), { id: "w", when: "true", ...more }), catalog).definition;

  test.each<{ readonly [key: string]: Json }>([
    { method: "approval/request", params: asks },
    { method: "approval/request", parameters: asks },
    { method: "request", protocol: "approval/v1", params: asks },
  ])("%j", (written) => {
    expect(definitionOf(written)).toEqual(definitionOf({ approval: asks }));
    expect(definitionOf(written)?.tasks?.[1]).toEqual({ id: "w", when: "true", approval: asks });
    expect(node(written)).toEqual(node({ approval: asks }));
  });

  test.each<[{ readonly [key: string]: Json }, RegExp]>([
    [{}, /tasks\.1\.params.*: `approval\.message` is required/],
    [{ params: { message: "go?", min: 0 } }, /tasks\.1\.params\.min: .*must be a whole number from 1/],
    [{ parameters: { message: "${nobody.x}" } }, /tasks\.1\.parameters\.message: unknown reference/],
    [{ params: { message: "go?", approver: [] } }, /unknown key `approver`: did you mean `approvers`/],
    [{ params: { message: "go?" }, retry: {} }, /`retry` does nothing beside `approval`/],
    [{ params: { message: "go?" }, wait: { for: 1 } }, /a task is one thing, a `method` or a `wait`/],
  ])("%j is refused where it stands", (more, message) => {
    expect(task({ method: "approval/request", ...more }).join("\n")).toMatch(message);
  });

  test("in a template it is refused, as any approval is", () => {
    const template = { method: "approval/request", params: { message: "go?" } };
    const batch = { directory: "notes" };
    const { problems } = validate({ name: "Many", type: "batch", batch, template }, catalog);
    expect(problems.map(({ path, message }) => [path, message])).toEqual([
      [["template", "method"], expect.stringContaining("`approval`")],
    ]);
  });
});
