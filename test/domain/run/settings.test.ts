// What a resume may set: which places there are, and what is said of one that there is not.
import { describe, expect, test } from "vitest";
import { type JsonObject, type RunEvent, settingOf, withValue } from "../../../src/domain/index.ts";
import { failed, given, retryAt, scheduled, succeeded } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const graph = graphOf(
  { a: { onFailure: "pause" }, b: { after: ["a"] }, c: {}, x: { each: {}, onFailure: "pause" } },
  { inputs: { seats: { type: "integer" }, who: { type: "object" }, key: { type: "string", secret: true } } },
);
const held: readonly RunEvent[] = [
  scheduled("a"),
  failed("a"),
  { type: "RunPaused", data: { cause: "task-failed", task: task("a") } },
];
const paused: RunEvent = { type: "RunPaused", data: { cause: "request" } };
const set = (values: JsonObject, log = held) => given(graph, ...log).when({ type: "ResumeRun", set: values });

describe("what can be set", () => {
  test("are inputs, params of what has not begun or is held, and results of what is held", () => {
    const values = {
      "inputs.seats": 4,
      "inputs.who.name": "Anna",
      "inputs.key": "OTHER_KEY",
      "tasks.a.params": {},
      "tasks.a.params.n": 1,
      "tasks.b.params.n": 1,
      "tasks.a.result": 7,
    };
    expect(set(values).accepted()).toEqual([
      {
        type: "RunResumed",
        data: { inputs: true, params: ["a", "b"], results: ["a"], values: { set: values } },
      },
    ]);
    expect(set({ "tasks.c.params.n": 1 }).accepted()).toMatchObject([{ data: { params: ["c"] } }]);
    expect(set({ "tasks.c.params.n": 1 }).accepted()[0]?.data).not.toHaveProperty("inputs");
    expect(set({ "tasks.c.params.n": 1 }).accepted()[0]?.data).not.toHaveProperty("results");
    expect(set({ "inputs.seats": 1 }).accepted()[0]?.data).not.toHaveProperty("params");
  });

  test("may be of an element", () => {
    const added: RunEvent = { type: "TasksAdded", data: { template: task("x"), count: 2 } };
    const log = [added, scheduled("x[0]"), failed("x[0]"), paused];
    expect(set({ 'tasks["x[0]"].result': 1 }, log).accepted()).toMatchObject([
      { data: { results: ["x[0]"] } },
    ]);
  });

  test("is nothing of a task that has begun", () => {
    const settled = "its params are settled";
    const message = (log: readonly RunEvent[]) => set({ "tasks.c.params.n": 1 }, [...log, paused]);
    message([scheduled("c")]).rejected("BadSetting", `task \`c\` is running: ${settled}`);
    message([scheduled("c"), succeeded("c")]).rejected("BadSetting", `task \`c\` is succeeded: ${settled}`);
    message([scheduled("c"), failed("c", 1, false), retryAt("c", 2, 0)]).rejected(
      "BadSetting",
      `task \`c\` is retrying: ${settled}`,
    );
  });
});

describe("what cannot be set", () => {
  test.each([
    [
      { "tasks.a.status": 1 },
      "`tasks.a.status` cannot be set: there are inputs.<name>, tasks.<id>.params… and tasks.<id>.result",
    ],
    [{ "inputs.seat": 1 }, "unknown input `seat`: did you mean `seats`?"],
    [{ "inputs.toString": 1 }, "unknown input `toString`"],
    [{ "inputs.seats": "x" }, 'input `seats` must be a whole number, not "x"'],
    [{ "inputs.key": "hunter 2" }, "input `key` takes the name of a secret, never the secret itself"],
    [{ "inputs.key": 4711 }, "input `key` takes the name of a secret, never the secret itself"],
    [{ "inputs.key.part": "NAME" }, "input `key` takes the name of a secret, never the secret itself"],
    [{ "tasks.bb.params.x": 1 }, "unknown task `bb`: did you mean `b`?"],
    [{ "tasks.a.result.n": 1 }, "the result of `a` is given as a whole: tasks.a.result"],
    [
      { "tasks.b.result": 1 },
      "task `b` is waiting: a result is given only for a task that the run is paused for",
    ],
    [{ "inputs.seats": 1, "inputs.gone": 1 }, "unknown input `gone`"],
  ])("%j is refused, and it is said why", (values, message) => {
    set(values).rejected("BadSetting", message);
  });

  test.each([
    ["inputs.x", { of: "inputs", name: "x", path: [] }],
    ["inputs.x.a[0]", { of: "inputs", name: "x", path: ["a", 0] }],
    ["tasks.a.params", { of: "params", task: "a", path: [] }],
    ["tasks.a.params.b[1].c", { of: "params", task: "a", path: ["b", 1, "c"] }],
    ["tasks.each[2].result", { of: "result", task: "each[2]", path: [] }],
    ["tasks.each[2][0].params[1]", { of: "params", task: "each[2][0]", path: [1] }],
    ['tasks["a b"].result', { of: "result", task: "a b", path: [] }],
  ])("%s names a place", (text, setting) => {
    expect(settingOf(text)).toStrictEqual(setting);
  });

  test.each([
    "run.x",
    "inputs",
    "inputs[0]",
    "input.x",
    "xinputs.a",
    "tasks.a",
    "tasks.a.output",
    "tasks[0].params",
    "inputs.a ?? 2",
    "inputs.a}",
    "inputs..a",
    "",
  ])("%j names no place", (text) => {
    expect(settingOf(text)).toBeUndefined();
  });
});

describe("a value is put in its place", () => {
  test.each<readonly [JsonObject | readonly number[], readonly (string | number)[], unknown]>([
    [{ a: 1 }, ["b"], { a: 1, b: 9 }],
    [{ a: { b: 1 } }, ["a", "c"], { a: { b: 1, c: 9 } }],
    [[1, 2, 3], [1], [1, 9, 3]],
    [[1], [1], [1, 9]],
    [[1], [5], [1, 9]],
    [[1], ["x"], { x: 9 }],
    [{ a: 1 }, [0], { a: 1, "0": 9 }],
    [{}, ["toString", "x"], { toString: { x: 9 } }],
    [{ a: 1 }, [], 9],
  ])("%j at %j", (root, path, expected) => {
    expect(withValue(root, path, 9)).toEqual(expected);
  });
});
