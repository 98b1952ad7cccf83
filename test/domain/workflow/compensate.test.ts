import { describe, expect, test } from "vitest";
import { compiled, echo, told, withTask, withTasks } from "./catalog.ts";

describe("compensate", () => {
  test("waits for whatever it refers to but the task itself, and is skipped with none of it", () => {
    const graph = compiled(
      withTasks(
        echo("key"),
        echo("door", {
          compensate: {
            method: "mcp/tool.add",
            provider: "builtin",
            params: { a: "${door.n}", b: "${key.n}" },
          },
        }),
      ),
    );
    const node = graph.nodes[1];
    expect(node).toMatchObject({ dependencies: [0], strictNeeds: [], needs: [] });
    expect(node?.compensate).toEqual({
      protocol: "mcp/v1",
      method: "tool.add",
      provider: "builtin",
      params: { a: "${door.n}", b: "${key.n}" },
      isDynamic: true,
      needs: [0, 1],
    });
  });

  test("makes a circle with what depends on the task", () => {
    const first = echo("a", { compensate: { method: "echo/echo", params: { x: "${b}" } } });
    expect(told(withTasks(first, echo("b", { dependencies: ["a"] })))).toEqual([
      expect.stringMatching(/WORKFLOW_CIRCULAR_DEPENDENCY .*: circular dependency: a → b → a/),
    ]);
  });

  test.each([
    ["x", "TASK_VALIDATION_FAILED tasks.0.compensate: `compensate` must be a map"],
    [{}, "TASK_VALIDATION_FAILED tasks.0.compensate.method: `compensate.method` is required"],
    [
      { method: "mcp/tool.ad" },
      "METHOD_NOT_SUPPORTED tasks.0.compensate.method: unknown method `mcp/tool.ad`",
    ],
    [{ method: "mcp/tool.add", params: { a: "x", b: 1 } }, "INVALID_PARAMS tasks.0.compensate.params.a"],
    [{ method: "echo/echo", provider: "pyton" }, "PROVIDER_NOT_FOUND tasks.0.compensate.provider"],
    [
      { method: "workflow/run" },
      "TASK_VALIDATION_FAILED tasks.0.compensate.method: a workflow cannot be run",
    ],
    [
      { method: "echo/echo", params: { x: "${b}" } },
      "WORKFLOW_VALIDATION_FAILED tasks.0.compensate.params.x: unknown",
    ],
    [
      { method: "echo/echo", retry: {} },
      "WORKFLOW_VALIDATION_FAILED tasks.0.compensate.retry: unknown key `retry`",
    ],
  ])("%j is refused with its place", (compensate, problem) => {
    const [first = "", ...others] = told(withTask({ compensate }));
    expect(first.slice(0, problem.length)).toBe(problem);
    expect(others).toEqual([]);
  });

  test("undoes each file of a batch", () => {
    const template = { method: "echo/echo", compensate: { method: "echo/echo", params: { n: 1 } } };
    const graph = compiled({ name: "B", type: "batch", batch: { directory: "d" }, template }, ["d/a.txt"]);
    expect(graph.nodes[0]?.compensate?.params).toEqual({ n: 1, file_path: "d/a.txt" });
  });
});
