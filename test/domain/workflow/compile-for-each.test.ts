// What a graph says of tasks that are done for each element, and for each file.
import { describe, expect, test } from "vitest";
import { compiled, echo, withTask, withTasks } from "./catalog.ts";

describe("a task with `for_each`", () => {
  test("knows its list, and waits for what that is made of", () => {
    const { nodes } = compiled(withTasks(echo("a"), echo("b", { for_each: "${a.list}", max_parallel: 2 })));
    expect(nodes.map(({ forEach }) => forEach)).toEqual([
      undefined,
      { list: "${a.list}", needs: [0], maxParallel: 2, failFast: false },
    ]);
    expect(nodes[1]).toMatchObject({ dependencies: [0], strictNeeds: [0], needs: [] });
  });

  test.each([
    [{ run: true, task: {} }, true],
    [{ run: true, task: { on_failure: "pause" } }, true],
    [{ run: true, task: { on_failure: "continue" } }, false],
    [{ run: true, task: { fail_fast: false } }, false],
    [{ run: false, task: {} }, false],
    [{ run: false, task: { fail_fast: true, on_failure: "continue" } }, true],
  ])(
    "stops at the first failure if the run does, unless it says otherwise: %j",
    ({ run, task }, failFast) => {
      const { nodes } = compiled({ ...withTask({ for_each: [1], ...task }), fail_fast: run });
      expect(nodes[0]?.forEach?.failFast).toBe(failFast);
    },
  );
});

describe("a template", () => {
  const batch = { name: "B", type: "batch", batch: { directory: "d" } };

  test("may take its protocol from the document, and keeps its own", () => {
    const of = (template: object) =>
      compiled({ ...batch, protocol: "python/v1", template: JSON.parse(JSON.stringify(template)) }, ["x.txt"])
        .nodes;
    const params = { file: "s.py" };
    expect(of({ method: "execute", params })[0]).toMatchObject({ protocol: "python/v1", batchFile: "x.txt" });
    expect(of({ method: "chat", protocol: "llm/v1", params })[0]).toMatchObject({ protocol: "llm/v1" });
  });

  test("that is a workflow hands it the file among its inputs, as it stands", () => {
    const template = { workflow: "x.yaml", inputs: { n: 1 } };
    const [first, second] = compiled({ ...batch, template }, ["a.txt", "${b}.txt"]).nodes;
    expect(first?.params).toEqual({ workflow: "x.yaml", inputs: { n: 1, file_path: "a.txt" } });
    expect(second?.params).toEqual({ workflow: "x.yaml", inputs: { n: 1, file_path: "$${b}.txt" } });
    expect(second?.needs).toEqual([]);
  });

  test("hands the file to its fallbacks as each of them takes it", () => {
    const fallback = [{ method: "llm/chat" }, { params: { file: "t.py" } }, { provider: "python" }];
    const template = { method: "python/execute", params: { file: "s.py" }, fallback };
    expect(compiled({ ...batch, template }, ["a.txt"]).nodes[0]?.fallbacks).toMatchObject([
      { protocol: "llm/v1", method: "chat", params: { file: "s.py", file_path: "a.txt" } },
      { protocol: "python/v1", method: "execute", params: { file: "t.py", context: { file_path: "a.txt" } } },
      {
        protocol: "python/v1",
        params: { file: "s.py", context: { file_path: "a.txt" } },
        provider: "python",
      },
    ]);
  });

  test("without a fallback, a provider or a preference says nothing of them", () => {
    const [node] = compiled({ ...batch, template: { method: "echo/echo" } }, ["a"]).nodes;
    for (const key of ["provider", "preferredProvider", "forEach", "when", "compensate"])
      expect(node).not.toHaveProperty(key);
    expect(node?.fallbacks).toEqual([]);
    expect(compiled(withTask({})).nodes[0]).not.toHaveProperty("batchFile");
  });
});
