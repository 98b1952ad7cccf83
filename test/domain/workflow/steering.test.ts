// `model`, `affinity` and `hash_key`: what a call asks for, and which instance it goes to.
import { describe, expect, test } from "vitest";
import { compiled, echo, told, withTask, withTasks } from "./catalog.ts";

describe("model", () => {
  test("is the same as in `params`, for what is called instead too", () => {
    const graph = compiled(
      withTasks(
        echo("a", { model: "llama3.2", params: { message: "x" }, fallback: [{ provider: "echo" }] }),
        echo("b", { model: "${a}" }),
      ),
    );
    expect(graph.nodes[0]).toMatchObject({
      params: { model: "llama3.2", message: "x" },
      fallbacks: [{ params: { model: "llama3.2", message: "x" } }],
    });
    expect(graph.nodes[1]).toMatchObject({ params: { model: "${a}" }, isDynamic: true, dependencies: [0] });
  });

  test("is checked as a param is", () => {
    expect(told(withTask({ model: "${nobody}" }))).toEqual([
      expect.stringMatching(/^WORKFLOW_VALIDATION_FAILED tasks\.0\.params\.model: unknown reference/),
    ]);
  });
});

describe("affinity and hash_key", () => {
  test("wait for what they refer to", () => {
    const graph = compiled(
      withTasks(echo("day"), echo("a", { affinity: "${day}" }), echo("b", { hash_key: "x ${day}" })),
    );
    expect(graph.nodes[1]).toMatchObject({
      dependencies: [0],
      strictNeeds: [0],
      steer: { affinity: "${day}" },
    });
    expect(graph.nodes[2]).toMatchObject({ dependencies: [0], steer: { hashKey: "x ${day}" } });
    expect(graph.nodes[0]).not.toHaveProperty("steer");
  });

  test.each([
    [{ affinity: 3 }, "TASK_VALIDATION_FAILED tasks.0.affinity: `affinity` must be"],
    [{ hash_key: "${b}" }, "WORKFLOW_VALIDATION_FAILED tasks.0.hash_key: unknown reference `${b}`"],
    [{ affinity: "${item}" }, "WORKFLOW_VALIDATION_FAILED tasks.0.affinity: "],
  ])("%j is refused with its place", (more, problem) => {
    const [first = "", ...others] = told(withTask(more));
    expect(first.slice(0, problem.length)).toBe(problem);
    expect(others).toEqual([]);
  });

  test.each(["model", "affinity", "hash_key"])(
    "`%s` does nothing for what is no call, so it is refused there",
    (key) => {
      expect(told(withTasks({ id: "w", wait: { for: 1 }, [key]: "x" }))).toEqual([
        `TASK_VALIDATION_FAILED tasks.0.${key}: \`${key}\` does nothing beside \`wait\``,
      ]);
    },
  );
});
