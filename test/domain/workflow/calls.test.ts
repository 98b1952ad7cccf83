// Tasks that are workflows: how they are written, and what can be known of the call before the run.
import { describe, expect, test } from "vitest";
import { callProblems, callsIn } from "../../../src/domain/index.ts";
import { isFileName, runParamProblems } from "../../../src/domain/workflow/calls.ts";
import { compiled, defined, echo, told, withTasks } from "./catalog.ts";

const call = (more: object = {}) => ({ id: "part", workflow: "part.yaml", ...more });

describe("a task with `workflow`", () => {
  test("needs no method, and waits for what its inputs refer to", () => {
    const document = withTasks(echo("a"), call({ inputs: { x: "${a.y}", n: 1 } }));
    expect(told(document)).toEqual([]);
    const [, node] = compiled(document).nodes;
    expect(node).toMatchObject({
      protocol: "workflow/v1",
      method: "run",
      params: { workflow: "part.yaml", inputs: { x: "${a.y}", n: 1 } },
      child: { workflow: "part.yaml" },
      dependencies: [0],
      timeoutMs: Infinity,
    });
    expect(compiled(withTasks(call({ timeout: 5 }))).nodes[0]?.timeoutMs).toBe(5000);
  });

  test.each([
    [{ method: "echo/echo" }, "a task is one thing, a `method` or a `workflow`: keep one of them"],
    [{ params: {} }, "`params` does nothing beside `workflow`"],
    [{ workflow: "${a}" }, "`workflow` is taken as it stands"],
    [{ workflow: 3 }, "`workflow` must be a text"],
    [{ inputs: [] }, "`inputs` must be a map"],
    [{ fallback: [{ params: {} }] }, "a fallback of a `workflow` needs a `method`"],
  ])("refuses %j", (more, message) => {
    expect(told(withTasks(call(more)))).toEqual([expect.stringContaining(message)]);
  });

  test("inputs are for workflows only", () => {
    expect(told(withTasks(echo("a", { inputs: {} })))).toEqual([
      "TASK_VALIDATION_FAILED tasks.0.inputs: `inputs` of a task belong to `workflow`; a method takes `params`",
    ]);
  });
});

describe("a call", () => {
  const declared = {
    kind: { type: "string" },
    count: { type: "integer", default: 1 },
  } as const;
  const problemsOf = (inputs: object) => {
    const [place] = callsIn(defined(withTasks(echo("a"), call({ inputs }))));
    return (place ? callProblems(place, declared) : []).map(
      ({ path, message }) => `${path.join(".")}: ${message}`,
    );
  };

  test("is judged as far as its inputs are known", () => {
    expect(problemsOf({ kind: "rye" })).toEqual([]);
    expect(problemsOf({ kind: "${a.kind}", count: "${a.count}" })).toEqual([]);
    expect(problemsOf({ kynd: "${a.kind}", count: "x" })).toEqual([
      "tasks.1.inputs.kynd: unknown input `kynd`: did you mean `kind`?",
      "tasks.1: input `kind` is required (string)",
      'tasks.1.inputs.count: input `count` must be a whole number, not "x"',
    ]);
  });
});

describe("`workflow/run`", () => {
  const callOf = (task: object) =>
    callsIn({ name: "x", tasks: [{ id: "a", ...task }] }).map(
      ({ workflow, inputs, path, inputsPath }) =>
        [workflow, inputs, path.join("."), inputsPath.join(".")] as const,
    );

  test("calls what its params name", () => {
    const params = { workflow: "part", inputs: { n: 1 } };
    const found = [["part", { n: 1 }, "tasks.0.params.workflow", "tasks.0.params.inputs"]];
    expect(callOf({ method: "workflow/run", params })).toEqual(found);
    expect(callOf({ method: "run", protocol: "workflow/v1", params })).toEqual(found);
    expect(callOf({ method: "workflow/run", params: { workflow: "part", inputs: [] } })).toEqual([
      ["part", {}, "tasks.0.params.workflow", "tasks.0.params.inputs"],
    ]);
  });

  test.each([
    { method: "workflow/run" },
    { method: "workflow/run", params: { workflow: 3 } },
    { method: "workflow/status", params: { workflow: "part" } },
    { method: "echo/run", params: { workflow: "part" } },
    { method: "run", params: { workflow: "part" } },
    { wait: { for: 1 }, params: { workflow: "part" } },
  ])("%j calls nothing", (task) => {
    expect(callOf(task)).toEqual([]);
  });

  test("a template calls as a task does", () => {
    const template = { workflow: "part.yaml", inputs: { n: 1 } };
    expect(callsIn({ name: "x", template })).toEqual([
      { ...template, path: ["template", "workflow"], inputsPath: ["template", "inputs"] },
    ]);
  });

  test("a file is told by its suffix, a name is anything else", () => {
    const names = ["a.yaml", "a.yml", "b/A.JSON", "part", "a.yaml.txt", "yaml", "a.toml"];
    expect(names.map(isFileName)).toEqual([true, true, true, false, false, false, false]);
  });

  const UNNAMED = { path: ["workflow"], message: "must be a file or a registered name, as it stands" };
  test.each([
    [{ workflow: "part" }, []],
    [{ workflow: "part.yaml", inputs: {} }, []],
    [{}, [UNNAMED]],
    [{ workflow: "" }, [UNNAMED]],
    [{ workflow: 3 }, [UNNAMED]],
    [{ workflow: "${inputs.which}" }, [UNNAMED]],
    [{ workflow: "part", inputs: [] }, [{ path: ["inputs"], message: "must be a map" }]],
    [
      { workflow: "part", input: {}, n: 1 },
      [
        { path: ["input"], message: "unknown parameter `input`" },
        { path: ["n"], message: "unknown parameter `n`" },
      ],
    ],
  ])("its params %j", (params, problems) => {
    expect(runParamProblems(params)).toEqual(problems);
  });
});
