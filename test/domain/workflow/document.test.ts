// Sections 1 and 2 of the format, key by key.
import { describe, expect, test } from "vitest";
import type { Json } from "../../../src/domain/index.ts";
import { echo, told, withTask, withTasks } from "./catalog.ts";

const onDocument = (more: object): readonly string[] => told({ ...withTask({}), ...more });
const onTask = (more: { readonly [key: string]: Json }): readonly string[] =>
  told(withTasks(echo("other"), echo("a", more)));

const rows = (all: readonly (readonly [string, ...Json[]])[]) =>
  all.map(([key, ...values]) => ({ key, values }));

describe("a document's keys", () => {
  test.each(
    rows([
      ["name", "x", "x".repeat(200), "日本"],
      ["description", "", "x".repeat(1000)],
      ["id", "a", "_a-1", "x".repeat(100)],
      ["version", "1.0", 3, 0],
      ["outputs", {}, { a: "${a.x}", b: [1, "${run.id}"] }],
      ["timeout", 1, 0.5, "5m", "30d"],
      ["max_parallel_tasks", 1, 1000],
      ["fail_fast", true, false],
      ["priority", "low", "normal", "high", "urgent", 1, 2, 3],
      ["defaults", {}, { timeout: 5, retry: { max_attempts: 1 } }],
      ["metadata", {}, { any: [{ thing: null }], "${x}": "${not.looked.at}" }],
      ["tags", [], ["a", "b c"], Array.from({ length: 100 }, (_, i) => `t${i}`)],
      ["files", [], ["data/**/*.csv"]],
      ["wait_for_completion", true],
      ["providers", [], ["echo", "python"]],
    ]),
  )("`$key` takes these", ({ key, values }) => {
    for (const value of values) expect(onDocument({ [key]: value }), JSON.stringify(value)).toEqual([]);
  });

  test.each(
    rows([
      ["name", "", "x".repeat(201), 5, null, "for ${inputs.x}"],
      ["description", 5, "x".repeat(1001)],
      ["id", "", "1a", "a b", "a.b", 5, "x".repeat(101), "${x}"],
      ["version", "", true, null, "${x}"],
      ["outputs", [], "x", null],
      ["timeout", 0, -1, "5", "soon", true, null],
      ["max_parallel_tasks", 0, 1.5, "3", null],
      ["fail_fast", "yes", 1, null],
      ["priority", 0, 4, "High", null],
      ["defaults", [], { timeout: 0 }, { retry: 3 }, { retry: { max_attempts: 0 } }],
      ["metadata", [], "x", null],
      ["tags", "a", [1], ["${x}"], [""], Array.from({ length: 101 }, (_, i) => `t${i}`)],
      ["files", "*", [1], ["${inputs.x}"]],
      ["wait_for_completion", "yes"],
      ["providers", ["nobody"], { echo: {} }, [5]],
      ["type", "stream", 1],
      ["inputs", [], { x: 1 }, { x: {} }],
    ]),
  )("`$key` refuses these", ({ key, values }) => {
    for (const value of values) {
      const found = onDocument({ [key]: value });
      expect(found, JSON.stringify(value)).toHaveLength(1);
      expect(found[0]).toMatch(/^(WORKFLOW_VALIDATION_FAILED|PROVIDER_NOT_FOUND) /);
    }
  });

  test("`subject` comes from an input of its own document, and from nowhere else", () => {
    const inputs = { who: { type: "string" }, key: { type: "string", secret: true } };
    const on = (subject: Json) => onDocument({ inputs, subject });
    expect(on("${inputs.who}")).toEqual([]);
    expect(on("customer ${inputs.who}")).toEqual([]);
    const refused: readonly (readonly [Json, RegExp])[] = [
      ["anna", /must come from an input/],
      ["$${inputs.who}", /must come from an input/],
      ["${inputs.whom}", /unknown input `whom`/],
      ["${a.result}", /may refer to inputs only/],
      ["${run.id}", /may refer to inputs only/],
      ["${env.USER}", /may refer to inputs only/],
      ["${secret.KEY}", /may refer to inputs only/],
      ["${inputs.key}", /is secret/],
      ["${inputs.", /the reference/],
      [5, /must come from an input/],
      ["", /must come from an input/],
    ];
    for (const [subject, why] of refused) {
      expect(on(subject), JSON.stringify(subject)).toEqual([expect.stringMatching(why)]);
    }
  });

  test("what only batches have is refused elsewhere", () => {
    expect(onDocument({ protocol: "python/v1" })[0]).toMatch(/belongs to batch documents/);
    expect(onDocument({ template: echo("x") })[0]).toMatch(/belongs to batch documents/);
  });
});

describe("a task's keys", () => {
  test.each(
    rows([
      ["id", "b", "_1"],
      ["name", "Any name, with (brackets) and. dots"],
      ["method", "echo/echo", "echo/anything", "mcp/tools/list"],
      ["params", {}, { any: { thing: [1, null] }, $blob: "x", $erased: true }],
      ["parameters", {}, { x: 1 }],
      ["dependencies", [], ["other"]],
      ["depends_on", [], ["other", "other"]],
      ["priority", "urgent", 1],
      ["timeout", 0.001, 86_400, "1h"],
      ["metadata", { a: 1 }],
      ["retry", {}, { max_attempts: 1, backoff: "linear", base_delay: 0, max_delay: "1m", jitter: false }],
      ["retry", { on: ["TASK_EXECUTION_FAILED"], never: ["TASK_EXECUTION_FAILED", "TASK_TIMEOUT"] }],
      ["retry", { base_delay: "365d", max_delay: "365d" }],
      ["on_failure", "fail", "continue"],
      ["on_worker_lost", "retry", "fail"],
      ["provider", "echo"],
    ]),
  )("`$key` takes these", ({ key, values }) => {
    for (const value of values) {
      expect(onTask({ [key]: value }), JSON.stringify(value)).toEqual([]);
    }
  });

  test.each(
    rows([
      ["id", "", "a b", "x[1]", "compensate:x", 5],
      ["name", "", 5, "x".repeat(201), "for ${item}"],
      ["params", [], "x", null],
      ["dependencies", "other", [1], {}],
      ["priority", 0, "asap"],
      ["timeout", 0, 86_401, "2d", -1, "x"],
      ["metadata", [], 1],
      ["retry", 3, { max_attempts: 0 }, { max_attempts: 1.5 }, { backoff: "random" }, { base_delay: -1 }],
      ["retry", { base_delay: "366d" }, { max_delay: 1e12 }],
      ["retry", { jitter: "yes" }, { on: ["NO_SUCH_CODE"] }, { never: "TASK_TIMEOUT" }, { max_delay: "x" }],
      ["when", 3, "", [], {}],
      ["on_failure", "ignore", true],
      ["on_worker_lost", "wait"],
      ["for_each", 3, "a", { a: 1 }, null],
      ["model", 3, "x".repeat(501), ["a"]],
      ["affinity", 3, "x".repeat(1001), {}],
      ["hash_key", 3, "x".repeat(1001), null],
    ]),
  )("`$key` refuses these", ({ key, values }) => {
    for (const value of values) {
      const found = onTask({ [key]: value });
      expect(found, JSON.stringify(value)).toHaveLength(1);
      expect(found[0]).toMatch(/^TASK_VALIDATION_FAILED tasks\.1\./);
    }
  });

  test("the method is required", () => {
    expect(told(withTasks({ id: "a" }))).toEqual([
      "TASK_VALIDATION_FAILED tasks.0.method: `method` is required",
    ]);
  });

  test("both names for one thing: which is meant is not guessed", () => {
    expect(onTask({ params: {}, parameters: {} })).toEqual([
      "WORKFLOW_VALIDATION_FAILED tasks.1.parameters: `params` and `parameters` are the same: keep one of them",
    ]);
    expect(onTask({ model: "a", params: { model: "a" } })).toContain(
      "WORKFLOW_VALIDATION_FAILED tasks.1.model: `params.model` and `model` are the same: keep one of them",
    );
    expect(onTask({ dependencies: [], depends_on: [] })[0]).toMatch(
      /depends_on: `dependencies` and `depends_on`/,
    );
  });

  test("what is wrong under an alias is shown where it was written", () => {
    expect(onTask({ depends_on: ["nobody"] })[0]).toMatch(
      /^WORKFLOW_VALIDATION_FAILED tasks\.1\.depends_on\.0:/,
    );
    expect(onTask({ parameters: { x: "${nobody}" } })[0]).toMatch(/tasks\.1\.parameters\.x:/);
    expect(onTask({ parameters: [] })[0]).toMatch(/tasks\.1\.parameters: `params` must be a map/);
  });

  test("a task that is no map, and tasks that are no list", () => {
    expect(told({ name: "x", tasks: ["a", null] })).toHaveLength(2);
    expect(told({ name: "x", tasks: { a: {} } })[0]).toMatch(/`tasks` must be a list of tasks, not a map/);
  });
});
