import { describe, expect, test } from "vitest";
import { celExpressions } from "../../../src/adapters/expressions/index.ts";
import {
  conditionHolds,
  errorInfo,
  type JsonObject,
  type Scope,
  type TaskValue,
} from "../../../src/domain/index.ts";
import { readsIn } from "../../../src/domain/workflow/condition-reads.ts";
import { compiled, defined, echo, told, withTask, withTasks } from "./catalog.ts";

const WHOLE: JsonObject = { inputs: { n: { type: "integer" } } };

describe("what a condition reads", () => {
  const read = (text: string) =>
    readsIn(text).map(({ head, path, isOptional }) => `${head}:${path.join("/")}${isOptional ? "?" : ""}`);

  test.each([
    ["tasks.a.status", ["tasks:a/status"]],
    ['tasks["a-b"].result.n > inputs.n', ["tasks:a-b/result/n", "inputs:n"]],
    ["tasks . a . result [0] . x", ["tasks:a/result/0/x"]],
    ["has(tasks.a.result) || tasks.b.?error.orValue(1)", ["tasks:a/result?", "tasks:b/error?"]],
    ["tasks.a.result.list.exists(x, x.tasks > 1)", ["tasks:a/result/list"]],
    ["inputs.l.exists(item, item > 1) && item > 2", ["inputs:l", "item:"]],
    [
      "inputs.l.all(tasks, inputs.m.exists(index, index == tasks)) || index == 1",
      ["inputs:l", "inputs:m", "index:"],
    ],
    ['"tasks.a" + \'inputs.b\' == r"\\tasks.c" || """tasks.d "x" """ == run.id // tasks.e', ["run:id"]],
    ["tasks[inputs.which].status", ["tasks:", "inputs:which"]],
    ["size(inputs.text) > 1e3", ["inputs:text"]],
  ])("%s", (text, reads) => {
    expect(read(text)).toEqual(reads);
  });
});

describe("validation", () => {
  const toldOf = (when: unknown, more: JsonObject = WHOLE) =>
    told({
      ...withTasks(echo("a"), echo("a-b"), echo("c", { when: JSON.parse(JSON.stringify(when)) })),
      ...more,
    });

  test.each([
    "true",
    true,
    'tasks.a.status == "succeeded" && inputs.n > 2',
    'run.id != ""',
    'tasks["a-b"].?error.hasValue()',
  ])("%j is a condition", (when) => {
    expect(toldOf(when)).toEqual([]);
  });

  test.each([
    ["tasks.b.status == 'x'", "reads an unknown task `b`: did you mean `a`?"],
    ["tasks.a.statu == 'x'", "reads `tasks.a.statu`, which does not exist: did you mean `status`?"],
    ["inputs.m > 1", "reads an unknown input `m` in `inputs.m`: did you mean `n`?"],
    ["run.name == ''", "reads `run.name`: a run has no `name`; there is `${run.id}`"],
    ["tasks.size() > 1", "must name the tasks that it reads: `tasks.<id>.status`"],
    ["item > 1", "reads `item`, which means something only in a task with `for_each`"],
    ["inputs.n >", "is no condition: unexpected token: EOF (column 11)"],
    ["count > 1", "is no condition: unknown variable: count (column 1)"],
    ["1 + 'a' == 2", "is no condition: no such overload: int + string (column 1)"],
    ["size('abc') + 1", "is no condition: it gives int, and must give true or false"],
    ["${inputs.n} > 1", "; names stand in it as they are, without `${…}`"],
    ["'abc'.matches('a')", "is no condition: `matches` is not available"],
    [3, "must be a CEL condition of at most 4000 characters, such as `inputs.count > 3`, not 3"],
    ["", "must be a CEL condition"],
  ])("%j: %s", (when, message) => {
    const found = toldOf(when);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain("TASK_VALIDATION_FAILED tasks.2.when: `when`");
    expect(found[0]).toContain(message);
  });

  test("a hyphen in an id is not a minus", () => {
    expect(
      told(withTasks(echo("left-side"), echo("c", { when: "tasks.left-side.status == ''" }))).join("\n"),
    ).toContain('write `tasks["left-side"]` for `left-side`');
  });

  test("a task that asks for itself waits for itself, and circles go through conditions", () => {
    expect(told(withTask({ when: "tasks.a.status == ''" })).join("\n")).toContain(
      "task `a` depends on itself",
    );
    const circle = withTasks(
      echo("a", { when: "tasks.b.status == ''" }),
      echo("b", { params: { x: "${a}" } }),
    );
    expect(told(circle).join("\n")).toContain("circular dependency: a → b → a");
  });

  test("a batch may ask for its inputs, not for tasks", () => {
    const batch = (when: string) =>
      told({
        name: "B",
        type: "batch",
        ...WHOLE,
        batch: { files: ["a"] },
        template: { method: "echo/echo", when },
      });
    expect(batch("inputs.n > 1")).toEqual([]);
    expect(batch("tasks.a.status == ''").join("\n")).toContain("unknown task `a`");
  });
});

describe("in the graph", () => {
  const nodeOf = (when: string | boolean) =>
    compiled({ ...withTasks(echo("a"), { ...echo("b"), name: "the b" }, echo("c", { when })), ...WHOLE })
      .nodes[2];

  test("what a condition reads is a dependency; a result is needed unless it is asked for", () => {
    expect(nodeOf('tasks["the b"].result.x > 1 && tasks.a.status == "failed"')).toMatchObject({
      dependencies: [0, 1],
      strictNeeds: [1],
      needs: [],
    });
    for (const careful of [
      "has(tasks.a.result) && tasks.a.result > 1",
      "tasks.a.?result.orValue(1) == 1",
      'tasks.a.status == "succeeded" && tasks.a.result > 1',
      'tasks.a.error.code == "TASK_TIMEOUT"',
    ]) {
      expect(nodeOf(careful), careful).toMatchObject({ dependencies: [0], strictNeeds: [] });
    }
  });

  test("the definition keeps it as written", () => {
    expect(defined(withTask({ when: false })).tasks?.[0]?.when).toBe(false);
    expect(nodeOf(false)?.when).toMatchObject({ text: "false", needs: [] });
  });
});

describe("evaluation", () => {
  const graph = (when: string) =>
    compiled({ ...withTasks(echo("a"), echo("b"), echo("c", { when })), ...WHOLE });
  const asked = (when: string, a: TaskValue, b: TaskValue = { kind: "missing" }) => {
    const { heads, nodes } = graph(when);
    const inputs = { n: 3 };
    const scope: Scope = { heads, inputs, runId: "run-1", task: (index) => (index === 0 ? a : b) };
    const condition = nodes[2]?.when;
    if (!condition) throw new Error("no condition");
    return conditionHolds(condition, scope, celExpressions());
  };
  const result = (value: JsonObject): TaskValue => ({ kind: "result", value });

  test.each([
    ['tasks.a.status == "succeeded"', true],
    ["tasks.a.result.result > 40", true],
    ["tasks.a.result.result + 1 == inputs.n * 14 + 1", true],
    ["tasks.a.result.list.exists(x, x == inputs.n)", true],
    ["tasks.a.result.list[1] == 3 && size(tasks.a.result.list) == 2", true],
    ['run.id == "run-1"', true],
    ["has(tasks.a.error)", false],
    ['tasks.a.?error.code.orValue("none") == "none"', true],
    ['tasks.a.result == {"result": 42, "list": [1, 3], "key": "x"}', true],
  ])("%s is %s", (when, holds) => {
    expect(asked(when, result({ result: 42, list: [1, 3], key: "x" }))).toEqual({
      ok: true,
      value: holds,
    });
  });

  test("a tolerated failure and a skipped task are seen as such", () => {
    const error = errorInfo("TASK_TIMEOUT", "late", { details: { attempts: 2 } });
    expect(
      asked('tasks.a.error.code == "TASK_TIMEOUT" && tasks.a.error.details.attempts == 2', {
        kind: "error",
        error,
      }),
    ).toEqual({ ok: true, value: true });
    expect(asked('tasks.b.status == "skipped"', result({}), { kind: "skipped" })).toEqual({
      ok: true,
      value: true,
    });
  });

  test.each([
    ["tasks.a.result.missing > 1", "when: no such key: missing (column 16); `has(…)` asks for it"],
    ["tasks.a.result.text > 1", "when: no such overload"],
    ["tasks.a.result.text", 'when: it is "ab", not true or false'],
    [
      "tasks.a.result.long.exists(x, x == 1)",
      "when: a list of 1001 elements is too long to go over: at most 1000",
    ],
  ])("%s cannot be evaluated, and says so", (when, message) => {
    const long = Array.from({ length: 1001 }, () => 0);
    const found = asked(when, result({ text: "ab", long }));
    expect(found).toMatchObject({ ok: false, error: { code: "TASK_PARAMETER_ERROR", retryable: false } });
    expect(found.ok || found.error.message).toContain(message);
  });

  test("what is not read is not brought in: a long list elsewhere is no hindrance", () => {
    const long = Array.from({ length: 5000 }, () => 0);
    const value = result({ long, short: [1, 2] });
    expect(asked("tasks.a.result.short.exists(x, x == 2)", value)).toEqual({ ok: true, value: true });
    expect(asked("size(tasks.a.result.long) == 5000", value)).toEqual({ ok: true, value: true });
  });
});
