import { describe, expect, test } from "vitest";
import { compiled, echo, told, withTask, withTasks } from "./catalog.ts";

describe("cache", () => {
  test("waits for what its key refers to, and keeps how old a result may be", () => {
    const graph = compiled(
      withTasks(echo("day"), echo("a", { cache: { key: "${day}", ttl: "1h" } }), echo("b", { cache: {} })),
    );
    expect(graph.nodes[1]).toMatchObject({
      dependencies: [0],
      strictNeeds: [0],
      isDynamic: false,
      cache: { key: "${day}", ttlMs: 3_600_000 },
    });
    expect(graph.nodes[2]?.cache).toEqual({ key: "" });
  });

  test.each([
    [{ cache: true }, "TASK_VALIDATION_FAILED tasks.0.cache: `cache` must be a map"],
    [{ cache: { ttl: 0 } }, "TASK_VALIDATION_FAILED tasks.0.cache.ttl: `cache.ttl` must be over 0 seconds"],
    [
      { cache: { tll: 1 } },
      "WORKFLOW_VALIDATION_FAILED tasks.0.cache.tll: unknown key `tll`: did you mean `ttl`?",
    ],
    [{ cache: { key: "${b}" } }, "WORKFLOW_VALIDATION_FAILED tasks.0.cache.key: unknown reference `${b}`"],
    [
      { cache: {}, compensate: { method: "echo/echo" } },
      "TASK_VALIDATION_FAILED tasks.0.cache: `cache` does not fit beside `compensate`",
    ],
  ])("%j is refused with its place", (more, problem) => {
    const [first = "", ...others] = told(withTask(more));
    expect(first.slice(0, problem.length)).toBe(problem);
    expect(others).toEqual([]);
  });

  test("does nothing for what is no call, so it is refused there", () => {
    expect(told(withTasks({ id: "w", wait: { for: 1 }, cache: {} }))).toEqual([
      "TASK_VALIDATION_FAILED tasks.0.cache: `cache` does nothing beside `wait`",
    ]);
    expect(told(withTasks({ id: "w", workflow: "x.yaml", cache: {} }))).toEqual([
      "TASK_VALIDATION_FAILED tasks.0.cache: `cache` does nothing beside `workflow`",
    ]);
  });
});
