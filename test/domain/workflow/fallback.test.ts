import { describe, expect, test } from "vitest";
import { compiled, echo, told, withTask, withTasks } from "./catalog.ts";

describe("fallback", () => {
  test("names what is other than in the task", () => {
    const graph = compiled(
      withTasks(echo("source"), {
        id: "ask",
        method: "mcp/tool.echo",
        provider: "builtin",
        params: { message: "hi" },
        fallback: [
          { method: "echo/echo" },
          { params: { message: "${source}" } },
          { provider: "python" },
          { method: "mcp/tool.add", params: { a: 1, b: 2 }, provider: "builtin" },
        ],
      }),
    );
    const node = graph.nodes[1];
    expect(node?.dependencies).toEqual([0]);
    expect(node?.strictNeeds).toEqual([]);
    expect(node?.fallbacks).toEqual([
      { protocol: "echo/v1", method: "echo", params: { message: "hi" }, isDynamic: false, needs: [] },
      {
        protocol: "mcp/v1",
        method: "tool.echo",
        provider: "builtin",
        params: { message: "${source}" },
        isDynamic: true,
        needs: [0],
      },
      {
        protocol: "mcp/v1",
        method: "tool.echo",
        provider: "python",
        params: { message: "hi" },
        isDynamic: false,
        needs: [],
      },
      {
        protocol: "mcp/v1",
        method: "tool.add",
        provider: "builtin",
        params: { a: 1, b: 2 },
        isDynamic: false,
        needs: [],
      },
    ]);
  });

  test.each([
    [{}, "TASK_VALIDATION_FAILED tasks.0.fallback.0: `fallback[0]` says nothing that is other"],
    [
      { method: "mcp/tool.ad" },
      "METHOD_NOT_SUPPORTED tasks.0.fallback.0.method: unknown method `mcp/tool.ad`",
    ],
    [{ method: "mcp/tool.add", params: { a: "x", b: 1 } }, "INVALID_PARAMS tasks.0.fallback.0.params.a"],
    [
      { provider: "pyton" },
      "PROVIDER_NOT_FOUND tasks.0.fallback.0.provider: unknown provider `pyton`: did you mean `python`?",
    ],
    [
      { params: { x: "${nobody}" } },
      "WORKFLOW_VALIDATION_FAILED tasks.0.fallback.0.params.x: unknown reference",
    ],
    [
      { params: { x: "${a}" } },
      "WORKFLOW_CIRCULAR_DEPENDENCY tasks.0.fallback.0.params.x: task `a` depends on itself",
    ],
    [
      { metod: "echo/echo" },
      "WORKFLOW_VALIDATION_FAILED tasks.0.fallback.0.metod: unknown key `metod`: did you mean `method`?",
    ],
  ])("%j is refused", (fallback, message) => {
    expect(told(withTask({ fallback: [fallback] })).join("\n")).toContain(message);
  });

  test("must be a list", () => {
    expect(told(withTask({ fallback: { method: "echo/echo" } }))).toHaveLength(1);
  });

  test("in a batch gets the item's file as the template does", () => {
    const { nodes } = compiled(
      {
        name: "B",
        type: "batch",
        batch: { files: ["a.txt"] },
        template: {
          method: "python/execute",
          params: { code: "1" },
          fallback: [{ method: "echo/echo", params: {} }],
        },
      },
      ["a.txt"],
    );
    expect(nodes[0]?.fallbacks[0]?.params).toEqual({ file_path: "a.txt" });
  });
});

describe("defaults.provider", () => {
  test("is preferred where a task names none, and must exist", () => {
    const { nodes } = compiled({
      ...withTasks(echo("a"), echo("b", { provider: "echo" })),
      defaults: { provider: "python" },
    });
    expect(nodes.map(({ provider, preferredProvider }) => [provider, preferredProvider])).toEqual([
      [undefined, "python"],
      ["echo", "python"],
    ]);
    expect(told({ ...withTasks(echo("a")), defaults: { provider: "pyton" } })).toEqual([
      "PROVIDER_NOT_FOUND defaults.provider: unknown provider `pyton`: did you mean `python`?",
    ]);
  });
});

describe("deadline", () => {
  const toldOf = (more: object) => told({ ...withTasks(echo("a")), ...more });

  test.each([
    { deadline: "2026-03-01T12:00:00Z" },
    { deadline: "2026-03-01T12:00:00+01:00" },
    { deadline: "2026-03-01T12:00", timezone: "Europe/Berlin" },
    { timezone: "Asia/Kolkata" },
  ])("%j is one", (more) => {
    expect(toldOf(more)).toEqual([]);
  });

  test.each([
    [{ deadline: "2026-03-01T12:00:00" }, 'deadline: `deadline`: "2026-03-01T12:00:00" has no offset'],
    [{ deadline: "tomorrow" }, 'deadline: `deadline`: "tomorrow" is not an instant'],
    [{ deadline: 5 }, "deadline: `deadline` must be a text"],
    [
      { deadline: "2026-03-01T12:00:00", timezone: "Europe/Berlim" },
      'timezone: `timezone` "Europe/Berlim" is not known',
    ],
  ])("%j is refused", (more, message) => {
    const found = toldOf(more);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(message);
  });
});
