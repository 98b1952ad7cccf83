import { describe, expect, test } from "vitest";
import type { Json, TaskNode } from "../../../src/domain/index.ts";
import { compiled, echo, withTask, withTasks } from "./catalog.ts";

const only = (more: { readonly [key: string]: Json } = {}, document: object = {}): TaskNode => {
  const [node] = compiled({ ...withTask(more), ...document }).nodes;
  if (!node) throw new Error("no node");
  return node;
};

describe("a compiled definition", () => {
  test("has the defaults of everything that was left out", () => {
    const graph = compiled(withTask({}));
    expect(graph).toMatchObject({
      name: "Test",
      outputs: undefined,
      outputNeeds: [0],
      sinks: [0],
      maxParallelTasks: undefined,
      timeoutMs: undefined,
      failFast: false,
      isBatch: false,
    });
    expect(graph.nodes).toEqual([
      {
        index: 0,
        id: "a",
        name: "a",
        protocol: "echo/v1",
        method: "echo",
        params: {},
        isDynamic: false,
        fallbacks: [],
        dependencies: [],
        dependents: [],
        needs: [],
        strictNeeds: [],
        timeoutMs: 300_000,
        retry: {
          maxAttempts: 3,
          backoff: "exponential",
          baseDelayMs: 1000,
          maxDelayMs: 300_000,
          jitter: true,
          on: [],
          never: [],
        },
        priority: "normal",
        onFailure: "fail",
        onWorkerLost: "retry",
      },
    ]);
  });

  test("has what was said", () => {
    const graph = compiled({
      ...withTask({}),
      timeout: "2m",
      max_parallel_tasks: 3,
      fail_fast: true,
      outputs: { x: "${a.y}" },
    });
    expect(graph).toMatchObject({
      timeoutMs: 120_000,
      maxParallelTasks: 3,
      failFast: true,
      outputs: { x: "${a.y}" },
    });
    const said = {
      name: "N",
      timeout: "200ms",
      on_failure: "continue",
      on_worker_lost: "fail",
      provider: "echo",
    };
    expect(only(said)).toMatchObject({
      name: "N",
      timeoutMs: 200,
      onFailure: "continue",
      onWorkerLost: "fail",
      provider: "echo",
    });
    const retry = { max_attempts: 5, backoff: "fixed", base_delay: 0.1, max_delay: "1m", jitter: false };
    expect(only({ retry: { ...retry, on: ["TASK_TIMEOUT"], never: ["RATE_LIMIT_EXCEEDED"] } }).retry).toEqual(
      {
        maxAttempts: 5,
        backoff: "fixed",
        baseDelayMs: 100,
        maxDelayMs: 60_000,
        jitter: false,
        on: ["TASK_TIMEOUT"],
        never: ["RATE_LIMIT_EXCEEDED"],
      },
    );
  });

  test("`defaults` speak for the tasks that say nothing", () => {
    const defaults = { timeout: 7, retry: { max_attempts: 9, backoff: "fixed" } };
    expect(only({}, { defaults })).toMatchObject({
      timeoutMs: 7000,
      retry: { maxAttempts: 9, backoff: "fixed" },
    });
    expect(only({ timeout: 8, retry: { max_attempts: 1 } }, { defaults })).toMatchObject({
      timeoutMs: 8000,
      retry: { maxAttempts: 1, backoff: "exponential" },
    });
  });

  test.each([
    [1, "high"],
    [2, "normal"],
    [3, "low"],
    ["urgent", "urgent"],
  ])("priority %j is %s, of a task or of the document", (written, expected) => {
    expect(only({ priority: written }).priority).toBe(expected);
    expect(only({}, { priority: written }).priority).toBe(expected);
    expect(only({ priority: "low" }, { priority: written }).priority).toBe("low");
  });

  test.each([
    [{ method: "mcp/tool.add", params: { a: 1, b: 2 } }, "mcp/v1", "tool.add"],
    [{ method: "mcp/tools/list" }, "mcp/v1", "tools/list"],
    [{ method: "tools/list", protocol: "mcp/v1" }, "mcp/v1", "tools/list"],
    [{ method: "mcp/tools/list", protocol: "mcp/v1" }, "mcp/v1", "tools/list"],
    [{ method: "execute", params: { code: "1" } }, "python/v1", "execute"],
    [{ method: "python/execute", protocol: "python/v1", params: { code: "1" } }, "python/v1", "execute"],
  ])("%j calls %s %s", (task, protocol, method) => {
    expect(only(task)).toMatchObject({ protocol, method });
  });

  test("references are dependencies, each once, whether declared or not", () => {
    const { nodes, sinks } = compiled(
      withTasks(
        echo("a"),
        echo("b", { dependencies: ["a"], params: { x: "${c.y}, ${a.y ?? 0}, ${c}", id: "${run.id}" } }),
        echo("c", { name: "Third" }),
        echo("d", { depends_on: ["Third", "c"], parameters: { x: ["${Third.y ?? 1}"], y: "$${a.x}" } }),
      ),
    );
    expect(nodes.map(({ dependencies }) => dependencies)).toEqual([[], [0, 2], [], [2]]);
    expect(nodes.map(({ dependents }) => dependents)).toEqual([[1], [], [1, 3], []]);
    expect(nodes.map(({ needs }) => needs)).toEqual([[], [0, 2], [], [2]]);
    expect(nodes.map(({ strictNeeds }) => strictNeeds)).toEqual([[], [2], [], []]);
    expect(sinks).toEqual([1, 3]);
  });

  test("outputs need the tasks that they refer to, and without outputs the tasks that nothing depends on", () => {
    const tasks = [echo("a"), echo("b", { dependencies: ["a"] }), echo("c")];
    expect(compiled(withTasks(...tasks)).outputNeeds).toEqual([1, 2]);
    const outputs = { x: "${a.y}", deep: [{ z: "${c} ${a}" }], id: "${run.id}", text: "$${b.x}" };
    expect(compiled({ ...withTasks(...tasks), outputs }).outputNeeds).toEqual([0, 2]);
    expect(compiled({ ...withTasks(...tasks), outputs: {} }).outputNeeds).toEqual([]);
  });

  test("params are dynamic when resolving them changes something, a doubled dollar included", () => {
    expect(only({ params: { x: "5$ and $x {y}" } }).isDynamic).toBe(false);
    expect(only({ params: { x: [{ y: "${run.id}" }] } }).isDynamic).toBe(true);
    expect(only({ params: { x: "$${HOME}" } }).isDynamic).toBe(true);
    expect(only({ params: { "${key}": 1 } }).isDynamic).toBe(false);
  });

  test("tasks without an id have one made from their name or place", () => {
    const { nodes } = compiled(
      withTasks({ name: "Count words", method: "echo/x" }, { method: "echo/x" }, echo("c", { name: "C" })),
    );
    expect(nodes.map(({ id, name }) => [id, name])).toEqual([
      ["count-words", "Count words"],
      ["task-2", "task-2"],
      ["c", "C"],
    ]);
  });
});
